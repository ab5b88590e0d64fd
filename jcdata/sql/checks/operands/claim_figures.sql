-- The figures of the prose as the checks compare them: what is printed, how far the print may be off, and where it
-- stands.
-- Grain: printed or implied figure. A printed 0 is taken as exact, and so is a count.
-- Only what the document is about, of final accounts what was spent: not the budget, the year before, or explanations.
-- Columns: those of `claims`, with `figure` (yuan where it is money), `half` (how far the print may be off), `words`
-- (what a message calls it) and `place` (1 for the first figure of its subject and kind in the passage).
SELECT
  claims.*,
  coalesce(amount_yuan, value) AS figure,
  if(value = 0 OR kind = 'count', 0, step / 2) AS half,
  '情况说明（' || passage_zh(passage) || '）' || subject AS words,
  row_number() OVER (PARTITION BY document_id, passage, subject, kind ORDER BY claim_no) AS place
FROM claims
WHERE NOT in_reason AND basis IN ('', 'actual')
