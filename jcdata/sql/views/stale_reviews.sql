-- Which reviews no longer apply? Grain: review.
-- Caveat: a mark that says no figure or message applies as long as there is a finding of its id.
SELECT
  marks.finding_id,
  marks.verdict,
  marks.reason,
  CASE WHEN results.finding_id IS NULL THEN 'gone' ELSE 'changed' END AS fault
FROM main.reviews AS marks
LEFT JOIN (
  FROM main.check_results
  SEMI JOIN (VALUES ('fail'), ('rounding')) AS found (status) USING (status)
) AS results USING (finding_id)
WHERE
  results.finding_id IS NULL
  OR marks.stated IS NOT NULL AND marks.stated IS DISTINCT FROM results.stated
  OR marks.computed IS NOT NULL AND marks.computed IS DISTINCT FROM results.computed
  OR marks.message IS NOT NULL AND marks.message <> results.message_zh
ORDER BY marks.finding_id
