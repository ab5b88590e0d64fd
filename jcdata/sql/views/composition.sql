-- What is the money made of? By source, by kind of expenditure, by functional class, economic item of the department
-- and of the government, project, 三公 item and kind of procurement, each share beside the one that the prose states.
-- `base` names what a share is one of: the sum of the level, or the total that the table prints if more than rounding
-- parts them, as where a part could not be read.
-- Grain: document, dimension and item; `item_level` tells a class from its parts, so add up one level at a time.
-- Caveat: functional shares are those of the general public budget, as the prose states them, without money carried
-- over where the title of the table says so; a stated share agrees if it is that of the amounts, as far as they are
-- printed, rounded or cut at its last place.
-- `counts` leaves out of sums over documents what another one has too.
WITH wanted (dimension, table_key, side, measure, is_total) AS (
  VALUES
  ('revenue_source', 'overall_balance', 'revenue', 'total', FALSE),
  ('expenditure_type', 'expenditure', '', 'basic', TRUE),
  ('expenditure_type', 'expenditure', '', 'project', TRUE),
  ('expenditure_type', 'expenditure', '', 'contingency_reserve', TRUE),
  ('expenditure_type', 'expenditure', '', 'remittance_to_superior', TRUE),
  ('expenditure_type', 'expenditure', '', 'institution_operating', TRUE),
  ('expenditure_type', 'expenditure', '', 'subsidy_to_subordinates', TRUE),
  ('function', 'general_public_expenditure', '', 'total', FALSE),
  ('economic', 'general_public_basic_expenditure', '', 'total', FALSE),
  ('three_public', 'three_public_expenses', '', 'total', FALSE)
),

parents AS (
  SELECT
    document_id,
    table_key,
    item_code AS parent_code,
    any_value(item_name) AS parent_name
  FROM budget_lines
  WHERE item_code <> '' AND organisation IS NULL
  GROUP BY ALL
  HAVING min(item_name) = max(item_name)
),

governmental AS (
  SELECT
    document_id,
    row_no,
    governmental_item,
    'economic' AS dimension
  FROM economic_crosswalk
),

of_tables AS (
  SELECT
    lines.document_id,
    dimension,
    CASE dimension
      WHEN 'function' THEN item_level
      WHEN 'economic' THEN CASE WHEN governmental_item IS NOT NULL OR item_level = 2 THEN 2 ELSE 1 END
    END AS item_level,
    CASE WHEN dimension IN ('function', 'economic') THEN item_code ELSE '' END AS item_code,
    CASE measure
      WHEN 'basic' THEN '基本支出'
      WHEN 'project' THEN '项目支出'
      WHEN 'contingency_reserve' THEN '单位预留机动经费'
      WHEN 'remittance_to_superior' THEN '上缴上级支出'
      WHEN 'institution_operating' THEN '事业单位经营支出'
      WHEN 'subsidy_to_subordinates' THEN '对附属单位补助支出'
      ELSE item_name
    END AS item_name,
    CASE
      WHEN dimension NOT IN ('function', 'economic') THEN NULL
      WHEN parents.parent_name IS NOT NULL THEN parents.parent_name
      -- Where no codes are printed, the sum stands above its items
      WHEN governmental_item IS NOT NULL
        THEN
          last_value(
            CASE WHEN governmental_item IS NULL AND coalesce(item_level, 1) = 1 THEN item_name END IGNORE NULLS
          ) OVER (PARTITION BY lines.document_id, dimension ORDER BY lines.row_no)
    END AS parent_name,
    amount_yuan,
    lines.line_no,
    lines.table_key AS part
  FROM budget_lines AS lines
  JOIN wanted USING (table_key, side, measure, is_total)
  LEFT JOIN governmental USING (document_id, row_no, dimension)
  LEFT JOIN parents
    ON
      parents.document_id = lines.document_id
      AND parents.table_key = lines.table_key
      AND parent_code = left(lines.item_code, -2)
  WHERE organisation IS NULL AND (measure IN ('total', 'basic', 'project') OR amount_yuan <> 0)
  WINDOW of_document AS (PARTITION BY lines.document_id, dimension)
  QUALIFY CASE dimension
    -- 财政拨款 is the sum of the funds, where they are printed below it
    WHEN 'revenue_source'
      THEN
        NOT (
          regexp_full_match(lines.item_name, spec('analyses.sum_of_funds'))
          AND bool_or(regexp_full_match(lines.item_name, spec('analyses.fund'))) OVER of_document
        )
    WHEN 'three_public'
      THEN
        NOT (
          regexp_full_match(lines.item_name, spec('analyses.beside_three_public'))
          OR regexp_full_match(lines.item_name, spec('analyses.vehicles'))
          AND bool_or(regexp_full_match(lines.item_name, spec('analyses.vehicle_part'))) OVER of_document
        )
    ELSE TRUE
  END
),

