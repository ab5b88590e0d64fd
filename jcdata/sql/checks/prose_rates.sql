-- Is each share and growth rate of the prose what its amounts make?
-- One row per printed rate. Growth = change / (amount - change); a share is of what its passage is about. A rate agrees
-- if it can be the rounded or the truncated rate of amounts that print as these do: 0.31 % for 0.317 % is no
-- contradiction.
WITH rates AS (
  FROM claim_figures
  WHERE kind IN ('share', 'growth') AND unit = '%'
),

own AS (
  SELECT
    r.document_id,
    r.claim_no,
    a.claim_no AS own_no,
    a.kind,
    a.figure,
    a.half,
    a.line_no
  FROM (FROM rates, (VALUES ('amount'), ('delta')) AS kinds (wanted)) AS r
  ASOF JOIN claim_figures AS a
    ON
      (a.document_id, a.passage, a.subject, a.kind) = (r.document_id, r.passage, r.subject, r.wanted)
      AND a.claim_no <= r.claim_no
  WHERE a.amount_yuan IS NOT NULL
),

bases AS (
  SELECT
    r.document_id,
    r.claim_no,
    b.figure,
    b.half
  FROM rates AS r
  JOIN claim_bases AS i ON i.passage = r.passage
  JOIN claim_figures AS b
    ON (b.document_id, b.passage, b.subject, b.kind) = (r.document_id, i.base_passage, i.base, 'amount')
  WHERE r.kind = 'share' AND b.amount_yuan IS NOT NULL
  QUALIFY 1 = row_number() OVER (
    PARTITION BY r.document_id, r.claim_no ORDER BY i.priority, b.claim_no > r.claim_no, abs(b.claim_no - r.claim_no)
  )
),

-- A second change of one amount is one on another footing (按可比口径): of what, is not stated.
other_footing AS (
  SELECT
    part.document_id,
    part.claim_no
  FROM own AS part
  JOIN rates AS r USING (document_id, claim_no)
  JOIN claim_figures AS d
    ON
      (d.document_id, d.passage, d.subject, d.kind) = (r.document_id, r.passage, r.subject, 'delta')
      AND d.claim_no > part.own_no AND d.claim_no < r.claim_no
  WHERE part.kind = 'amount' AND r.kind = 'growth'
  GROUP BY part.document_id, part.claim_no
  HAVING count(*) > 1
),

operands AS (
  SELECT
    r.*,
    part.line_no AS part_line,
    r.kind = 'growth' AS is_growth,
    if(is_growth, change.figure, part.figure)::DOUBLE AS upper,
    if(is_growth, change.half, part.half)::DOUBLE AS upper_half,
    if(is_growth, part.figure - change.figure, base.figure)::DOUBLE AS lower,
    if(is_growth, part.half + change.half, base.half)::DOUBLE AS lower_half
  FROM rates AS r
  LEFT JOIN (
    FROM own
    ANTI JOIN other_footing USING (document_id, claim_no)
    WHERE kind = 'amount'
  ) AS part
    USING (document_id, claim_no)
  LEFT JOIN (
    FROM own
    WHERE kind = 'delta'
  ) AS change
    USING (document_id, claim_no)
  LEFT JOIN bases AS base USING (document_id, claim_no)
),

recomputed AS (
  SELECT
    *,
    100 * upper / nullif(lower, 0) AS rate,
    100 * rate_doubt(upper, upper_half, lower, lower_half) AS doubt
  FROM operands
),

compared AS (
  SELECT
    *,
    TRY_CAST(round(rate / nullif(step, 0)::DOUBLE) * step::DOUBLE AS DECIMAL(24, 6)) AS rounded,
    rate_agrees(value, step, rate, doubt) AS agrees
  FROM recomputed
)

SELECT
  'prose_' || kind AS check_key,
  document_id,
  words || if(is_growth, '增减率', '占比') || if(place > 1, '（第' || place || '处）', '') AS target,
  value AS stated,
  rounded AS computed,
  if(agrees, abs(value - rounded), half) AS tolerance,
  FALSE AS is_money,
  MAP { 'exact': format('{:.4f}', rate), 'upper': in_wan(upper), 'lower': in_wan(lower) } AS details,
  [line_no, part_line] AS line_nos
FROM compared
