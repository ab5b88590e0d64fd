-- Does a form still plan what it says is done?
-- One row per thing that the overview calls done (除雪演练（已完成）) and a schedule that lets something be done, and per
-- indicator that is already met (已验收) with an overview that plans the same.
WITH done AS (
  SELECT
    document_id,
    form_no,
    line_no,
    regexp_extract(phrase, spec('checking.is_done'), 1) AS thing,
    regexp_extract(phrase, spec('checking.is_done')) AS said
  FROM form_phrases
  WHERE field = '项目概况' AND regexp_matches(phrase, spec('checking.is_done'))
),

planned AS (
  SELECT
    document_id,
    form_no,
    line_no,
    unnest(regexp_extract_all(phrase, spec('checking.to_be_done'), 1)) AS thing
  FROM form_phrases
  WHERE field = '实施计划'
),

compared AS (
  SELECT
    d.document_id,
    d.form_no,
    d.said,
    p.thing AS plan,
    d.line_no,
    p.line_no AS plan_line,
    d.thing = p.thing OR leaves_out(p.thing, d.thing) AS differs
  FROM done AS d
  JOIN planned AS p USING (document_id, form_no)

  UNION ALL

  SELECT
    i.document_id,
    i.form_no,
    level3 || ' ' || value_text AS said,
    phrase AS plan,
    i.line_no,
    p.line_no AS plan_line,
    TRUE AS differs
  FROM indicators AS i
  JOIN form_phrases AS p USING (document_id, form_no)
  WHERE
    horizon = 'annual' AND regexp_matches(value_text, spec('checking.done_already')) AND p.field = '项目概况'
    AND contains(phrase, spec('checking.still') || regexp_extract(value_text, spec('checking.done_already'), 1))
)

SELECT
  'form_done' AS check_key,
  document_id,
  words || ' ' || plan AS target,
  NULL AS stated,
  NULL AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP { 'said': said, 'plan': plan } AS details,
  [line_no, plan_line] AS line_nos,
  if(differs, 'fail', 'pass') AS status_override
FROM compared
JOIN named_forms USING (document_id, form_no)
