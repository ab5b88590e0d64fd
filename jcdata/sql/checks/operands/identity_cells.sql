-- The cells of each identity. Grain: document, identity, its key (a row, a code, or '' for one of the whole document)
-- and operand. An operand of which only the row is printed is there with amount 0; a figure that is part of another
-- one of the operand counts in that one only.
-- Columns: `document_id`; `identity_no`, `operand_no`, `use`, `sign`, `is_optional`, `label` and `label_zh` of the
-- declared operand; `key`, and whether the identity has keys other than '' (`is_keyed`); `row_label` of the row,
-- `amounts`, in the same order their `line_nos`, and `cells`, which name them, their sum `amount` and its `step` (yuan
-- both), and what of it may be parts of the rest (`repeated`); `is_unsure` where a row has other money of which it is
-- not known what it is, so that a column may be missing, or is no category that is known.
SELECT
  document_id,
  identity_no,
  operand_no,
  use,
  sign,
  is_optional,
  CASE WHEN row = 'every' THEN CAST(row_no AS VARCHAR) WHEN row IN ('code', 'category') THEN row_key ELSE '' END AS key,
  min(figure_label) AS row_label,
  any_value(label) AS label,
  any_value(label_zh) AS label_zh,
  coalesce(list(amount) FILTER (is_counted), []) AS amounts,
  coalesce(sum(amount) FILTER (is_counted), 0) AS amount,
  coalesce(sum(amount) FILTER (is_counted AND is_following), 0) AS repeated,
  coalesce(sum(step) FILTER (is_counted), 0) AS step,
  list(line_no) FILTER (is_counted) AS line_nos,
  coalesce(
    list(cell_figure(table_key, side, row_no, measure)) FILTER (is_counted), []
  ) AS cells,
  coalesce(
    bool_or(
      has_other AND (is_counted OR use = 'zero' OR row = 'every') AND measures <> ['total']
      OR is_unknown_category AND is_counted
    ),
    FALSE
  ) AS is_unsure,
  row IN ('every', 'code', 'category') AS is_keyed
FROM (
  SELECT
    operands.*,
    figures.* EXCLUDE (label, table_key, side),
    figures.label AS figure_label,
    is_following,
    list_contains(measures, measure) AND NOT coalesce(list_contains(measures, part_of), FALSE) AS is_counted
  FROM operands
  JOIN figures USING (table_key, side)
  LEFT JOIN following_parts USING (document_id, table_key, side, row_no, measure)
)
WHERE
  row IN ('every', row_role, row_key)
  OR row = 'code' AND (row_role = 'item' OR row_key = 'total')
  OR row = 'category' AND (row_role = 'item' AND (item_level = 1 OR rows_are = 'categories') OR row_key = 'total')
GROUP BY ALL
