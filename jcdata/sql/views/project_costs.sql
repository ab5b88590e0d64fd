-- What does a project cost, and how many promises stand against the money?
-- Grain: project with a performance form. Caveat: indicators are not equally much work; a project with much money
-- and few indicators (more and fewer than the medians of its document) is a question to ask, not an answer.
-- `counts` leaves out of sums over documents what another one has too.
WITH promised AS (
  SELECT
    document_id,
    form_no,
    count(*) AS indicator_count,
    count(*) FILTER (WHERE level2 = spec('analyses.quantity')) AS quantity_indicator_count,
    count(*) FILTER (WHERE coalesce(value_min, value_max) IS NOT NULL) AS measurable_indicator_count
  FROM indicators
  WHERE horizon = 'annual'
  GROUP BY ALL
),

costs AS (
  SELECT
    f.document_id,
    f.form_no,
    f.project_name,
    f.property,
    f.annual_total_yuan AS amount_yuan,
    f.first_line,
    coalesce(p.indicator_count, 0)::INTEGER AS indicator_count,
    coalesce(p.quantity_indicator_count, 0)::INTEGER AS quantity_indicator_count,
    coalesce(p.measurable_indicator_count, 0)::INTEGER AS measurable_indicator_count
  FROM performance_forms AS f LEFT JOIN promised AS p ON (p.document_id, p.form_no) = (f.document_id, f.form_no)
  WHERE f.form_kind <> 'whole_department_goals'
),

medians AS (
  SELECT
    document_id,
    median(amount_yuan) AS median_yuan,
    median(indicator_count) AS median_count
  FROM costs
  GROUP BY ALL
)

SELECT
  c.document_id,
  d.fiscal_year,
  d.unit_name,
  d.document_kind,
  c.form_no,
  c.project_name,
  c.property,
  c.amount_yuan,
  c.indicator_count,
  CAST(c.amount_yuan / nullif(c.indicator_count, 0) AS DECIMAL(18, 2)) AS yuan_per_indicator,
  c.quantity_indicator_count,
  c.measurable_indicator_count,
  a.amount_yuan AS arrears_yuan,
  coalesce(c.amount_yuan > median_yuan AND c.indicator_count < median_count, FALSE) AS much_money_few_indicators,
  c.first_line AS line_no,
  m.line_no AS amount_line_no,
  coalesce(parts.counts, TRUE) AS counts
FROM costs AS c
JOIN documents AS d USING (document_id)
JOIN medians USING (document_id)
LEFT JOIN arrears AS a ON (a.document_id, a.form_no) = (c.document_id, c.form_no)
LEFT JOIN form_funding AS m
  ON (m.document_id, m.form_no, m.horizon, m.source, m.basis) = (c.document_id, c.form_no, 'annual', 'total', 'budget')
LEFT JOIN document_parts AS parts ON (parts.document_id, parts.part) = (c.document_id, 'forms')
ORDER BY c.document_id, c.amount_yuan DESC, c.form_no
