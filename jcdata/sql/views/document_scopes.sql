-- Whom does a document cover: whose is it, of which year, and is it a department's with its subordinate units or a
-- single unit's?
-- Grain: document that says whose and of which year it is.
-- Caveat: the scope is the one that the title says, or a name with 本级; a document that does not say it has that of a
-- copy. Units are one by their comparable names, without 中共 before and 本级 behind them.
-- `counts` is false where another document has all of this one too.
WITH titled AS (
  SELECT
    *,
    regexp_replace(comparable_name(unit_name), spec('across_documents.before_unit'), '') AS written_unit,
    regexp_replace(written_unit, spec('across_documents.unit_itself'), '') AS unit,
    CASE
      WHEN unit <> written_unit THEN 'unit'
      WHEN regexp_matches(title, spec('analyses.of_department')) THEN 'department'
      WHEN regexp_matches(title, spec('analyses.of_unit')) THEN 'unit'
    END AS scope
  FROM documents
),

copies AS (
  SELECT
    same_as AS document_id,
    min(scope) AS scope
  FROM titled
  GROUP BY ALL
  HAVING min(scope) = max(scope)
)

SELECT
  document_id,
  fiscal_year,
  unit_name,
  document_kind,
  unit,
  coalesce(titled.scope, copies.scope, '') AS scope,
  counts
FROM titled
LEFT JOIN copies USING (document_id)
WHERE unit_name IS NOT NULL AND fiscal_year IS NOT NULL
ORDER BY unit, fiscal_year, document_kind, document_id
