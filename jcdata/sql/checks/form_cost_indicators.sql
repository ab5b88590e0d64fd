-- Can a project be carried out within the cost that its own indicator allows?
-- One row per cost indicator that speaks of the whole project. Less than the money of the year contradicts it; more is
-- a ceiling that binds nothing, in the half of the period up to the money of the period.
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
FROM whole_costs
