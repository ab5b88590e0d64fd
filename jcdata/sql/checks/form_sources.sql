-- Do the sources of a form's money add up to its total, for the year and for the whole period?
-- One row per form and horizon with a total and any source. A figure in scientific notation (7E+06) stands for all that
-- print so. What divides the money otherwise, by purpose, or is a part of the fiscal appropriation beside it, is no
-- source more. Where the fiscal appropriation alone
-- is printed and less than the total, it is a part of it (其中), and the others are not printed.
WITH parts AS (
  SELECT
    *,
    bool_or(source = 'fiscal') OVER (PARTITION BY document_id, form_no, horizon) AS has_fiscal
  FROM form_figures
  WHERE source NOT IN ('total', 'basic', 'project')
),

sources AS (
  SELECT
    document_id,
    form_no,
    horizon,
    sum(amount_yuan) AS amount,
    sum(half) AS half,
    count(*) = 1 AND any_value(has_fiscal) AS is_fiscal_alone,
    list(line_no) AS lines,
    list(form_figure(form_no, horizon, source)) AS made_of,
    string_agg(amount_text, ' + ' ORDER BY line_no) FILTER (amount_yuan <> 0) AS terms
  FROM parts
  WHERE
    NOT has_fiscal
    OR source NOT IN (
      'central', 'provincial', 'municipal', 'local', 'general_public', 'government_fund', 'state_capital'
    )
  GROUP BY ALL
)

SELECT
  'form_' || horizon || '_sources' AS check_key,
  document_id,
  f.words AS target,
  t.amount_yuan AS stated,
  if(is_fiscal_alone AND s.amount < t.amount_yuan, NULL, s.amount) AS computed,
  t.half + s.half AS tolerance,
  TRUE AS is_money,
  MAP { 'printed': t.amount_text, 'terms': coalesce(terms, '0') } AS details,
  [t.line_no] || s.lines AS line_nos,
  form_figure(form_no, horizon, 'total') AS stated_figure,
  made_of AS computed_from
FROM (
  FROM form_figures
  WHERE source = 'total'
) AS t
JOIN sources AS s USING (document_id, form_no, horizon)
JOIN named_forms AS f USING (document_id, form_no)
