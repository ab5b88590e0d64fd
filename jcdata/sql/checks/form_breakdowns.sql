-- Do the amounts that an overview names for a sum add up to that sum, and the shares of a price to the price?
-- One row per amount that is broken down. Parts that are only some of all (主要包括, 等) may come to less. Budgets are
-- exact to 0.01 万元, prices below 1 万元 to the fen.
SELECT
  if(amount_yuan < 10000, 'form_price_shares', 'form_breakdown') AS check_key,
  document_id,
  words || ' 项目概况 ' || label AS target,
  amount_yuan AS stated,
  parts_yuan AS computed,
  if(amount_yuan < 10000, 0, 50 * (1 + len(string_split(parts_text, '+')))) AS tolerance,
  amount_yuan >= 10000 AS is_money,
  MAP { 'label': label, 'terms': parts_text } AS details,
  [line_no] AS line_nos,
  if(is_open AND parts_yuan < amount_yuan, 'pass', NULL) AS status_override
FROM cost_breakdowns
JOIN named_forms USING (document_id, form_no)
