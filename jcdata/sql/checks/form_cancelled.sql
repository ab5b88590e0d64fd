-- Does a form still budget an item that its overview says is not carried out?
-- One row per form with such a sentence (第3项不再实施) and parts of its cost: if all of them together are the money of
-- the year, the cancelled one is among them.
WITH cancelled AS (
  SELECT
    document_id,
    form_no,
    min(regexp_extract(phrase, spec('checking.cancelled'))) AS said,
    min(line_no) AS line_no
  FROM form_phrases
  WHERE field = '项目概况' AND regexp_matches(phrase, spec('checking.cancelled'))
  GROUP BY ALL
)

SELECT
  'form_cancelled' AS check_key,
  document_id,
  words AS target,
  annual_total_yuan AS stated,
  amount AS computed,
  0 AS tolerance,
  TRUE AS is_money,
  MAP { 'said': said, 'terms': terms } AS details,
  list_prepend(line_no, lines) AS line_nos,
  if(annual_total_yuan >= amount, 'fail', 'pass') AS status_override
FROM cancelled
JOIN cost_sums USING (document_id, form_no)
JOIN named_forms USING (document_id, form_no)
WHERE annual_total_yuan IS NOT NULL AND len(amounts) > 1
