-- Which project money stands behind a performance form, and which does not?
-- Grain: project of the tables of projects. Caveat: a document that prints no form at all says nothing of its projects:
-- `form_status` is then `no_forms`, not `without_form`. `share` is of the project money of the document's tables.
-- `counts` leaves out of sums over documents what another one has too.
WITH promised AS (
  SELECT
    document_id,
    form_no,
    count(*) AS indicator_count,
    count(*) FILTER (WHERE coalesce(value_min, value_max) IS NOT NULL) AS measurable_count
  FROM indicators
  WHERE horizon = 'annual'
  GROUP BY ALL
),

documents_with_forms AS (
  SELECT DISTINCT document_id
  FROM performance_forms
  WHERE form_kind <> 'whole_department_goals'
)

SELECT
  p.document_id,
  d.fiscal_year,
  d.unit_name,
  d.document_kind,
  p.project_no,
  p.project_name,
  p.funding,
  p.amount_yuan,
  TRY_CAST(sum(p.amount_yuan) OVER (PARTITION BY p.document_id) AS DECIMAL(18, 2)) AS base_yuan,
  share_of(p.amount_yuan, sum(p.amount_yuan) OVER (PARTITION BY p.document_id)) AS share,
  CASE
    WHEN p.form_no IS NOT NULL THEN 'with_form'
    WHEN p.document_id IN (FROM documents_with_forms) THEN 'without_form'
    ELSE 'no_forms'
  END AS form_status,
  p.form_no,
  f.property,
  a.amount_yuan AS arrears_yuan,
  CASE WHEN p.form_no IS NULL THEN NULL ELSE coalesce(i.indicator_count, 0) END::INTEGER AS indicator_count,
  CASE WHEN p.form_no IS NULL THEN NULL ELSE coalesce(i.measurable_count, 0) END::INTEGER AS measurable_indicator_count,
  p.line_no,
  coalesce(parts.counts, TRUE) AS counts
FROM projects AS p
JOIN documents AS d USING (document_id)
LEFT JOIN performance_forms AS f ON (f.document_id, f.form_no) = (p.document_id, p.form_no)
LEFT JOIN arrears AS a ON (a.document_id, a.form_no) = (p.document_id, p.form_no)
LEFT JOIN promised AS i ON (i.document_id, i.form_no) = (p.document_id, p.form_no)
LEFT JOIN document_parts AS parts ON (parts.document_id, parts.part) = (p.document_id, concat(p.funding, '_projects'))
ORDER BY p.document_id, p.form_no IS NOT NULL, p.amount_yuan DESC, p.project_no
