-- Does each amount of the prose agree with the table that it speaks of?
-- One row per amount with an address, of final accounts also what they say of their budget. A blank cell is printed
-- nowhere: it agrees with a stated 0, and an empty table holds nothing else. Of blanks that the prose does not speak of
-- nothing tells what belongs in them: they are named by the finding on the blank beside them that it does speak of.
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

blanks AS (
  SELECT
    document_id,
    table_no,
    item_name,
    min(line_no) AS line_no
  FROM budget_lines
  WHERE organisation IS NULL
  GROUP BY ALL
  HAVING NOT bool_or(measure = 'budgeted')
  UNION ALL
  SELECT DISTINCT
    document_id,
    table_no,
    subject,
    NULL
  FROM spoken_cells
  WHERE cell_name IS NULL AND NOT is_budgeted
),

unspoken AS (
  SELECT
    document_id,
    table_no,
    string_agg('、' || item_name, '' ORDER BY line_no, item_name) AS blank_names,
    list(line_no) AS blank_lines
  FROM blanks
  ANTI JOIN (
    SELECT
      document_id,
      table_no,
      coalesce(cell_name, subject) AS item_name
    FROM spoken_cells
    WHERE is_budgeted
  ) AS spoken USING (document_id, table_no, item_name)
  GROUP BY ALL
),

compared AS (
  SELECT
    *,
    is_budgeted AND cell IS NULL AS is_blank,
    coalesce(cell_name, subject) || coalesce(blank_names, '') AS all_blank,
    CASE
      WHEN printed IS NOT NULL THEN printed
      WHEN status = 'declared_empty' OR (status = 'found' AND figure = 0) THEN 0
    END AS held
  FROM stated JOIN spoken_cells USING (document_id, passage, subject, is_budgeted)
  LEFT JOIN unspoken USING (document_id, table_no)
  WHERE kind = 'amount' AND amount_yuan IS NOT NULL
)

SELECT
  'prose_cell' AS check_key,
  document_id,
  words || if(place > 1, '（第' || place || '处）', '') AS target,
  figure AS stated,
  if(round(held / step) * step = figure, figure, held) AS computed,  -- 元 rightly rounded to 万元 is equal
  tolerance_of_shorter(figure, step, half, held) + cell_half AS tolerance,
  TRUE AS is_money,
  MAP {
    'table_no': table_no::VARCHAR,
    'item': if(is_blank, all_blank || ', blank', coalesce(cell_name, 'nothing printed')),
    'item_zh': if(is_blank, '（' || all_blank || '，空白）', '“' || coalesce(cell_name, '空表') || '”')
  } AS details,
  [line_no, cell_line] || if(is_blank, coalesce(blank_lines, []), []) AS line_nos,
  if(
    held > figure + half + cell_half AND held - figure <= carried + half + cell_half, 'missing', NULL
  ) AS status_override,
  claim_figure(claim_no) AS stated_figure,
  [cell] AS computed_from
FROM compared
