-- The check results that do not agree, worst first, with what reviewers decided. Grain: check result.
-- Worst first: errors, then warnings, then info; contradictions before rounding; then by the money at stake, what is
-- about no money last; then the surer first, that which is more times what rounding explains; then in the order of the
-- documents and their lines. Consequences follow their cause, and the whole stands where its worst stands. What a
-- reviewer dismissed comes last. A mark whose figures are others now says nothing: it is in stale_reviews.
WITH RECURSIVE marked AS (
  SELECT
    finding_id,
    marks.verdict,
    marks.reason AS review_reason
  FROM main.reviews AS marks
  JOIN main.check_results AS results USING (finding_id)
  WHERE
    coalesce(marks.stated, results.stated) IS NOT DISTINCT FROM results.stated
    AND coalesce(marks.computed, results.computed) IS NOT DISTINCT FROM results.computed
    AND coalesce(marks.message, results.message_zh) IS NOT DISTINCT FROM results.message_zh
),

reviewed AS (
  SELECT *
  FROM main.check_results
  -- IN would be asked only after all columns of all rows are there
  SEMI JOIN (VALUES ('fail'), ('rounding')) AS found (status) USING (status)
  LEFT JOIN marked USING (finding_id)
),

ranked AS (
  SELECT
    document_id,
    finding_id,
    consequence_of,
    coalesce(verdict = 'dismissed', FALSE) AS is_dismissed,
    row_number() OVER (
      ORDER BY
        is_dismissed, array_position(['error', 'warning', 'info'], severity), status, at_stake_yuan DESC NULLS LAST,
        abs(difference) / nullif(tolerance, 0) DESC NULLS FIRST, document_id, line_nos, check_key, target
    ) AS place
  FROM reviewed
),

families AS (
  SELECT
    ranked.*,
    [place] AS places
  FROM ranked
  ANTI JOIN ranked AS cause
    ON
      (cause.document_id, cause.finding_id, cause.is_dismissed)
      = (ranked.document_id, ranked.consequence_of, ranked.is_dismissed)
  UNION ALL
  SELECT
    ranked.*,
    list_append(families.places, ranked.place) AS places
  FROM families
  JOIN ranked
    ON
      (families.document_id, families.finding_id, families.is_dismissed)
      = (ranked.document_id, ranked.consequence_of, ranked.is_dismissed)
)

SELECT reviewed.*
FROM reviewed JOIN families USING (document_id, finding_id)
ORDER BY min(place) OVER (PARTITION BY places[1]), places
