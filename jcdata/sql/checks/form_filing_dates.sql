-- Is a form's filing date a day? One row per form with something printed there; 2.02302E+13 has lost its day.
SELECT
  'form_filing_date' AS check_key,
  document_id,
  words AS target,
  NULL AS stated,
  NULL AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP {
    'printed': filed_on_text, 'verdict': coalesce('which is ' || filed_on, 'which is no day'),
    'verdict_zh': coalesce('即 ' || filed_on, '无法辨认')
  } AS details,
  [first_line, last_line] AS line_nos,
  if(filed_on IS NULL, 'fail', 'pass') AS status_override
FROM named_forms
WHERE filed_on_text IS NOT NULL
