-- In which document each part of a document counts: another one of the same disclosure, or the department's.
-- Grain: document and part.
SELECT
  own.document_id,
  own.part,
  own.is_counted AND department.part IS NULL AS counts,
  CASE
    WHEN department.part IS NOT NULL THEN department.document_id
    WHEN own.is_counted THEN own.document_id
    ELSE own.first_id
  END AS counted_in
FROM parts_counted AS own
LEFT JOIN units_within USING (document_id)
LEFT JOIN parts_counted AS department
  ON
    department.disclosure = department_disclosure AND department.part = own.part
    AND department.document_id = department.first_id
    AND (own.part = 'prose' OR list_has_all(department.things, own.things))
