-- What would the project cost at its own highest price: 400元/人/次 for all the persons it names?
-- Grain: annual indicator that is a price for one of something. Caveat: the price is multiplied by the project's one
-- quantity in that unit, or by several where the unit says what they are (人, not 个), and only where nothing else
-- multiplies it (元/天/人); money beyond it may pay for what the price does not cover, and is a question to ask.
-- `counts` leaves out of sums over documents what another one has too.
WITH prices AS (
  SELECT
    *,
    regexp_replace(unit, spec('analyses.price'), '') AS price_unit,
    string_split(unit, '/')[2] AS counted,
    TRY_CAST(
      TRY_CAST(value_max AS DECIMAL(18, 6))
      * CASE WHEN regexp_matches(unit, spec('analyses.ten_thousand')) THEN 10000 ELSE 1 END
      AS DECIMAL(18, 2)
    ) AS ceiling_yuan
  FROM indicators
  WHERE
    horizon = 'annual'
    AND value_kind = 'money'
    AND value_max IS NOT NULL
    AND regexp_matches(unit, spec('analyses.price'))
    AND NOT regexp_full_match(unit, spec('analyses.yearly'))
),

numbers AS (
  SELECT
    document_id,
    form_no,
    counted,
    sum(coalesce(value_min, value_max)) AS quantity,
    count(*) = 1 OR bool_and(regexp_full_match(counted, spec('analyses.telling_unit'))) AS is_alike
  FROM (
    SELECT
      *,
      string_split(unit, '/')[1] AS counted
    FROM indicators
  )
  WHERE
    horizon = 'annual'
    AND level2 = spec('analyses.quantity')
    AND value_kind = 'quantity'
    AND NOT regexp_matches(level3, spec('analyses.rate_name'))
    AND NOT regexp_matches(level3, spec('analyses.kind_name'))
  GROUP BY ALL
),

multiplied AS (
  SELECT
    p.*,
    CASE WHEN n.is_alike THEN n.quantity END AS quantity,
    CASE
      WHEN NOT regexp_full_match(p.price_unit, concat('[^/]*', spec('analyses.each_time'))) THEN 'several'
      WHEN n.quantity IS NULL THEN 'no_quantity'
      WHEN NOT n.is_alike THEN 'unlike'
      WHEN count(*) OVER (PARTITION BY p.document_id, p.form_no, p.counted) > 1 THEN 'several_prices'
    END AS why_not
  FROM prices AS p
  LEFT JOIN numbers AS n ON (n.document_id, n.form_no, n.counted) = (p.document_id, p.form_no, p.counted)
)

SELECT
  m.document_id,
  d.fiscal_year,
  d.unit_name,
  d.document_kind,
  m.form_no,
  f.project_name,
  m.level3,
  m.value_text,
  m.price_unit,
  m.ceiling_yuan,
  m.quantity,
  CASE WHEN m.why_not IS NULL THEN TRY_CAST(m.ceiling_yuan * m.quantity AS DECIMAL(18, 2)) END AS at_most_yuan,
  f.annual_total_yuan AS amount_yuan,
  CASE WHEN m.why_not IS NULL THEN share_of(m.ceiling_yuan * m.quantity, f.annual_total_yuan) END AS share_of_amount,
  m.why_not,
  m.line_no,
  coalesce(parts.counts, TRUE) AS counts
FROM multiplied AS m
JOIN documents AS d USING (document_id)
JOIN performance_forms AS f ON (f.document_id, f.form_no) = (m.document_id, m.form_no)
LEFT JOIN document_parts AS parts ON (parts.document_id, parts.part) = (m.document_id, 'forms')
ORDER BY m.document_id, m.form_no, m.line_no
