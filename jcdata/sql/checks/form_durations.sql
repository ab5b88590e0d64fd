-- Does a form's text say of its work that it takes as long as its indicator says?
-- One row per form with a single duration in its texts (为期5个月) and a single indicator of it. A lower bound is
-- contradicted by less, or by twice as much. Between days, weeks, months and years, a month may have 28 to 31 days and
-- a year 360. Working days are compared with nothing.
WITH said AS (
  SELECT
    document_id,
    form_no,
    TRY_CAST(min(regexp_extract(phrase, spec('checking.lasting'), 1)) AS DECIMAL(24, 6)) AS length_of_time,
    min(regexp_extract(phrase, spec('checking.lasting'), 2)) AS unit,
    min(regexp_extract(phrase, spec('checking.lasting'))) AS printed,
    string_agg(DISTINCT field, '、' ORDER BY field) AS fields,
    min(line_no) AS line_no
  FROM form_phrases
  WHERE regexp_matches(phrase, spec('checking.lasting'))
  GROUP BY ALL
  HAVING count(DISTINCT regexp_extract(phrase, spec('checking.lasting'))) = 1
),

promised AS (
  SELECT
    document_id,
    form_no,
    min(level3) AS level3,
    min(value_text) AS value_text,
    TRY_CAST(min(value_min) AS DECIMAL(9, 2)) AS low,
    TRY_CAST(min(value_max) AS DECIMAL(9, 2)) AS high,
    min(unit) AS unit,
    min(line_no) AS line_no
  FROM indicators
  WHERE value_kind = 'duration' AND regexp_matches(level3, spec('checking.lasting_name')) AND NOT is_truncated
  GROUP BY ALL
  HAVING count(DISTINCT level3 || value_text) = 1
),

compared AS (
  SELECT
    p.* EXCLUDE (low, high, unit, line_no),
    s.printed,
    s.fields,
    [p.line_no, s.line_no] AS line_nos,
    p.low * days_of(p.unit) AS least_days,
    p.high * days_of(p.unit) AS most_days,
    s.length_of_time * days_of(s.unit) AS days,
    nearest_bound(days, least_days, most_days) AS bound,
    days_of(p.unit) <> days_of(s.unit) AS is_converted
  FROM promised AS p
  JOIN said AS s USING (document_id, form_no)
)

SELECT
  'form_duration' AS check_key,
  document_id,
  words || ' ' || level3 AS target,
  bound AS stated,
  days AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP { 'printed': value_text, 'fields': fields, 'said': printed } AS details,
  line_nos,
  CASE
    -- days_of gives each month thirty days
    WHEN is_converted AND abs(days - bound) <= greatest(2, bound / 24) THEN 'pass'
    WHEN
      days BETWEEN coalesce(least_days, days) AND coalesce(most_days, days)
      AND (most_days IS NOT NULL OR days < 2 * least_days)
      THEN 'pass'
  END AS status_override
FROM compared
JOIN named_forms USING (document_id, form_no)
