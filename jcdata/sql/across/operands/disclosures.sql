-- Which documents are one disclosure: those of one unit, year, kind and scope. A document that does not say its scope
-- has that of another one where their figures are the same.
-- Grain: document that says whose and of which year it is.
-- Columns: those of `covers`, with `disclosure` (the first of its documents by name).
WITH alike AS (
  SELECT
    this.document_id,
    min(other.scope) AS scope
  FROM covers AS this
  JOIN covers AS other USING (unit, fiscal_year, document_kind)
  JOIN disclosure_figures AS f ON f.document_id = this.document_id
  JOIN disclosure_figures AS g
    ON (g.document_id, g.place, g.item) = (other.document_id, f.place, f.item)
  WHERE this.scope = '' AND other.scope <> ''
  GROUP BY this.document_id
  HAVING
    count(DISTINCT other.scope) = 1
    AND bool_and(abs(f.amount - g.amount) <= tolerance_of_same(f.step, g.step)) AND bool_or(f.amount <> 0)
),

told AS (
  SELECT covers.* REPLACE (coalesce(alike.scope, covers.scope) AS scope)
  FROM covers
  LEFT JOIN alike USING (document_id)
)

SELECT
  *,
  min(document_id) OVER (PARTITION BY unit, fiscal_year, document_kind, scope) AS disclosure
FROM told
