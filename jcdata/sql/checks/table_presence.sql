-- Is each statutory table there, and does one that says 本表无数据 print no figures? Grain: document and table.
-- Some tables are absent by rule (机关运行经费 of a public institution), so a missing one is no contradiction.
WITH notes AS (  -- in a table or right below it, above the next one
  SELECT
    document_id,
    table_key,
    min(line_no) AS note_line
  FROM table_occurrences AS t
  JOIN source_lines AS s USING (document_id)
  WHERE
    status = 'found' AND regexp_matches(text, spec('checking.no_data'))
    AND line_no BETWEEN t.first_line AND t.last_line + 3
    AND NOT EXISTS (
      FROM printed_tables AS other
      WHERE other.document_id = t.document_id AND other.first_line BETWEEN t.last_line + 1 AND s.line_no
    )
  GROUP BY ALL
),

filled AS (
  SELECT
    document_id,
    table_key,
    count(*) AS printed,
    count(*) FILTER (amount <> 0) AS not_zero,
    max(step) AS step,
    list(line_no) AS line_nos,
    any_value(note_line) AS note_line
  FROM figures JOIN notes USING (document_id, table_key)
  GROUP BY ALL
)

SELECT
  'table_missing' AS check_key,
  document_id,
  concat('表', table_no, ' ', table_zh(table_key)) AS target,
  NULL AS stated,
  NULL AS computed,
  NULL AS tolerance,
  FALSE AS is_money,
  MAP { 'state': replace(status, '_', ' '), 'state_zh': status_zh(status) } AS details,
  if(first_line IS NULL, [], [first_line]) AS line_nos,
  if(status = 'missing', 'fail', 'pass') AS status_override
FROM table_occurrences JOIN documents USING (document_id)
WHERE status <> 'missing' OR (document_kind, table_key) IN (FROM expected_tables)
UNION ALL
SELECT
  if(not_zero = 0, 'zeros_in_empty_table', 'figures_in_empty_table'),
  document_id,
  concat('表', table_no, ' ', table_zh(table_key)),
  printed,
  0,
  0,
  FALSE,
  MAP { 'not_zero': not_zero::VARCHAR },
  list_append(line_nos, note_line),
  NULL
FROM filled JOIN table_occurrences USING (document_id, table_key)
