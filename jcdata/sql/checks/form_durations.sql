-- Does a form's text say of its work that it takes as long as its indicator says?
-- One row per form with a single duration in its texts (为期5个月) and a single indicator of it. A lower bound is
-- contradicted by less, or by twice as much; months have thirty days.
WITH said AS (
  SELECT
    document_id,
    form_no,
    TRY_CAST(min(regexp_extract(phrase, spec('checking.lasting'), 1)) AS DECIMAL(24, 6)) AS length_of_time,
    min(regexp_extract(phrase, spec('checking.lasting'), 2)) AS unit,
    min(regexp_extract(phrase, spec('checking.lasting'))) AS printed,
    min(field) AS field,
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
    min(comparator) AS comparator,
    TRY_CAST(min(coalesce(value_min, value_max)) AS DECIMAL(9, 2)) AS length_of_time,
    min(unit) AS unit,
    min(line_no) AS line_no
  FROM indicators
  WHERE value_kind = 'duration' AND regexp_matches(level3, spec('checking.lasting_name')) AND NOT is_truncated
  GROUP BY ALL
  HAVING count(DISTINCT level3 || value_text) = 1
),

compared AS (
  SELECT
    p.* EXCLUDE (length_of_time, unit, line_no),
    s.printed,
    s.field,
    [p.line_no, s.line_no] AS line_nos,
    p.length_of_time * days_of(p.unit) AS bound,
    s.length_of_time * days_of(s.unit) AS days
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
  MAP { 'printed': value_text, 'field': field, 'said': printed } AS details,
  line_nos,
  CASE
    WHEN comparator IN ('>=', '>') AND days >= bound AND days < 2 * bound THEN 'pass'
    WHEN comparator IN ('<=', '<') AND days <= bound THEN 'pass'
  END AS status_override
FROM compared
JOIN named_forms USING (document_id, form_no)
