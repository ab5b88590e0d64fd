-- Which figures of budgets and final accounts can be put side by side?
-- Grain: document and figure, those of `key_figures`. Caveat: the total of final accounts has what is left at the end
-- of the year in it, so that their expenditure is 本年支出合计, which their table of expenditure prints; where that is
-- missing, or stands there with two amounts, they have none.
-- `counts` leaves out of sums over documents what another one has too.
SELECT key_figures.*
FROM key_figures
JOIN documents USING (document_id)
WHERE figure <> 'expenditure' OR document_kind = 'budget'
UNION ALL
SELECT
  document_id,
  d.fiscal_year,
  d.unit_name,
  'expenditure',
  any_value(amount_yuan),
  table_key,
  min(line_no),
  coalesce(bool_or(parts.counts), TRUE)
FROM budget_lines AS lines
JOIN documents AS d USING (document_id)
LEFT JOIN document_parts AS parts ON (parts.document_id, part) = (lines.document_id, table_key)
WHERE
  document_kind = 'final_accounts' AND table_key = 'expenditure' AND measure = 'total' AND is_total
  AND organisation IS NULL
GROUP BY ALL
HAVING min(amount_yuan) = max(amount_yuan)
ORDER BY document_id, figure