parts AS (
  FROM of_tables
  UNION ALL
  SELECT
    document_id,
    'governmental_economic',
    NULL,
    '',
    governmental_item,
    NULL,
    TRY_CAST(sum(amount_yuan) AS DECIMAL(18, 2)),
    CASE WHEN count(*) = 1 THEN min(lines.line_no) END,
    any_value(table_key)
  FROM economic_crosswalk
  JOIN budget_lines AS lines USING (document_id, row_no)
  WHERE
    table_key = 'general_public_basic_expenditure' AND measure = 'total' AND NOT is_total AND organisation IS NULL
    AND coalesce(item_level, 2) = 2
  GROUP BY document_id, governmental_item
  UNION ALL
  SELECT
    document_id,
    'project',
    NULL,
    '',
    project_name,
    NULL,
    amount_yuan,
    line_no,
    funding || '_projects'
  FROM projects
  UNION ALL
  SELECT
    document_id,
    'procurement',
    NULL,
    '',
    regexp_extract(subject, spec('analyses.procurement')),
    NULL,
    amount_yuan,
    line_no,
    'prose'
  FROM claims
  WHERE
    passage = 'procurement'
    AND kind = 'amount'
    AND NOT in_reason
    AND regexp_matches(subject, spec('analyses.procurement'))
),

titles AS (
  SELECT
    document_id,
    table_key AS part,
    title AS table_title
  FROM table_occurrences
),

named AS (  -- the names under which the prose speaks of an item
  SELECT
    documents.* EXCLUDE (counts),
    parts.* EXCLUDE (document_id),
    coalesce(document_parts.counts, TRUE) AS counts,
    regexp_replace(item_name, spec('analyses.item_ending'), '') AS name,
    CASE dimension
      WHEN 'revenue_source' THEN 'revenue'
      WHEN 'expenditure_type' THEN 'expenditure'
      WHEN 'function' THEN 'general_public'
    END AS passage,
    CASE dimension
      WHEN 'revenue_source' THEN 'revenue'
      WHEN 'expenditure_type' THEN 'expenditure'
      WHEN 'function'
        THEN
          CASE
            WHEN
              regexp_matches(coalesce(table_title, ''), spec('analyses.without_carry_over'))
              THEN 'current_general_public'
            ELSE 'general_public'
          END
      WHEN 'economic' THEN 'basic'
      WHEN 'governmental_economic' THEN 'basic'
      ELSE dimension
    END AS base
  FROM documents
  JOIN parts USING (document_id)
  LEFT JOIN titles USING (document_id, part)
  LEFT JOIN document_parts USING (document_id, part)
),

stated AS (
  SELECT
    document_id,
    passage,
    regexp_replace(subject, spec('analyses.subject_ending'), '') AS name,
    arg_min(value, claim_no) FILTER (kind = 'share') AS percent,
    arg_min(step, claim_no) FILTER (kind = 'share') AS step,
    arg_min(line_no, claim_no) FILTER (kind = 'share') AS stated_line_no,
    coalesce(max(step) FILTER (kind = 'amount'), 0) / 2 AS half
  FROM claims
  WHERE kind IN ('share', 'amount') AND NOT in_reason
  GROUP BY ALL
  HAVING percent IS NOT NULL
),

wholes AS (  -- what a table prints as its total, and whether a total stands in a column that is not understood
  SELECT
    document_id,
    dimension,
    max(amount_yuan) FILTER (
      lines.measure = 'total' AND regexp_full_match(item_name, spec('analyses.table_total'))
    ) AS whole_yuan,
    bool_or(lines.measure = 'other') AS has_unknown
  FROM budget_lines AS lines
  JOIN wanted USING (table_key, side)
  WHERE lines.is_total AND organisation IS NULL AND dimension <> 'three_public'
  GROUP BY ALL
),

summed AS (
  SELECT
    named.*,
    whole_yuan,
    sum(amount_yuan) OVER whole_level AS sum_yuan,
    50 * (1 + count(*) OVER whole_level) AS rounding_yuan,
    sum(amount_yuan) OVER largest AS cumulative_yuan
  FROM named LEFT JOIN wholes USING (document_id, dimension)
  WHERE whole_yuan IS NOT NULL OR NOT coalesce(has_unknown, FALSE)
  WINDOW
    whole_level AS (PARTITION BY document_id, dimension, item_level),
    largest AS (PARTITION BY document_id, dimension, item_level ORDER BY amount_yuan DESC, line_no)
),

based AS (
  SELECT
    *,
    CASE WHEN abs(whole_yuan - sum_yuan) > rounding_yuan THEN whole_yuan ELSE sum_yuan END AS base_yuan
  FROM summed
)

SELECT
  document_id,
  fiscal_year,
  unit_name,
  document_kind,
  dimension,
  item_level,
  item_code,
  item_name,
  parent_name,
  amount_yuan,
  base,
  TRY_CAST(base_yuan AS DECIMAL(18, 2)) AS base_yuan,
  share_of(amount_yuan, base_yuan) AS share,
  share_of(cumulative_yuan, base_yuan) AS cumulative_share,
  (percent / 100)::DOUBLE AS stated_share,
  rate_agrees(percent, step, 100 * share, 100 * rate_doubt(amount_yuan, half, base_yuan, half)) AS agrees,
  line_no,
  stated_line_no,
  counts
FROM based LEFT JOIN stated USING (document_id, passage, name)
ORDER BY document_id, dimension, item_level, amount_yuan DESC, line_no, item_name
