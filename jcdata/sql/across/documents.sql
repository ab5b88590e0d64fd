-- How a document stands to the others: whether anything of it counts in sums over documents, which document has all
-- of it too, and which department's it is part of.
-- Grain: document.
WITH twins AS (
  SELECT
    document_id,
    bool_and(NOT is_counted) AS is_repeated,
    arg_max(first_id, size) AS other_id
  FROM parts_counted
  GROUP BY ALL
),

counted AS (
  SELECT
    document_id,
    bool_or(counts) AS counts
  FROM document_parts
  GROUP BY ALL
)

SELECT
  document_id,
  coalesce(counted.counts, TRUE) AS counts,
  if(is_repeated, other_id, NULL) AS same_as,
  department_id AS part_of
FROM documents
LEFT JOIN counted USING (document_id)
LEFT JOIN twins USING (document_id)
LEFT JOIN units_within USING (document_id)
