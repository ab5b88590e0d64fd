-- The cells of each identity. Grain: document, identity, its key (a row, a code, or '' for one of the whole document)
-- and operand. An operand of which only the row is printed is there with amount 0.
-- Columns: `document_id`; `identity_no`, `operand_no`, `use`, `sign`, `is_optional`, `label` and `label_zh` of the
-- declared operand; `key`, and whether the identity has keys other than '' (`is_keyed`); `row_label` of the row,
-- `amounts` in the order of their lines, their sum `amount` and its `step` (yuan both), `line_nos`, and `cells`, which
-- name them.
SELECT
  document_id,
  identity_no,
  operand_no,
  use,
  sign,
  is_optional,
  CASE WHEN row = 'every' THEN CAST(row_no AS VARCHAR) WHEN row IN ('code', 'category') THEN row_key ELSE '' END AS key,
  min(figures.label) AS row_label,
  any_value(operands.label) AS label,
  any_value(label_zh) AS label_zh,
  coalesce(list(amount ORDER BY line_no, measure) FILTER (list_contains(measures, measure)), []) AS amounts,
  coalesce(sum(amount) FILTER (list_contains(measures, measure)), 0) AS amount,
  coalesce(sum(step) FILTER (list_contains(measures, measure)), 0) AS step,
  list(line_no) FILTER (list_contains(measures, measure)) AS line_nos,
  coalesce(
    list(cell_figure(table_key, side, row_no, measure)) FILTER (list_contains(measures, measure)), []
  ) AS cells,
  row IN ('every', 'code', 'category') AS is_keyed
FROM operands JOIN figures USING (table_key, side)
WHERE
  row IN ('every', row_role, row_key)
  OR row = 'code' AND (row_role = 'item' OR row_key = 'total')
  OR row = 'category' AND (row_role = 'item' AND (item_level = 1 OR rows_are = 'categories') OR row_key = 'total')
GROUP BY ALL
