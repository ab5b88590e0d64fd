-- In which document of a disclosure each part counts: the one of which most was read; others count too where they
-- have forms or passages that it has not.
-- Grain: document and part.
-- Columns: those of `parts`; `disclosure`, NULL for a document that does not say whose and of which year it is;
-- `first_id` (the document in which most of the part was read) and `first_things`; `is_counted`.
WITH wholes AS (
  SELECT
    *,
    sum(size) OVER (PARTITION BY document_id) AS whole
  FROM parts
  LEFT JOIN disclosures USING (document_id)
),

ranked AS (
  SELECT
    *,
    first(document_id) OVER by_size AS first_id,
    first(things) OVER by_size AS first_things
  FROM wholes
  WINDOW
    by_size AS (PARTITION BY coalesce(disclosure, document_id), part ORDER BY size DESC, whole DESC, document_id)
)

SELECT
  document_id,
  part,
  size,
  things,
  disclosure,
  first_id,
  first_things,
  document_id = first_id OR NOT list_has_all(first_things, things) AS is_counted
FROM ranked
