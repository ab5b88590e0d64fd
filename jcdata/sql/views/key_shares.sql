-- Which shares does one ask for first: projects, procurement, project money that runs the office, staff and running?
-- Grain: document and share. Caveat: there is a row only where the document prints both amounts; `base` names the
-- whole. Staff and running have a row where they make up basic expenditure, to the rounding of 0.01 万元. The office is
-- what the items for 行政运行 are for. What is procured may be paid over years.
-- `counts` leaves out of sums over documents what another one has too.
WITH totals AS (
  SELECT
    document_id,
    CASE
      WHEN measure <> 'total' THEN measure
      WHEN table_key = 'expenditure' THEN 'expenditure'
      ELSE 'basic_general'
    END AS figure,
    max(amount_yuan) AS amount,
    arg_max(line_no, amount_yuan) AS line_no,
    table_key AS part
  FROM budget_lines
  WHERE
    is_total AND organisation IS NULL
    AND (
      table_key = 'expenditure' AND measure IN ('total', 'project')
      OR table_key = 'general_public_basic_expenditure' AND measure IN ('total', 'personnel', 'non_personnel')
    )
  GROUP BY ALL
),

office AS (
  SELECT
    document_id,
    TRY_CAST(sum(project_yuan) AS DECIMAL(18, 2)) AS project,
    TRY_CAST(sum(total_yuan) AS DECIMAL(18, 2)) AS total,
    min(line_no) AS line_no
  FROM function_by_nature
  WHERE item_level = 3 AND regexp_full_match(item_name, spec('analyses.office'))
  GROUP BY ALL
  HAVING count(*) = count(project_yuan)
),

told AS (  -- by the prose, where the table does not print it
  SELECT
    document_id,
    CASE
      WHEN passage = 'procurement' AND regexp_full_match(subject, spec('analyses.all_procurement')) THEN 'procurement'
      WHEN passage <> 'basic_expenditure' THEN NULL
      WHEN regexp_full_match(subject, spec('analyses.personnel')) THEN 'personnel'
      WHEN regexp_full_match(subject, spec('analyses.running')) THEN 'non_personnel'
      WHEN regexp_full_match(subject, spec('analyses.basic')) THEN 'basic_general'
    END AS figure,
    max(amount_yuan) AS amount,
    min(line_no) AS line_no,
    'prose' AS part
  FROM claims
  WHERE kind = 'amount' AND basis NOT IN ('prior_year', 'budget') AND NOT in_reason
  GROUP BY document_id, figure
  HAVING figure IS NOT NULL AND min(amount_yuan) = max(amount_yuan)
),

figures AS (
  FROM totals
  UNION ALL
  SELECT
    document_id,
    'office',
    total,
    line_no,
    'expenditure'
  FROM office
  UNION ALL
  SELECT
    document_id,
    'office_project',
    project,
    line_no,
    'expenditure'
  FROM office
  UNION ALL
  FROM told
  WHERE
    NOT EXISTS (
      FROM totals
      WHERE (totals.document_id, totals.figure) = (told.document_id, told.figure)
    )
),

both_parts AS (
  SELECT
    document_id,
    sum(amount) AS amount
  FROM figures
  WHERE figure IN ('personnel', 'non_personnel')
  GROUP BY document_id
  HAVING count(*) = 2
),

wanted (share_no, share_key, figure, base_figure, base) AS (
  VALUES
  (1, 'project', 'project', 'expenditure', 'expenditure'),
  (2, 'procurement', 'procurement', 'expenditure', 'expenditure'),
  (3, 'office_project', 'office_project', 'office', 'office'),
  (4, 'office_in_project', 'office_project', 'project', 'project'),
  (5, 'personnel', 'personnel', 'basic_general', 'basic'),
  (6, 'non_personnel', 'non_personnel', 'basic_general', 'basic')
)

SELECT
  this.document_id,
  fiscal_year,
  unit_name,
  document_kind,
  share_key,
  this.amount AS amount_yuan,
  base,
  whole.amount AS base_yuan,
  share_of(amount_yuan, base_yuan) AS share,
  this.line_no,
  whole.line_no AS base_line_no,
  coalesce(document_parts.counts, TRUE) AS counts
FROM wanted
JOIN figures AS this USING (figure)
JOIN figures AS whole ON whole.document_id = this.document_id AND whole.figure = base_figure
LEFT JOIN both_parts AS b ON b.document_id = this.document_id
JOIN documents ON documents.document_id = this.document_id
LEFT JOIN document_parts ON document_parts.document_id = this.document_id AND document_parts.part = this.part
WHERE base <> 'basic' OR abs(whole.amount - b.amount) <= 200
ORDER BY this.document_id, share_no
