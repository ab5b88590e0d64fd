-- Are placeholders of a model left in a document: 某市XX局, 增加XX万元?
-- One row per document that has any.
SELECT
  'placeholders' AS check_key,
  document_id,
  '占位符' AS target,
  count(*) AS stated,
  0 AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP { 'words': first(regexp_extract(text, spec('checking.placeholder')) ORDER BY line_no) } AS details,
  list(line_no ORDER BY line_no) AS line_nos
FROM source_lines
WHERE regexp_matches(text, spec('checking.placeholder'))
GROUP BY document_id
