-- The cost indicators in money that speak of a whole project: by its name (项目总金额, 总成本), or as the only one in its
-- half, and not of one thing (每…, 单…, 元/人). Grain: form and such an indicator, the same in both halves once.
-- Columns: those of `indicators`, `cost` in yuan, `words`, `annual_total_yuan` and `period_total_yuan` of the form.
WITH costs AS (
  SELECT
    i.*,
    TRY_CAST(coalesce(value_max, value_min) * yuan_of(split_part(unit, '/', 1)) AS DECIMAL(24, 6)) AS cost,
    regexp_matches(level3, spec('checking.whole_cost'))
    OR count(*) OVER (PARTITION BY document_id, form_no, horizon) = 1 AS is_whole
  FROM indicators AS i
  WHERE level2 = spec('checking.cost') AND value_kind = 'money'
)

SELECT
  c.* EXCLUDE (is_whole),
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
