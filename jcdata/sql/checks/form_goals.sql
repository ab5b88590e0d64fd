-- Do the texts of a form give the numbers that its indicators give?
-- One row per counted indicator and number, where the indicator's name, or at least its last four characters, stands in
-- a text of the form directly before a number of the same unit: 防汛抗旱业务骨干150人, 防汛抗旱业务骨干人数 100人.
-- A bound (≥, ≤) or range is contradicted only by a number beyond it. Schedule and measures may speak of one step of
-- the work.
WITH counted AS (
  SELECT
    *,
    TRY_CAST(value_min AS DECIMAL(24, 6)) AS low,
    TRY_CAST(value_max AS DECIMAL(24, 6)) AS high,
    counted_name(level3) AS stem
  FROM indicators
  WHERE value_kind = 'quantity' AND NOT is_truncated AND regexp_full_match(unit, '\p{Han}+')
),

found AS (
  SELECT
    c.*,
    n.field,
    n.is_of_a_step,
    n.place,
    n.figure,
    n.line_no AS said_on,
    len(list_filter(range(4, length(stem) + 1), LAMBDA n: right(lead, n) = right(stem, n))) AS likeness
  FROM counted AS c
  JOIN form_numbers AS n ON (n.document_id, n.form_no, right(n.lead, 4)) = (c.document_id, c.form_no, right(c.stem, 4))
  WHERE
    length(stem) >= 4
    AND starts_with(trail, unit)
    AND NOT regexp_matches(substr(trail, length(unit) + 1), spec('checking.other_unit'))
),

likest AS (
  FROM found
  QUALIFY
    likeness = max(likeness) OVER (PARTITION BY document_id, form_no, horizon, indicator_no, field)
    AND likeness = max(likeness) OVER (PARTITION BY document_id, form_no, horizon, field, place)
),

certain AS (
  FROM likest QUALIFY count(DISTINCT figure) OVER (PARTITION BY document_id, form_no, horizon, indicator_no, field) = 1
),

compared AS (
  SELECT
    document_id,
    form_no,
    level3,
    any_value(value_text) AS printed,
    low,
    high,
    figure,
    string_agg(DISTINCT field, '、' ORDER BY field) AS fields,
    min(line_no) AS line_no,
    min(said_on) AS said_on,
    bool_and(is_of_a_step) AS is_of_a_step
  FROM certain
  GROUP BY ALL
)

SELECT
  'form_goal' AS check_key,
  document_id,
  words || ' ' || level3 AS target,
  nearest_bound(figure, low, high) AS stated,
  figure AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP { 'printed': printed, 'fields': fields } AS details,
  [line_no, said_on] AS line_nos,
  if(figure BETWEEN coalesce(low, figure) AND coalesce(high, figure), 'pass', NULL) AS status_override,
  if(is_of_a_step, 'info', NULL) AS severity_override
FROM compared
JOIN named_forms USING (document_id, form_no)
WHERE low IS NOT NULL OR high IS NOT NULL
