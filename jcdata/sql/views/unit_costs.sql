-- What does one unit of a project's output cost: a person examined, a mine inspected, a session held?
-- Grain: annual quantity indicator with one number, each of them, with the reason why it has no price (`why_not`).
-- Caveat: yuan_per_unit divides all the project's money, so it is given only where the quantity drives it: the only one
-- of the project, or the sum of like ones (`driver_quantity`), for which the form sets one price or whose names end on
-- the same persons. An earlier year's rest is divided only with what is paid already (`total_yuan`), where that is
-- stated. `ceiling_yuan` is the form's own cost indicator for that unit (≤400元/人/次 for 人, `ceiling_unit`), whatever
-- the money pays for besides.
-- `counts` leaves out of sums over documents what another one has too.
WITH quantities AS (
  SELECT
    *,
    coalesce(value_min, value_max) AS quantity,
    string_split(unit, '/')[1] AS counted,
    CASE
      WHEN
        regexp_full_match(coalesce(unit, ''), spec('analyses.kind_unit'))
        OR regexp_matches(level3, spec('analyses.kind_name')) THEN 'kind'
      WHEN regexp_full_match(coalesce(unit, ''), spec('analyses.land')) THEN 'land'
      WHEN regexp_matches(level3, spec('analyses.rate_name')) THEN 'rate'
    END AS no_output
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
    string_split(price_unit, '/')[1] AS counted,
    ceiling_yuan,
    price_unit AS ceiling_unit
  FROM price_ceilings
  WHERE why_not IS NULL OR why_not = 'several'
  QUALIFY count(*) OVER (PARTITION BY document_id, form_no, counted) = 1
),

drivers AS (
  SELECT
    document_id,
    form_no,
    count(*) = 1
    OR count(DISTINCT counted) FILTER (WHERE no_output IS NULL) = 1
    AND (
      bool_and(ceiling_yuan IS NOT NULL OR coalesce(no_output = 'kind', FALSE))
      OR bool_and(no_output IS NULL AND regexp_full_match(counted, spec('analyses.telling_unit')))
      AND count(DISTINCT right(regexp_replace(level3, spec('analyses.number_word'), ''), 4)) = 1
    ) AS is_alike,
    sum(quantity) FILTER (WHERE no_output IS NULL) AS driver_quantity
  FROM quantities LEFT JOIN ceilings USING (document_id, form_no, counted)
  GROUP BY ALL
),

judged AS (
  SELECT
    q.*,
    f.project_name,
    f.annual_total_yuan,
    w.paid_yuan,
    CASE WHEN w.form_no IS NULL THEN f.annual_total_yuan ELSE w.total_yuan END AS total_yuan,
    c.ceiling_yuan,
    c.ceiling_unit,
    n.driver_quantity,
    CASE
      WHEN q.no_output IS NOT NULL THEN q.no_output
      WHEN f.annual_total_yuan IS NULL OR f.annual_total_yuan <= 0 THEN 'no_money'
      WHEN w.form_no IS NOT NULL AND w.total_yuan IS NULL THEN 'arrears'
      WHEN NOT n.is_alike THEN 'several'
    END AS why_not
  FROM quantities AS q
  JOIN performance_forms AS f ON (f.document_id, f.form_no) = (q.document_id, q.form_no)
  LEFT JOIN earlier_work AS w ON (w.document_id, w.form_no) = (q.document_id, q.form_no)
  LEFT JOIN ceilings AS c ON (c.document_id, c.form_no, c.counted) = (q.document_id, q.form_no, q.counted)
  LEFT JOIN drivers AS n ON (n.document_id, n.form_no) = (q.document_id, q.form_no)
)

SELECT
  j.document_id,
  d.fiscal_year,
  d.unit_name,
  d.document_kind,
  j.form_no,
  j.project_name,
  j.level3,
  j.quantity,
  j.unit,
  j.annual_total_yuan AS amount_yuan,
  CASE WHEN j.why_not IS NULL THEN TRY_CAST(j.total_yuan / j.driver_quantity AS DECIMAL(18, 2)) END AS yuan_per_unit,
  j.ceiling_yuan,
  j.ceiling_unit,
  CASE WHEN j.why_not IS NULL THEN j.driver_quantity END AS driver_quantity,
  j.paid_yuan,
  j.total_yuan,
  j.why_not,
  j.line_no,
  coalesce(parts.counts, TRUE) AS counts
FROM judged AS j
JOIN documents AS d USING (document_id)
LEFT JOIN document_parts AS parts ON (parts.document_id, parts.part) = (j.document_id, 'forms')
ORDER BY j.document_id, j.form_no, j.line_no
