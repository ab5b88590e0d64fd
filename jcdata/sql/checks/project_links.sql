-- Does a project have the name and the amount of its performance form? One row per link and check.
WITH linked AS (
  SELECT
    p.*,
    f.project_name AS form_name,
    f.annual_total_yuan,
    coalesce(a.line_no, f.first_line) AS form_line
  FROM projects AS p
  JOIN performance_forms AS f USING (document_id, form_no)
  LEFT JOIN form_figures AS a
    ON (a.document_id, a.form_no, a.horizon, a.source) = (f.document_id, f.form_no, 'annual', 'total')
)

SELECT
  'project_name_differs' AS check_key,
  document_id,
  '项目 ' || project_name AS target,
  NULL AS stated,
  NULL AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP { 'project': project_name, 'form': form_name, 'similarity': format('{:.2f}', name_similarity) } AS details,
  [line_no, form_line] AS line_nos,
  if(name_similarity < 1, 'fail', 'pass') AS status_override
FROM linked
UNION ALL
SELECT
  'project_form_amount',
  document_id,
  '项目 ' || project_name,
  annual_total_yuan,
  amount_yuan,
  0,
  TRUE,
  MAP { 'form': form_name },
  [line_no, form_line],
  NULL
FROM linked
