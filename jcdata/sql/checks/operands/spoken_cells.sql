-- The cells of the tables that hold what the prose speaks of, by their address in specs/claim_identities.toml.
-- Of several addresses the first that is printed counts; `printed` is NULL where none is.
-- What final accounts say of their budget stands in the column of 预算数: one that is blank in a row of which another
-- is printed is `printed` as 0.
-- Grain: document, passage, subject and whether it is the budget's.
-- Columns: `document_id`, `passage`, `subject`, `is_budgeted`, `table_no`, `status` (of the table), `printed`
-- (yuan), `cell_half` (how far its print may be off), `carried` (yuan carried over in its table, which expenditure that
-- the prose states may leave out), `cell_line`, `cell_name` and `cell`, which names it.
WITH spoken AS (
  SELECT
    document_id,
    passage,
    subject,
    basis = 'budget' AS is_budgeted
  FROM claims
  WHERE kind = 'amount' AND amount_yuan IS NOT NULL AND basis <> 'prior_year' AND NOT in_reason
  UNION
  SELECT
    document_id,
    passage,
    share_of,
    FALSE
  FROM claim_figures
  WHERE share_of <> ''
),

addressed AS (
  SELECT
    s.*,
    a.* EXCLUDE (passage, subject)
  FROM spoken AS s
  JOIN claim_cells AS a
    ON
      a.passage = s.passage
      AND (a.subject = s.subject OR (
        a.subject[1] = '*' AND ends_with(s.subject, a.subject[2:])
        AND NOT EXISTS (
          FROM claim_cells AS own
          WHERE (own.passage, own.subject) = (s.passage, s.subject)
        )
      ))
  WHERE NOT s.is_budgeted OR a.measure = 'total'
),

excluded AS (  -- addresses in tables with money beside it that makes them another's
  SELECT DISTINCT
    document_id,
    table_key,
    unless
  FROM addressed
  JOIN budget_lines AS beside USING (document_id, table_key)
  WHERE unless <> '' AND beside.amount_yuan <> 0 AND regexp_full_match(beside.item_name, unless)
),

readable AS (
  SELECT
    t.document_id,
    t.table_key,
    t.status,
    d.source_unit,
    EXISTS (
      FROM source_lines AS header
      WHERE
        header.document_id = t.document_id AND header.line_no BETWEEN t.first_line AND t.last_line
        AND contains(header.text, spec('checking.budgeted'))
    ) AS has_budgets
  FROM table_occurrences AS t
  JOIN documents AS d USING (document_id)
),

looked_up AS (
  SELECT
    a.*,
    t.status,
    t.has_budgets,
    t.source_unit,
    replace(a.item, '{subject}', regexp_escape(a.subject)) AS names
  FROM addressed AS a
  ANTI JOIN excluded USING (document_id, table_key, unless)
  LEFT JOIN readable AS t USING (document_id, table_key)
  WHERE NOT a.is_budgeted OR t.has_budgets
),

beside AS (
  SELECT
    l.*,
    b.measure AS cell_measure,
    b.amount_yuan,
    b.line_no AS cell_line,
    b.row_no,
    b.item_name AS cell_name
  FROM looked_up AS l
  JOIN budget_lines AS b USING (document_id, table_key, side)
  WHERE
    l.status IS NOT NULL
    AND (b.measure = l.measure OR (l.is_budgeted AND b.measure = 'budgeted'))
    AND b.organisation IS NULL
),

-- A pattern that is no constant is compiled for each row: so once for each name, not for each document
spelled AS (
  SELECT
    names,
    cell_name
  FROM (
    SELECT DISTINCT
      names,
      cell_name
    FROM beside
  ) AS pairs
  WHERE regexp_full_match(cell_name, names)
),

cells AS (
  SELECT beside.*
  FROM beside
  SEMI JOIN spelled USING (names, cell_name)
  UNION ALL BY NAME
  FROM looked_up
),

carried AS (
  SELECT
    document_id,
    table_key,
    'expenditure' AS side,
    max(amount) AS amount
  FROM figures
  WHERE side = 'revenue' AND row_role = 'carried_in' AND measure = 'total'
  GROUP BY ALL
)

SELECT
  document_id,
  passage,
  subject,
  is_budgeted,
  table_no,
  status,
  CASE
    WHEN NOT is_budgeted OR cell_measure = 'budgeted' THEN amount_yuan
    WHEN has_budgets AND amount_yuan IS NOT NULL THEN 0
  END AS printed,
  coalesce(yuan_of(source_unit), 10000) * 0.005 AS cell_half,
  carried.amount AS carried,
  cell_line,
  cell_name,
  CASE
    WHEN cell_line IS NOT NULL AND (cell_measure = 'budgeted' OR NOT is_budgeted)
      THEN cell_figure(table_key, side, row_no, cell_measure)
  END AS cell
FROM cells
LEFT JOIN carried USING (document_id, table_key, side)
QUALIFY row_number() OVER (
  PARTITION BY document_id, passage, subject, is_budgeted ORDER BY
    cell_name IS NULL, priority, is_budgeted AND cell_measure <> 'budgeted', row_no
) = 1
