-- What the checks found, with status, severity and message. Grain: document, check and target; a check that found
-- nothing to compare in a document has one row with target ''. A missing operand is never a pass. Most results are
-- passes: they say in words what agrees, not how it was computed. What does not agree on a line that was recognised in
-- a picture and not confirmed by sums is missing: the document may print something else. So is what does not agree in a
-- table where something among its rows, or between it and the next table, could not be read: it may be a part of it.
-- finding_id is made of document, check and target alone; results of one target are numbered in the order of their
-- lines, so that it stays when lines move. A failure is the consequence of another one where that accuses, as the one
-- figure that it is about, a figure from which this one's computed figure is made. Of several causes the nearest to a
-- failure that follows from nothing counts, then the one with most money; those that only follow from each other
-- have none.
WITH RECURSIVE unsure AS (
  SELECT
    document_id,
    list(line_no) AS unsure_lines
  FROM source_lines
  WHERE read_by = 'ocr'
  GROUP BY ALL
),

tables AS (
  SELECT
    document_id,
    min(line_no) AS first_line,
    list(DISTINCT line_no) AS lines
  FROM budget_lines
  GROUP BY document_id, printed_table_no
  UNION ALL
  SELECT  -- another title ends a table, whether or not what it names could be read
    document_id,
    first_line,
    NULL
  FROM printed_tables
  WHERE title <> ''
  QUALIFY title IS DISTINCT FROM lag(title) OVER (PARTITION BY document_id ORDER BY first_line)
),

followed AS (
  SELECT
    *,
    coalesce(
      lead(first_line) OVER (PARTITION BY document_id ORDER BY first_line, lines IS NOT NULL), 2147483647
    ) AS next_line
  FROM tables
),

incomplete AS (
  SELECT
    document_id,
    flatten(list(DISTINCT lines)) AS incomplete_lines
  FROM followed JOIN unrecognised_lines USING (document_id)
  WHERE lines IS NOT NULL AND section = part_zh('table') AND line_no >= first_line AND line_no < next_line
  GROUP BY ALL
),

numbered AS (
  SELECT
    *,
    row_number()
      OVER (
        PARTITION BY document_id, check_key, target ORDER BY list_sort(line_nos), stated, computed, details::VARCHAR
      )
      AS place
  FROM check_rows
),

compared AS (
  SELECT
    document_id,
    check_key,
    if(place = 1, target, target || '（' || place || '）') AS target,
    stated,
    computed,
    stated - computed AS difference,
    tolerance,
    is_money,
    details,
    line_nos,
    stated_figure,
    computed_from,
    severity_override,
    CASE
      WHEN status_override IS NOT NULL THEN status_override
      WHEN stated IS NULL OR computed IS NULL THEN 'missing'
      WHEN stated = computed THEN 'pass'
      WHEN abs(stated - computed) <= tolerance THEN 'rounding'
      ELSE 'fail'
    END AS status_of_print,
    status_of_print IN ('fail', 'rounding') AS disagrees,
    disagrees AND list_has_any(line_nos, coalesce(unsure_lines, [])) AS is_unsure,
    disagrees AND list_has_any(line_nos, coalesce(incomplete_lines, [])) AS is_incomplete,
    if(is_unsure OR is_incomplete, 'missing', status_of_print) AS status
  FROM numbered LEFT JOIN unsure USING (document_id) LEFT JOIN incomplete USING (document_id)
),

grid AS (
  FROM compared
  UNION ALL BY NAME
  SELECT
    document_id,
    key AS check_key,
    '' AS target,
    'not_applicable' AS status,
    [] AS line_nos
  FROM documents CROSS JOIN check_declarations AS declared
  ANTI JOIN check_rows ON check_rows.document_id = documents.document_id AND check_rows.check_key = declared.key
),

identified AS (
  SELECT
    *,
    left(sha256(concat_ws(chr(31), document_id, check_key, target)), 12) AS finding_id,
    if(status IN ('fail', 'rounding') AND is_money, abs(coalesce(difference, stated, computed)), NULL) AS at_stake
  FROM grid
),

