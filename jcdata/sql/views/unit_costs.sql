-- What does one unit of a project's output cost: a person examined, a mine inspected, a session held?
-- Grain: annual quantity indicator with one number. Caveat: yuan_per_unit divides all the project's money, so it is
-- given only where the quantity is the project's only one; `ceiling_yuan` is the form's own cost indicator for that
-- unit (≤400元/人/次 for 人), whatever the money pays for besides.
-- `counts` leaves out of sums over documents what another one has too.
WITH quantities AS (
  SELECT
    *,
    count(*) OVER (PARTITION BY document_id, form_no) AS outputs
  FROM indicators
  WHERE
    horizon = 'annual'
    AND level2 = spec('analyses.quantity')
    AND value_kind = 'quantity'
    AND coalesce(value_min, value_max) > 0
),

ceilings AS (
  SELECT
    document_id,
    form_no,
    string_split(unit, '/')[2] AS unit,
    TRY_CAST(min(value_max) AS DECIMAL(18, 2)) AS ceiling_yuan
  FROM indicators
  WHERE
    horizon = 'annual'
    AND value_kind = 'money'
    AND regexp_matches(unit, spec('analyses.price'))
    AND value_max IS NOT NULL
  GROUP BY ALL
)

SELECT
  q.document_id,
  d.fiscal_year,
  d.unit_name,
  d.document_kind,
  q.form_no,
  f.project_name,
  q.level3,
  coalesce(q.value_min, q.value_max) AS quantity,
  q.unit,
  f.annual_total_yuan AS amount_yuan,
  CASE
    WHEN q.outputs = 1 THEN TRY_CAST(f.annual_total_yuan / coalesce(q.value_min, q.value_max) AS DECIMAL(18, 2))
  END AS yuan_per_unit,
  c.ceiling_yuan,
  q.line_no,
  coalesce(parts.counts, TRUE) AS counts
FROM quantities AS q
JOIN documents AS d USING (document_id)
JOIN performance_forms AS f ON (f.document_id, f.form_no) = (q.document_id, q.form_no)
LEFT JOIN ceilings AS c ON (c.document_id, c.form_no, c.unit) = (q.document_id, q.form_no, string_split(q.unit, '/')[1])
LEFT JOIN document_parts AS parts ON (parts.document_id, parts.part) = (q.document_id, 'forms')
ORDER BY q.document_id, q.form_no, q.line_no
