-- Does each project of this year have its performance form, and each form its project? One row per project or form.
-- Projects are asked for a form only where a document prints forms or says in its passage on performance that its
-- projects have them; forms for a project only where the budget names any.
-- Forms of a whole department, of transfers and self-evaluations are none of a budget's projects.
WITH speaking AS (
  SELECT document_id
  FROM performance_forms
  WHERE form_kind = 'project_goals'
  UNION
  SELECT document_id
  FROM claims
  SEMI JOIN claim_operands USING (subject, kind)
  WHERE passage = 'performance' AND kind = 'count' AND value > 0
)

SELECT
  'project_without_form' AS check_key,
  document_id,
  '项目 ' || project_name AS target,
  amount_yuan AS stated,
  NULL AS computed,
  0 AS tolerance,
  TRUE AS is_money,
  MAP {
    'verdict': if(
      form_no IS NULL, 'the document prints no performance form for it', 'it has performance form ' || form_no
    ),
    'verdict_zh': if(form_no IS NULL, '文件中没有该项目的绩效目标表', '对应绩效目标表' || form_no)
  } AS details,
  [line_no] AS line_nos,
  if(form_no IS NULL, 'fail', 'pass') AS status_override
FROM projects
SEMI JOIN speaking USING (document_id)
WHERE funding = 'current_year'
UNION ALL
SELECT
  'form_without_project',
  f.document_id,
  f.words,
  f.annual_total_yuan,
  NULL,
  0,
  TRUE,
  MAP {
    'verdict': if(p.form_no IS NULL, 'the budget names no such project', 'it is project ' || p.project_no),
    'verdict_zh': if(p.form_no IS NULL, '项目支出预算表中没有对应项目', '对应第' || p.project_no || '个项目')
  },
  [f.first_line],
  if(p.form_no IS NULL, 'fail', 'pass')
FROM named_forms AS f
LEFT JOIN projects AS p USING (document_id, form_no)
WHERE
  f.form_kind = 'project_goals'
  AND EXISTS (
    FROM projects AS any_project
    WHERE any_project.document_id = f.document_id
  )
