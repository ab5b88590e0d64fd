-- The cells of the tables that hold what the prose speaks of, by their address in specs/claim_identities.toml.
-- Of several addresses the first that is printed counts; `printed` is NULL where none is. A table of which some line
-- could not be read proves nothing: its `status` is NULL.
-- Grain: document, passage and subject.
-- Columns: `document_id`, `passage`, `subject`, `table_no`, `status` (of the table), `printed` (yuan), `cell_half` (how
-- far its print may be off), `cell_line` and `cell_name`.
WITH spoken AS (
  SELECT
    document_id,
    passage,
    subject
  FROM claim_figures
  WHERE kind = 'amount' AND amount_yuan IS NOT NULL
  UNION
  SELECT
    document_id,
    passage,
    share_of
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
)

SELECT
  a.document_id,
  a.passage,
  a.subject,
  a.table_no,
  t.status,
  b.amount_yuan AS printed,
  coalesce(yuan_of(source_unit), 10000) * 0.005 AS cell_half,
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
  PARTITION BY a.document_id, a.passage, a.subject ORDER BY b.item_name IS NULL, a.priority, b.row_no
) = 1
