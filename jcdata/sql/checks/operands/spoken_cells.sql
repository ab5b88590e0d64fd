-- The cells of the tables that hold what the prose speaks of, by their address in specs/claim_identities.toml.
-- Of several addresses the first that is printed counts; `printed` is NULL where none is. A table of which some line
-- could not be read proves nothing: its `status` is NULL.
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

applicable AS (
  FROM addressed
  ANTI JOIN budget_lines AS beside
    ON
      addressed.unless <> '' AND beside.amount_yuan <> 0
      AND (beside.document_id, beside.table_key) = (addressed.document_id, addressed.table_key)
      AND regexp_full_match(beside.item_name, addressed.unless)
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
  WHERE NOT EXISTS (
    FROM problems AS p
    WHERE p.file_name = d.file_name AND p.line_no BETWEEN t.first_line AND t.last_line
  )
)

SELECT
  a.document_id,
  a.passage,
  a.subject,
  a.is_budgeted,
  a.table_no,
  t.status,
  CASE
    WHEN NOT a.is_budgeted OR b.measure = 'budgeted' THEN b.amount_yuan
    WHEN t.has_budgets AND b.amount_yuan IS NOT NULL THEN 0
  END AS printed,
  coalesce(yuan_of(source_unit), 10000) * 0.005 AS cell_half,
  if(
    a.side = 'expenditure',
    (
      SELECT max(carried.amount)
      FROM figures AS carried
      WHERE
        (carried.document_id, carried.table_key, carried.side) = (a.document_id, a.table_key, 'revenue')
        AND carried.row_role = 'carried_in' AND carried.measure = 'total'
    ),
    NULL
  ) AS carried,
  b.line_no AS cell_line,
  b.item_name AS cell_name,
  CASE
    WHEN b.line_no IS NOT NULL AND (b.measure = 'budgeted' OR NOT a.is_budgeted)
      THEN cell_figure(b.table_key, b.side, b.row_no, b.measure)
  END AS cell
FROM applicable AS a
LEFT JOIN readable AS t USING (document_id, table_key)
LEFT JOIN budget_lines AS b
  ON
    (b.document_id, b.table_key, b.side) = (t.document_id, t.table_key, a.side)
    AND (b.measure = a.measure OR (a.is_budgeted AND b.measure = 'budgeted'))
    AND b.organisation IS NULL
    AND regexp_full_match(b.item_name, replace(a.item, '{subject}', a.subject))
WHERE NOT a.is_budgeted OR t.has_budgets
QUALIFY row_number() OVER (
  PARTITION BY a.document_id, a.passage, a.subject, a.is_budgeted ORDER BY
    b.item_name IS NULL, a.priority, a.is_budgeted AND b.measure <> 'budgeted', b.row_no
) = 1
