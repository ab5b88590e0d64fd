-- Do the overview and the other texts of a form give the same number of the same thing?
-- One row per number whose next eight characters, or seven before a comma, stand after a single number in two texts of
-- a form: 6家取得安全生产 in the overview, 15家取得安全生产 in the goal. Dates are left out. What schedule and measures
-- say may be of one step of the work.
WITH things AS (
  SELECT
    document_id,
    form_no,
    field,
    is_of_a_step,
    regexp_extract(trail, '^\p{Han}{7,8}') AS thing,
    min(figure) AS figure,
    min(line_no) AS line_no
  FROM form_numbers
  WHERE regexp_matches(trail, '^\p{Han}{7,8}') AND NOT regexp_matches(trail, spec('checking.no_quantity'))
  GROUP BY ALL
  HAVING min(figure) = max(figure)
)

SELECT
  'form_text' AS check_key,
  document_id,
  words || ' ' || thing || '…' AS target,
  goal.figure AS stated,
  overview.figure AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP { 'thing': thing, 'field': goal.field } AS details,
  [goal.line_no, overview.line_no] AS line_nos,
  if(goal.is_of_a_step, 'info', NULL) AS severity_override
FROM (
  FROM things
  WHERE field = '项目概况'
) AS overview
JOIN (
  FROM things
  WHERE field <> '项目概况'
) AS goal
  USING (document_id, form_no, thing)
JOIN named_forms USING (document_id, form_no)
QUALIFY
  row_number() OVER (
    PARTITION BY document_id, form_no, thing, goal.figure ORDER BY goal.is_of_a_step, goal.field DESC
  ) = 1
