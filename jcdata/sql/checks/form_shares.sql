-- Does a form promise no more than all of what can at most be all: people who are satisfied, works that pass?
-- One row per target in per cent of an indicator whose name says that it is a share.
SELECT
  'form_share' AS check_key,
  document_id,
  words || ' ' || if(horizon = 'annual', '', '总目标 ') || level3 AS target,
  value_min AS stated,
  100 AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP { 'value': value_text } AS details,
  [line_no] AS line_nos,
  if(value_min <= 100, 'pass', NULL) AS status_override
FROM indicators JOIN named_forms USING (document_id, form_no)
WHERE
  unit = '%' AND value_min IS NOT NULL AND NOT is_truncated AND value_min < 1000000
  AND regexp_matches(level3, spec('checking.share'))
