-- Is the one amount that an overview gives for all of a project the money of the project?
-- One row per form whose overview names no parts of the cost, says of no other year's payment, and gives an amount as
-- a whole (共需资金40万元). Where it gives several, the nearest; what is less than half or more than twice of the year's
-- money is of something else.
WITH said AS (
  SELECT
    document_id,
    form_no,
    regexp_extract(phrase, spec('checking.all_money')) AS printed,
    line_no,
    regexp_extract(phrase, spec('checking.all_money'), 1) AS digits,
    regexp_extract(phrase, spec('checking.all_money'), 2) AS unit
  FROM form_phrases
  WHERE field = '项目概况' AND regexp_matches(phrase, spec('checking.all_money'))
),

amounts AS (
  SELECT
    *,
    TRY_CAST(TRY_CAST(digits AS DECIMAL(24, 6)) * yuan_of(unit) AS DECIMAL(24, 6)) AS amount,
    half_of_said(regexp_matches(printed, spec('checking.about')), digits, yuan_of(unit)) AS half
  FROM said
)

SELECT
  'form_estimate' AS check_key,
  document_id,
  words || ' 项目概况' AS target,
  amount AS stated,
  annual_total_yuan AS computed,
  half AS tolerance,
  TRUE AS is_money,
  MAP { 'printed': printed } AS details,
  [line_no, first_line] AS line_nos,
  if(abs(amount - period_total_yuan) <= half, 'pass', NULL) AS status_override
FROM amounts
JOIN named_forms USING (document_id, form_no)
ANTI JOIN cost_components USING (document_id, form_no)
WHERE
  amount BETWEEN annual_total_yuan / 2 AND annual_total_yuan * 2
  AND NOT regexp_matches(overview, spec('checking.other_years'))
QUALIFY
  row_number() OVER (PARTITION BY document_id, form_no ORDER BY abs(amount - annual_total_yuan), line_no) = 1
