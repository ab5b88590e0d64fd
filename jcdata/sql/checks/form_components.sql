-- Do the parts that a form's overview names add up to the money of the project?
-- One row per form whose overview names parts. They may make up the year or the whole period; where the year is far off
-- and the period is not, it is the period that they should make up. Where all the money pays a debt, the parts make up
-- what was paid before too; of parts of which one is cancelled, the others may be all.
WITH belonging AS (
  SELECT
    *,
    coalesce(
      amount = period_total_yuan
      OR abs(amount - period_total_yuan) < period_total_yuan / 20 AND abs(amount - annual_total_yuan) > amount / 2,
      FALSE
    ) AS is_of_period
  FROM cost_sums
  JOIN named_forms USING (document_id, form_no)
)

SELECT
  'form_components' AS check_key,
  document_id,
  words AS target,
  if(is_of_period, period_total_yuan, annual_total_yuan) AS stated,
  amount AS computed,
  half AS tolerance,
  TRUE AS is_money,
  MAP {
    'terms': terms, 'horizon': if(is_of_period, 'period', 'annual'),
    'horizon_zh': if(is_of_period, '实施期', '年度')
  } AS details,
  lines || [first_line] AS line_nos,
  if(
    regexp_matches(overview, spec('checking.cancelled'))
    AND list_contains(list_transform(amounts, LAMBDA part: amount - part), annual_total_yuan),
    'pass', NULL
  ) AS status_override
FROM belonging
ANTI JOIN (
  SELECT
    document_id,
    form_no,
    amount_yuan AS annual_total_yuan
  FROM arrears
) AS debts
  USING (document_id, form_no, annual_total_yuan)
