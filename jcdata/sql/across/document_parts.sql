-- In which document each part of a document counts: another one of the same disclosure, or the department's.
-- Grain: document and part.
WITH within AS (
  SELECT
    own.document_id,
    own.part,
    department.document_id AS department_id
  FROM parts_counted AS own
  JOIN units_within USING (document_id)
  JOIN parts_counted AS department
    ON department.disclosure = department_disclosure AND department.part = own.part
  WHERE
    department.document_id = department.first_id
    AND (own.part = 'prose' OR list_has_all(department.things, own.things))
)

SELECT
  document_id,
  part,
  is_counted AND department_id IS NULL AS counts,
  CASE
    WHEN department_id IS NOT NULL THEN department_id
    WHEN is_counted THEN document_id
    ELSE first_id
  END AS counted_in
FROM parts_counted
LEFT JOIN within USING (document_id, part)
