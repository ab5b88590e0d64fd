-- Does each amount of the prose agree with the table that it speaks of?
-- One row per amount with an address in specs/claim_identities.toml. Of several addresses the first that is printed
-- counts. A blank cell is printed nowhere: it agrees with a stated 0, and an empty table holds nothing else. A table of
-- which some line could not be read proves nothing.
WITH addressed AS (
  SELECT
    c.*,
    a.* EXCLUDE (passage, subject)
  FROM claim_figures AS c
  JOIN claim_cells AS a
    ON
      a.passage = c.passage
      AND (a.subject = c.subject OR (
        a.subject[1] = '*' AND ends_with(c.subject, a.subject[2:])
        AND NOT EXISTS (
          FROM claim_cells AS own
          WHERE (own.passage, own.subject) = (c.passage, c.subject)
        )
      ))
  WHERE kind = 'amount' AND amount_yuan IS NOT NULL
),

readable AS (
  SELECT
    t.document_id,
    t.table_key,
    t.status,
    d.source_unit
  FROM table_occurrences AS t
  JOIN documents AS d USING (document_id)
  WHERE NOT EXISTS (
    FROM problems AS p
    WHERE p.file_name = d.file_name AND p.line_no BETWEEN t.first_line AND t.last_line
  )
),

cells AS (
  SELECT
    a.*,
    t.status,
    coalesce(yuan_of(source_unit), 10000) * 0.005 AS cell_half,
    b.amount_yuan AS printed,
    b.line_no AS cell_line,
    b.item_name AS cell_name
  FROM addressed AS a
  LEFT JOIN readable AS t USING (document_id, table_key)
  LEFT JOIN budget_lines AS b
    ON
      (b.document_id, b.table_key, b.side, b.measure) = (t.document_id, t.table_key, a.side, a.measure)
      AND b.organisation IS NULL
      AND regexp_full_match(b.item_name, replace(a.item, '{subject}', a.subject))
  QUALIFY row_number() OVER (
    PARTITION BY a.document_id, a.claim_no ORDER BY b.item_name IS NULL, a.priority, b.row_no
  ) = 1
),

compared AS (
  SELECT
    *,
    CASE
      WHEN printed IS NOT NULL THEN printed
      WHEN status = 'declared_empty' OR (status = 'found' AND figure = 0) THEN 0
    END AS cell
  FROM cells
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
