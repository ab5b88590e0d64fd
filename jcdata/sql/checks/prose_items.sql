-- Does the amount that the prose states of a 款 or 项 stand in a table by functions? And of a 类 that the prose calls by
-- another name than the tables, so that no cell of it is found by its words?
-- One row per amount of an item that a table prints. Of several tables the nearest counts, as the prose may be about
-- all money or a part of it; where other money is printed, the table of all only says how much a part may be at most.
WITH rows AS (
  SELECT
    b.document_id,
    b.item_code,
    b.table_key,
    b.table_no,
    b.item_name,
    b.measure,
    b.amount_yuan,
    b.line_no,
    coalesce(yuan_of(b.money_unit), 10000) * 0.005 AS cell_half,
    cell_figure(b.table_key, b.side, b.row_no, b.measure) AS cell
  FROM budget_lines AS b
  WHERE
    b.table_key IN (
      'expenditure', 'general_public_expenditure', 'fiscal_appropriation_expenditure', 'government_fund_expenditure'
    )
    AND b.measure IN ('total', 'project', 'basic') AND b.organisation IS NULL AND b.item_code <> ''
),

mixed AS (  -- documents that print money beside that of 一般公共预算
  SELECT DISTINCT document_id
  FROM figures
  WHERE
    amount <> 0
    AND (
      measure IN (
        'government_fund', 'state_capital', 'special_account', 'unit_funds', 'business_revenue', 'operating_revenue',
        'superior_subsidy', 'subordinate_remittance', 'other_revenue', 'other_funds', 'carry_over',
        'non_appropriation_surplus_used'
      )
      OR row_role IN ('own_revenue', 'carried_in')
      OR row_role = 'source' AND row_key IN ('government_fund', 'state_capital')
    )
)

SELECT
  'prose_item' AS check_key,
  c.document_id,
  c.words
  || if(c.item_code IS NULL, '', '（' || c.item_code || '）')
  || if(c.place > 1, '（第' || c.place || '处）', '') AS target,
  c.figure AS stated,
  if(round(r.amount_yuan / c.step) * c.step = c.figure, c.figure, r.amount_yuan) AS computed,
  tolerance_of_shorter(c.figure, c.step, c.half, r.amount_yuan) + r.cell_half AS tolerance,
  TRUE AS is_money,
  MAP { 'table_no': r.table_no::VARCHAR, 'item': r.item_name } AS details,
  [c.line_no, r.line_no] AS line_nos,
  claim_figure(c.claim_no) AS stated_figure,
  [r.cell] AS computed_from
FROM claim_figures AS c
JOIN rows AS r ON (r.document_id, r.item_code) = (c.document_id, c.item_code)
LEFT JOIN (
  FROM spoken_cells
  WHERE cell IS NOT NULL AND NOT is_budgeted
) AS found
  ON (found.document_id, found.passage, found.subject) = (c.document_id, c.passage, c.subject)
WHERE
  c.kind = 'amount' AND c.amount_yuan IS NOT NULL
  -- A 类 of all money may be paid by funds whose tables are not printed
  AND (length(c.item_code) > 3 OR c.passage = 'general_public' AND found.cell IS NULL)
  -- What one fund pays of an item may be less than the table of all money has, where others pay
  AND NOT (
    c.document_id IN (FROM mixed)
    AND c.passage IN ('general_public', 'basic_expenditure', 'fiscal_appropriation', 'government_fund', 'state_capital')
    AND r.table_key = 'expenditure' AND (r.measure <> 'total' OR c.figure < r.amount_yuan)
    AND abs(c.figure - r.amount_yuan) > tolerance_of_shorter(c.figure, c.step, c.half, r.amount_yuan) + r.cell_half
  )
QUALIFY
  row_number() OVER (PARTITION BY c.document_id, c.claim_no ORDER BY abs(c.figure - r.amount_yuan), r.table_no) = 1
