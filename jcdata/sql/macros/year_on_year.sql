-- Items of both documents in the order of the tables; what only one of them prints has NULL for the other.
WITH figures AS (
    SELECT document_id, table_no, table_key, side, row_no, item_code, item_name, amount_yuan, line_no,
        coalesce(nullif(item_code, ''), comparable_name(item_name)) AS item
    FROM budget_lines
    WHERE measure = 'total'
),
this AS (FROM figures WHERE document_id = this_document),
before AS (FROM figures WHERE document_id = prior_document)
SELECT table_key, side, coalesce(this.item_code, before.item_code) AS item_code,
    coalesce(this.item_name, before.item_name) AS item_name,
    this.amount_yuan AS current_yuan, before.amount_yuan AS prior_yuan,
    this.amount_yuan - before.amount_yuan AS change_yuan,
    growth_rate(this.amount_yuan, before.amount_yuan) AS rate,
    this.line_no, before.line_no AS prior_line_no
FROM this FULL JOIN before USING (table_no, table_key, side, item)
ORDER BY table_no, side DESC, coalesce(this.row_no, before.row_no), this.row_no
