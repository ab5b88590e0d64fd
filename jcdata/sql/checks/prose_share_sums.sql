-- Do the shares of a whole add up to one hundred?
-- One row per passage and whole whose parts, with their amounts, make up all of it. Shares are rounded or truncated, so
-- that each may be one unit of its last place off.
WITH bases AS (
  SELECT c.*
  FROM claim_figures AS c
  JOIN claim_bases AS i ON (i.passage, i.base_passage, i.base) = (c.passage, c.passage, c.subject)
  WHERE c.kind = 'amount' AND c.amount_yuan > 0
),

shares AS (
  SELECT
    s.*,
    a.figure AS amount
  FROM claim_figures AS s
  ASOF JOIN (
    FROM claim_figures
    WHERE kind = 'amount'
  ) AS a
    ON (a.document_id, a.passage, a.subject) = (s.document_id, s.passage, s.subject) AND a.claim_no <= s.claim_no
  WHERE s.kind = 'share' AND s.unit = '%'
),

sums AS (
  SELECT
    s.document_id,
    b.words,
    b.claim_no,
    sum(s.value) AS shares,
    2 * sum(s.half) AS doubt,
    list(s.line_no) AS lines,
    list(claim_figure(s.claim_no)) AS share_figures,
    string_agg(plain(s.value), ' + ' ORDER BY s.claim_no) AS terms
  FROM shares AS s
  ASOF JOIN bases AS b ON (b.document_id, b.passage) = (s.document_id, s.passage) AND b.claim_no <= s.claim_no
  GROUP BY s.document_id, b.words, b.claim_no, b.figure
  HAVING count(*) > 1 AND abs(sum(s.amount) - b.figure) <= 100 * count(*)
)

SELECT
  'prose_share_sum' AS check_key,
  document_id,
  words || '各项占比之和' AS target,
  shares AS stated,
  100 AS computed,
  doubt AS tolerance,
  FALSE AS is_money,
  MAP { 'terms': terms } AS details,
  lines AS line_nos,
  NULL AS stated_figure,
  share_figures AS computed_from
FROM sums
