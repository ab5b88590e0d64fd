-- Whom and what a document covers, as another one would say it.
-- Grain: document that says whose and of which year it is.
-- Columns: `document_id`, `fiscal_year`, `document_kind`; `unit` (the key of its name without 本级) and `scope` (a
-- department with its subordinate units, a single unit, '' where it says neither).
SELECT
  document_id,
  fiscal_year,
  document_kind,
  unit_key(unit_name) AS unit,
  if(
    unit <> written_unit_key(unit_name),
    spec('across_documents.unit'),
    coalesce(regexp_extract(title, spec('analyses.scope'), 1), '')
  ) AS scope
FROM documents
WHERE unit_name IS NOT NULL AND fiscal_year IS NOT NULL
