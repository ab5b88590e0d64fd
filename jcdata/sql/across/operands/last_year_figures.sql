-- Where the documents of the year before print what is said of it: the prose in the same passage of the same subject
-- and item, the table of the passage in the row of the item, or for a cell the same row of the same table.
-- Grain: statement and figure.
-- Columns: `document_id`, `statement_no`; `prior_document_id`, `amount` and `half` (yuan, how far its print may be
-- off), `line_no`, `page_no`.
WITH wanted AS (
  SELECT
    s.*,
    d.document_id AS prior_document_id
  FROM last_year_claims AS s
  JOIN last_disclosures AS l USING (document_id, footing)
  JOIN disclosures AS d USING (disclosure)
  WHERE l.is_same_scope
),

item_tables (passage, table_key) AS (
  VALUES
  ('expenditure', 'expenditure'),
  ('fiscal_appropriation', 'fiscal_appropriation_expenditure'),
  ('general_public', 'general_public_expenditure'),
  ('government_fund', 'government_fund_expenditure')
),

in_tables AS (
  SELECT
    document_id,
    statement_no,
    prior_document_id,
    footing,
    coalesce(nullif(wanted.table_key, ''), item_tables.table_key) AS table_key,
    side,
    coalesce(nullif(item, ''), item_code) AS item
  FROM wanted
  LEFT JOIN item_tables USING (passage)
  WHERE wanted.table_key <> '' OR item_code <> ''
),

printed AS (
  SELECT
    w.document_id,
    w.statement_no,
    w.prior_document_id,
    c.amount_yuan AS amount,
    if(c.amount_yuan = 0, 0, c.step / 2) AS half,
    c.line_no,
    c.page_no
  FROM wanted AS w
  JOIN claims AS c ON c.document_id = w.prior_document_id AND c.passage = w.passage
  WHERE
    c.kind = 'amount' AND c.basis IN ('', 'actual') AND NOT c.in_reason AND c.amount_yuan IS NOT NULL
    AND coalesce(c.item_code, '') = w.item_code AND (w.item_code <> '' OR name_key(c.subject) = w.subject)
  UNION ALL
  SELECT
    w.document_id,
    w.statement_no,
    w.prior_document_id,
    b.amount_yuan,
    if(b.amount_yuan = 0, 0, printed_step(b.amount_text, b.amount_yuan) / 2),
    b.line_no,
    b.page_no
  FROM in_tables AS w
  JOIN budget_lines AS b
    ON
      (b.document_id, b.table_key, b.side) = (w.prior_document_id, w.table_key, w.side)
      AND coalesce(nullif(b.item_code, ''), name_key(b.item_name)) = w.item
  WHERE b.measure = 'total' AND b.organisation IS NULL
)

SELECT *
FROM printed
ANTI JOIN (
  FROM source_lines
  WHERE read_by = 'ocr'
) AS recognised ON recognised.document_id = printed.prior_document_id AND recognised.line_no = printed.line_no
