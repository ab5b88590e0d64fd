-- Do the parts of the cost that an overview names stay within the cost that the indicator allows?
-- One row per form with parts and a cost indicator of the whole project. Parts that make up the money of the year or
-- of the period are compared with the indicator by that.
SELECT
  'form_cost_sum' AS check_key,
  document_id,
  words || ' ' || level3 AS target,
  cost AS stated,
  amount AS computed,
  half + 50 AS tolerance,
  TRUE AS is_money,
  MAP { 'printed': value_text, 'terms': terms } AS details,
  list_prepend(line_no, lines) AS line_nos,
  CASE
    WHEN
      amount <= cost OR half + 50 >= least(abs(amount - annual_total_yuan), abs(amount - period_total_yuan))
      THEN 'pass'
  END AS status_override
FROM whole_costs
JOIN cost_sums USING (document_id, form_no)
