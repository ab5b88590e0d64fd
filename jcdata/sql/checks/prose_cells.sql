-- Does each amount of the prose agree with the table that it speaks of?
-- One row per amount with an address. A blank cell is printed nowhere: it agrees with a stated 0, and an empty table
-- holds nothing else.
WITH compared AS (
  SELECT
    *,
    CASE
      WHEN printed IS NOT NULL THEN printed
      WHEN status = 'declared_empty' OR (status = 'found' AND figure = 0) THEN 0
    END AS cell
  FROM claim_figures JOIN spoken_cells USING (document_id, passage, subject)
  WHERE kind = 'amount' AND amount_yuan IS NOT NULL
)

SELECT
  'prose_cell' AS check_key,
  document_id,
  words || if(place > 1, '（第' || place || '处）', '') AS target,
  figure AS stated,
  if(round(cell / step) * step = figure, figure, cell) AS computed,  -- 元 rightly rounded to 万元 is equal
  half + cell_half AS tolerance,
  TRUE AS is_money,
  MAP {
    'table_no': table_no::VARCHAR, 'item': coalesce(cell_name, 'nothing printed'),
    'item_zh': coalesce(cell_name, '空表')
  } AS details,
  [line_no, cell_line] AS line_nos
FROM compared
