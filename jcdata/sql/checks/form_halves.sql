-- Does a project of one year promise the same for its period as for its year?
-- One row per indicator that stands in both halves under one name. In a project of several years the halves may differ.
SELECT
  'form_halves' AS check_key,
  document_id,
  words || ' ' || level3 AS target,
  NULL AS stated,
  NULL AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP { 'period': p.value_text, 'annual': a.value_text } AS details,
  [p.line_no, a.line_no] AS line_nos,
  if(p.value_text = a.value_text, 'pass', 'fail') AS status_override
FROM (
  FROM indicators
  WHERE horizon = 'period' AND NOT is_truncated
) AS p
JOIN (
  FROM indicators
  WHERE horizon = 'annual' AND NOT is_truncated
) AS a
  USING (document_id, form_no, level3)
JOIN named_forms USING (document_id, form_no)
WHERE period_years = 1
QUALIFY count(*) OVER (PARTITION BY document_id, form_no, level3) = 1
