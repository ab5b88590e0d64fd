-- Whose documents have to be compared again, and with which: those of the units of `changed_documents` (document,
-- name of its unit) and of the units within these departments, beside the documents of the departments that print
-- rows of them.
-- Grain: document.
WITH keyed AS (
  SELECT
    document_id,
    coalesce(unit_key(unit_name), '') AS unit,
    part_of
  FROM documents
),

rows AS (
  SELECT
    document_id,
    unit_key(name) AS unit
  FROM (
    SELECT DISTINCT
      document_id,
      coalesce(organisation, item_name) AS name
    FROM budget_lines
    WHERE organisation IS NOT NULL OR item_code = ''
  ) AS names
  SEMI JOIN keyed ON keyed.unit = unit_key(name)
),

changed AS (
  SELECT DISTINCT coalesce(unit_key(unit_name), '') AS unit
  FROM changed_documents
),

departments AS (
  SELECT document_id
  FROM keyed
  SEMI JOIN changed USING (unit)
  UNION
  SELECT document_id
  FROM changed_documents
),

may_change AS (
  FROM changed
  UNION
  SELECT unit
  FROM rows
  SEMI JOIN departments USING (document_id)
  UNION
  SELECT unit
  FROM keyed
  SEMI JOIN departments ON departments.document_id = keyed.part_of
),

beside AS (
  SELECT keyed.unit
  FROM keyed
  JOIN rows USING (document_id)
  SEMI JOIN may_change ON may_change.unit = rows.unit
)

SELECT
  document_id,
  unit IN (FROM may_change) AS may_change
FROM keyed
WHERE unit IN (FROM may_change) OR unit IN (FROM beside)
