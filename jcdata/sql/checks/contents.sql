-- Is each statutory table and each passage of the explanations printed that the contents of its document name?
-- Grain: document and entry of the contents. What may only be unread, or be in another file, is no contradiction: its
-- result is missing.
SELECT
  check_key,
  document_id,
  '目录 ' || title AS target,
  NULL AS stated,
  NULL AS computed,
  NULL AS tolerance,
  FALSE AS is_money,
  MAP { 'reason': split_part(reason, ' / ', 1), 'reason_zh': split_part(reason, ' / ', 2) } AS details,
  [line_no] AS line_nos,
  CASE status WHEN 'printed' THEN 'pass' WHEN 'missing' THEN 'fail' ELSE 'missing' END AS status_override
FROM (
  SELECT
    *,
    'contents_tables' AS check_key
  FROM contents_tables
  UNION ALL BY NAME
  SELECT
    *,
    'contents_passages' AS check_key
  FROM contents_passages
)
