-- Does each amount of the prose agree with the table that it speaks of?
-- One row per amount with an address, of final accounts also what they say of their budget. A blank cell is printed
-- nowhere: it agrees with a stated 0, and an empty table holds nothing else.
WITH stated AS (
  SELECT
    * EXCLUDE (basis),
    FALSE AS is_budgeted
  FROM claim_figures
  UNION ALL BY NAME
  SELECT
    * EXCLUDE (basis),
    amount_yuan AS figure,
    if(value = 0, 0, step / 2) AS half,
    '情况说明（' || passage_zh(passage) || '）' || subject || '年初预算' AS words,
    row_number() OVER (PARTITION BY document_id, passage, subject ORDER BY claim_no) AS place,
    TRUE AS is_budgeted
  FROM claims
  WHERE basis = 'budget' AND kind = 'amount' AND NOT in_reason
),

compared AS (
  SELECT
    *,
    CASE
      WHEN printed IS NOT NULL THEN printed
      WHEN status = 'declared_empty' OR (status = 'found' AND figure = 0) THEN 0
    END AS held
  FROM stated JOIN spoken_cells USING (document_id, passage, subject, is_budgeted)
  WHERE kind = 'amount' AND amount_yuan IS NOT NULL
)

SELECT
  'prose_cell' AS check_key,
  document_id,
  words || if(place > 1, '（第' || place || '处）', '') AS target,
  figure AS stated,
  if(round(held / step) * step = figure, figure, held) AS computed,  -- 元 rightly rounded to 万元 is equal
  half + cell_half AS tolerance,
  TRUE AS is_money,
  MAP {
    'table_no': table_no::VARCHAR, 'item': coalesce(cell_name, 'nothing printed'),
    'item_zh': coalesce(cell_name, '空表')
  } AS details,
  [line_no, cell_line] AS line_nos,
  claim_figure(claim_no) AS stated_figure,
  [cell] AS computed_from
FROM compared
