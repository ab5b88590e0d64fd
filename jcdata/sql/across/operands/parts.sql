-- What a document consists of: statutory tables with figures, forms, and prose with figures.
-- Grain: document and part.
-- Columns: `document_id`; `part` (the key of a table, forms, or prose); `size` (how much was read of it); `things`
-- (what another document must have of it to have all of it: names of projects, passages; of a table just the table).
SELECT
  document_id,
  table_key AS part,
  count(*) AS size,
  [''] AS things
FROM budget_lines
GROUP BY ALL
UNION ALL
SELECT
  document_id,
  'forms',
  count(*),
  list(DISTINCT name_key(project_name))
FROM performance_forms
GROUP BY ALL
UNION ALL
SELECT
  document_id,
  'prose',
  count(*),
  list(DISTINCT passage)
FROM claims
GROUP BY ALL
