-- The figures of the prose as the checks compare them: what is printed, how far the print may be off, and where it
-- stands.
-- Grain: printed or implied figure. A printed 0 is taken as exact, and so is a count.
-- Only budgets, whose figures mean other tables than those of final accounts; not what an explanation says, nor the
-- amounts of the year before.
-- Columns: those of `claims`, with `figure` (yuan where it is money), `half` (how far the print may be off), `words`
-- (what a message calls it) and `place` (1 for the first figure of its subject and kind in the passage).
SELECT
  claims.*,
  coalesce(amount_yuan, value) AS figure,
  if(value = 0 OR kind = 'count', 0, step / 2) AS half,
  '情况说明（' || zh || '）' || subject AS words,
  row_number() OVER (PARTITION BY document_id, passage, subject, kind ORDER BY claim_no) AS place
FROM claims
JOIN passage_names USING (passage)
SEMI JOIN (
  FROM documents
  WHERE document_kind = 'budget'
) USING (document_id)
WHERE NOT in_reason AND basis <> 'prior_year'
