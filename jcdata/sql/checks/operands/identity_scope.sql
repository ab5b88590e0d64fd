-- Which identities apply to which documents. Grain: document and identity that applies.
-- It doesn't apply to the other kind of document (budget, final accounts), where a table is printed without a column
-- that is needed, or where what must be zero is not.
-- `is_known` is false where a table is missing that may hold one of the terms.
-- Columns: `document_id`; `identity_no`, `check_key` and `target` as declared; `relation`, where all_of_unit has become
-- equal_to_all or at_most; `is_one_table` and `is_keyed`; `empty_line` (where the table that would state the sum says
-- that it is empty), `is_zero_unless_stated`, `is_known` and `needed` (how many operands must be printed).
WITH columns AS (
  SELECT
    document_id,
    table_key,
    side,
    list(DISTINCT measure) AS printed
  FROM figures
  GROUP BY ALL
),

excluded AS (
  SELECT
    document_id,
    identity_no
  FROM identity_cells
  WHERE use = 'zero' AND NOT is_keyed
  GROUP BY ALL
  HAVING sum(sign * amount) <> 0
)

SELECT
  document_id,
  identity_no,
  any_value(check_key) AS check_key,
  any_value(target) AS target,
  if(
    any_value(relation) = 'all_of_unit',
    if(any_value(regexp_matches(documents.title, spec('checking.of_unit'))), 'equal_to_all', 'at_most'),
    any_value(relation)
  ) AS relation,
  count(DISTINCT table_key) FILTER (use <> 'zero') = 1 AS is_one_table,
  bool_or(row IN ('every', 'code', 'category')) AS is_keyed,
  min(first_line) FILTER (use = 'stated' AND status = 'declared_empty') AS empty_line,
  bool_or(use = 'stated' AND is_optional) AS is_zero_unless_stated,
  bool_and(NOT (is_optional AND status = 'missing')) AS is_known,
  count(*) FILTER (NOT is_optional AND use <> 'perhaps') AS needed
FROM operands JOIN table_occurrences USING (table_key) JOIN documents USING (document_id)
LEFT JOIN columns USING (document_id, table_key, side)
ANTI JOIN excluded USING (document_id, identity_no)
WHERE operands.document_kind IN ('', documents.document_kind)
GROUP BY document_id, identity_no
HAVING bool_and(
  is_optional OR use NOT IN ('stated', 'terms') OR status <> 'found'
  OR coalesce(list_has_any(printed, measures), FALSE)
)
AND bool_and(relation <> 'empty' OR use <> 'stated' OR status = 'declared_empty')
