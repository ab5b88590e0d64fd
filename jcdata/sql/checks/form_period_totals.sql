-- Is a form's total for the whole period its years times the annual total?
-- One row per form with both totals and a period in years. Many projects cost another amount each year, so that exact
-- figures that differ are only worth a look. But a figure in scientific notation (7E+06) of a project of several years
-- hides what it stands for: where the product does not print as it, the figure can't be taken for it.
SELECT
  if(t.is_scientific AND period_years > 1, 'form_period_scientific', 'form_period_years') AS check_key,
  document_id,
  words AS target,
  t.amount_yuan AS stated,
  period_years * a.amount_yuan AS computed,
  t.half AS tolerance,
  TRUE AS is_money,
  MAP {
    'printed': t.amount_text, 'years': period_years::VARCHAR, 'annual': a.amount_text,
    'product': grouped(period_years * a.amount_yuan),
    'rounded': format('{:.0E}', (period_years * a.amount_yuan)::DOUBLE)
  } AS details,
  [t.line_no, a.line_no] AS line_nos,
  form_figure(form_no, 'period', 'total') AS stated_figure,
  [form_figure(form_no, 'annual', 'total')] AS computed_from
FROM named_forms AS f
JOIN (
  FROM form_figures
  WHERE (horizon, source) = ('period', 'total')
) AS t
  USING (document_id, form_no)
JOIN (
  FROM form_figures
  WHERE (horizon, source) = ('annual', 'total')
) AS a
  USING (document_id, form_no)
WHERE period_years IS NOT NULL
