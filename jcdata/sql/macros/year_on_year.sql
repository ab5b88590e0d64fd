-- In the order of the tables. What a document prints twice with two amounts is left out.
-- Grain: item of either document.
SELECT
  table_key,
  side,
  min(item_code) AS item_code,
  coalesce(min(item_name) FILTER (WHERE document_id = this_document), min(item_name)) AS item_name,
  min(amount_yuan) FILTER (WHERE document_id = this_document) AS current_yuan,
  min(amount_yuan) FILTER (WHERE document_id = prior_document) AS prior_yuan,
  (current_yuan - prior_yuan)::DECIMAL(18, 2) AS change_yuan,
  growth_rate(current_yuan, prior_yuan) AS rate,
  min(line_no) FILTER (WHERE document_id = this_document) AS line_no,
  min(line_no) FILTER (WHERE document_id = prior_document) AS prior_line_no
FROM budget_lines
WHERE measure = 'total' AND organisation IS NULL AND document_id IN (this_document, prior_document)
GROUP BY table_no, table_key, side, coalesce(nullif(item_code, ''), comparable_name(item_name))
HAVING
  current_yuan IS NOT DISTINCT FROM max(amount_yuan) FILTER (WHERE document_id = this_document)
  AND prior_yuan IS NOT DISTINCT FROM max(amount_yuan) FILTER (WHERE document_id = prior_document)
ORDER BY table_no, side DESC, min(row_no), min(item_code)
