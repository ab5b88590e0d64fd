-- Can a project be carried out within the cost that its own indicator allows?
-- One row per cost indicator in money that speaks of the whole project: by its name (项目总金额, 总成本), or as the only one
-- in its half, and not of one thing (每…, 单…, 元/人). Less than the money of the year contradicts it; more is a ceiling
-- that binds nothing, in the half of the period up to the money of the period.
WITH costs AS (
  SELECT
    i.*,
    TRY_CAST(coalesce(value_max, value_min) * yuan_of(split_part(unit, '/', 1)) AS DECIMAL(24, 6)) AS cost,
    regexp_matches(level3, spec('checking.whole_cost'))
    OR count(*) OVER (PARTITION BY document_id, form_no, horizon) = 1 AS is_whole
  FROM indicators AS i
  WHERE level2 = spec('checking.cost') AND value_kind = 'money'
),

whole AS (
  SELECT
    c.*,
    f.words,
    f.annual_total_yuan,
    f.period_total_yuan
  FROM costs AS c
  JOIN named_forms AS f USING (document_id, form_no)
  WHERE
    is_whole AND cost > 0 AND regexp_full_match(unit, spec('checking.cost_unit'))
    AND regexp_matches(level3, spec('checking.cost_name'))
    AND NOT regexp_matches(level3, spec('checking.part_of_cost'))
  QUALIFY row_number() OVER (PARTITION BY document_id, form_no, level3, cost ORDER BY horizon) = 1
)

SELECT
  if(cost < annual_total_yuan, 'form_cost_below', 'form_cost_above') AS check_key,
  document_id,
  words || ' ' || if(horizon = 'period', '实施期', '年度') || '指标 ' || level3 AS target,
  cost AS stated,
  if(horizon = 'period' AND cost BETWEEN annual_total_yuan AND period_total_yuan, cost, annual_total_yuan) AS computed,
  50 AS tolerance,
  TRUE AS is_money,
  MAP { 'printed': value_text } AS details,
  [line_no] AS line_nos
FROM whole
