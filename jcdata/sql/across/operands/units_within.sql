-- Which unit's own document is part of which department's: its tables print rows of the unit, or it is the
-- department's own, without the units below it.
-- Grain: document of a unit.
-- Columns: `document_id`; `department_id` (the department's document) and `department_disclosure`.
WITH found AS (
  SELECT
    u.document_id,
    d.document_id AS department_id,
    d.disclosure AS department_disclosure
  FROM unit_rows AS r
  JOIN disclosures AS d USING (document_id)
  JOIN disclosures AS u
    ON (u.unit, u.fiscal_year, u.document_kind) = (r.unit, d.fiscal_year, d.document_kind)
  WHERE r.is_other OR u.scope = spec('across_documents.unit') AND u.disclosure <> d.disclosure
  UNION
  SELECT
    u.document_id,
    d.document_id,
    d.disclosure
  FROM disclosures AS u
  JOIN disclosures AS d USING (unit, fiscal_year, document_kind)
  WHERE u.scope = spec('across_documents.unit') AND d.scope = spec('across_documents.department')
)

SELECT *
FROM found
QUALIFY
  count(DISTINCT department_disclosure) OVER (PARTITION BY document_id) = 1
  AND row_number() OVER (PARTITION BY document_id ORDER BY department_id) = 1
