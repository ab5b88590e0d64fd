-- Is the target of an indicator of the kind that its name and its level ask for?
-- One row per indicator in money among those of time, and per indicator of a duration in days or longer units that its
-- name counts in days.
SELECT
  if(value_kind = 'money', 'form_indicator_level', 'form_indicator_unit') AS check_key,
  document_id,
  words || ' ' || level3 AS target,
  NULL AS stated,
  NULL AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP { 'printed': value_text, 'level2': level2 } AS details,
  list(DISTINCT line_no ORDER BY line_no) AS line_nos,
  if(value_kind = 'duration' AND days_of(unit) = 1, 'pass', 'fail') AS status_override
FROM indicators
JOIN named_forms USING (document_id, form_no)
WHERE
  NOT is_truncated
  AND (
    value_kind = 'money' AND level2 = spec('checking.timeliness')
    OR value_kind = 'duration' AND days_of(unit) IS NOT NULL AND regexp_matches(level3, spec('checking.days_name'))
  )
GROUP BY document_id, words, level3, value_text, level2, value_kind, unit
