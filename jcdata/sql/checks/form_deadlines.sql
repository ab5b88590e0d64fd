-- Is the work of a form done by its schedule in the month that its goals and its indicators of time name?
-- One row per form and schedule with such a month, for the goals and, if the schedule says when all ends, for the
-- indicators. They contradict each other only where no month of the one is named in the other; an indicator is met by
-- what is done before. Work that lasts the whole year by all indicators of time is not done before its end.
WITH texts AS (
  SELECT
    document_id,
    form_no,
    part,
    part_zh,
    string_agg(phrase, '，' ORDER BY place) AS said,
    list(line_no ORDER BY regexp_matches(phrase, spec('checking.by_month')) DESC, place DESC)[1] AS line_no,
    NULL AS level3
  FROM (
    SELECT
      *,
      if(field = '实施计划', 'schedule', 'goals') AS part,
      if(field = '实施计划', field, '总体目标') AS part_zh
    FROM form_phrases
    WHERE field IN ('实施计划', '实施期目标', '年度目标')
  )
  GROUP BY ALL

  UNION ALL

  SELECT
    document_id,
    form_no,
    'indicators' AS part,
    '绩效指标' AS part_zh,
    string_agg(value_text, '，' ORDER BY line_no) AS said,
    list(line_no ORDER BY regexp_matches(value_text, spec('checking.by_month')) DESC, line_no)[1] AS line_no,
    list(level3 ORDER BY regexp_matches(value_text, spec('checking.by_month')) DESC, line_no)[1] AS level3
  FROM indicators
  WHERE value_kind = 'date'
  GROUP BY ALL
),

dated AS (
  SELECT
    *,
    list_transform(regexp_extract_all(said, spec('checking.month'), 1), LAMBDA m: m::INTEGER)
    || if(regexp_matches(said, spec('checking.year_end')), [12], []) AS months,
    list_max(
      list_transform(regexp_extract_all(said, spec('checking.by_month'), 1), LAMBDA m: m::INTEGER)
      || if(regexp_matches(said, spec('checking.year_end')), [12], [])
    ) AS by_month
  FROM texts
),

whole_year AS (
  SELECT
    document_id,
    form_no,
    min(level3) AS level3,
    min(line_no) AS line_no
  FROM indicators
  WHERE value_kind = 'date'
  GROUP BY ALL
  HAVING bool_and(regexp_matches(value_text, spec('checking.whole_year')))
),

compared AS (
  SELECT
    a.document_id,
    a.form_no,
    a.part,
    a.part_zh,
    b.part AS other_part,
    b.part_zh AS other_zh,
    b.level3,
    a.by_month,
    b.by_month AS other_month,
    [a.line_no, b.line_no] AS line_nos,
    len(list_intersect(a.months, b.months)) = 0 AND (b.part = 'goals' OR a.by_month > b.by_month) AS differs
  FROM dated AS a
  JOIN dated AS b USING (document_id, form_no)
  WHERE
    (a.part, b.part) IN (('schedule', 'goals'), ('schedule', 'indicators'))
    AND a.by_month IS NOT NULL
    AND b.by_month IS NOT NULL
    AND (b.part = 'goals' OR regexp_matches(a.said, spec('checking.ends')))

  UNION ALL

  SELECT
    s.document_id,
    s.form_no,
    s.part,
    s.part_zh,
    'indicators' AS other_part,
    '绩效指标' AS other_zh,
    y.level3,
    s.by_month,
    12 AS other_month,
    [s.line_no, y.line_no] AS line_nos,
    TRUE AS differs
  FROM dated AS s
  JOIN whole_year AS y USING (document_id, form_no)
  WHERE s.part = 'schedule' AND s.by_month < 12 AND NOT regexp_matches(s.said, spec('checking.paid_by'))
)

SELECT
  'form_deadline' AS check_key,
  document_id,
  concat_ws(' ', words, part_zh || '与' || other_zh, level3) AS target,
  by_month AS stated,
  other_month AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP { 'part': part, 'other': other_part, 'part_zh': part_zh, 'other_zh': other_zh } AS details,
  line_nos,
  if(differs, 'fail', 'pass') AS status_override
FROM compared
JOIN named_forms USING (document_id, form_no)