accusations AS (
  SELECT
    operand.finding_id,
    cause.finding_id AS cause_id,
    cause.at_stake
  FROM (
    SELECT
      document_id,
      finding_id,
      unnest(list_distinct(computed_from)) AS figure
    FROM identified
    WHERE status = 'fail'
  ) AS operand
  JOIN identified AS cause ON (cause.document_id, cause.stated_figure) = (operand.document_id, operand.figure)
  WHERE cause.status = 'fail' AND cause.finding_id <> operand.finding_id
),

-- How many steps a failure is from one that follows from nothing; more than nine make no sense to a reader
steps AS (
  SELECT
    cause_id AS finding_id,
    0 AS step
  FROM accusations
  ANTI JOIN accusations AS own ON own.finding_id = accusations.cause_id
  UNION
  SELECT
    accusations.finding_id,
    step + 1 AS step
  FROM steps JOIN accusations ON accusations.cause_id = steps.finding_id
  WHERE step < 9
),

nearest AS (
  SELECT
    finding_id,
    min(step) AS step
  FROM steps
  GROUP BY ALL
),

causes AS (
  SELECT
    accusations.finding_id,
    arg_min(cause_id, (-coalesce(at_stake, 0), cause_id)) AS consequence_of
  FROM accusations
  JOIN nearest AS own ON own.finding_id = accusations.finding_id
  JOIN nearest AS before ON before.finding_id = accusations.cause_id AND before.step = own.step - 1
  GROUP BY ALL
),

worded AS (
  SELECT
    identified.*,
    consequence_of,
    coalesce(severity_override, declared.severity) AS weight,
    CASE status
      WHEN 'not_applicable' THEN 'nothing to compare in this document'
      WHEN 'missing'
        THEN
          CASE
            WHEN is_unsure THEN '{target}: recognised in a picture'
            WHEN is_incomplete THEN '{target}: figures in the table or below it are not understood'
            ELSE '{target}: can''t be compared'
          END
          || CASE
            WHEN details['reason'] IS NOT NULL THEN ', {reason}'
            WHEN coalesce(stated, computed) IS NULL THEN ', no figures to compare'
            WHEN stated IS NULL THEN ', no stated figure, computed {computed}'
            WHEN computed IS NULL THEN ', stated {stated}, no figure to compare it with'
            ELSE ', stated {stated}, computed {computed}'
          END
      ELSE declared.message
    END AS template,
    CASE status
      WHEN 'not_applicable' THEN '本文件没有可核对的数字'
      WHEN 'missing'
        THEN
          CASE
            WHEN is_unsure THEN '{target}：由图片识别，请核对原件'
            WHEN is_incomplete THEN '{target}：表中或其下有数字未能识别'
            ELSE '{target}：无法核对'
          END
          || CASE
            WHEN details['reason'] IS NOT NULL THEN '，{reason_zh}'
            WHEN coalesce(stated, computed) IS NULL THEN '，没有可供核对的数字'
            WHEN stated IS NULL THEN '，没有所列数，推算 {computed}'
            WHEN computed IS NULL THEN '，列示 {stated}，没有可供核对的数字'
            ELSE '，列示 {stated}，推算 {computed}'
          END
      ELSE declared.message_zh
    END AS template_zh
  FROM identified
  LEFT JOIN check_declarations AS declared ON declared.key = identified.check_key
  LEFT JOIN causes USING (finding_id)
)

SELECT
  document_id,
  check_key,
  target,
  finding_id,
  status,
  if(status = 'fail', weight, 'info') AS severity,
  stated,
  computed,
  difference,
  tolerance,
  if(
    status = 'pass', concat_ws(': ', target, in_words(stated, is_money)) || ', agrees',
    filled(
      template,
      target,
      list_transform([stated, computed, difference], LAMBDA f: coalesce(in_words(f, is_money), 'not printed')),
      details
    )
  ) AS message,
  if(
    status = 'pass', concat_ws('：', target, in_words(stated, is_money)) || '，相符',
    filled(
      template_zh,
      target,
      list_transform([stated, computed, difference], LAMBDA f: coalesce(in_words(f, is_money), '未列')),
      details
    )
  ) AS message_zh,
  list_sort(list_distinct(list_filter(line_nos, LAMBDA n: n IS NOT NULL))) AS line_nos,
  TRY_CAST(at_stake AS DECIMAL(18, 2)) AS at_stake_yuan,
  consequence_of
FROM worded
