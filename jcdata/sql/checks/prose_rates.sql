-- Is each share and growth rate of the prose what its amounts make?
-- One row per printed rate. Growth = change / (amount - change); a share is of what its section is about. A rate agrees if
-- it can be the rounded or the truncated rate of amounts that print as these do: 0.31 % for 0.317 % is no contradiction.
WITH rates AS (
  FROM claim_figures WHERE kind IN ('share', 'growth') AND unit = '%'
),
amounts AS (
  FROM claim_figures WHERE kind IN ('amount', 'delta') AND amount_yuan IS NOT NULL
),
parts AS (
  SELECT r.document_id, r.claim_no, p.figure AS part, p.half AS part_half, p.line_no AS part_line
  FROM rates AS r
  ASOF JOIN (FROM amounts WHERE kind = 'amount') AS p
    ON (p.document_id, p.section, p.subject) = (r.document_id, r.section, r.subject) AND p.claim_no <= r.claim_no
),
changes AS (
  SELECT r.document_id, r.claim_no, d.figure AS change, d.half AS change_half
  FROM rates AS r
  ASOF JOIN (FROM amounts WHERE kind = 'delta') AS d
    ON (d.document_id, d.section, d.subject) = (r.document_id, r.section, r.subject) AND d.claim_no <= r.claim_no
),
bases AS (
  SELECT r.document_id, r.claim_no, b.figure AS base, b.half AS base_half
  FROM rates AS r
  JOIN claim_bases AS i ON i.section = r.section
  JOIN amounts AS b ON (b.document_id, b.section, b.subject, b.kind) = (r.document_id, i.base_section, i.base, 'amount')
  WHERE r.kind = 'share'
  QUALIFY 1 = row_number() OVER (
    PARTITION BY r.document_id, r.claim_no ORDER BY i.priority, b.claim_no > r.claim_no, abs(b.claim_no - r.claim_no))
),
operands AS (
  SELECT
    r.*, part_line, step::DOUBLE AS place_value,
    if(kind = 'growth', change, part)::DOUBLE AS upper, if(kind = 'growth', change_half, part_half)::DOUBLE AS upper_half,
    if(kind = 'growth', part - change, base)::DOUBLE AS lower,
    if(kind = 'growth', part_half + change_half, base_half)::DOUBLE AS lower_half
  FROM rates AS r
  LEFT JOIN parts USING (document_id, claim_no)
  LEFT JOIN changes USING (document_id, claim_no)
  LEFT JOIN bases USING (document_id, claim_no)
),
recomputed AS (
  SELECT
    *, 100 * upper / nullif(lower, 0) AS rate,
    100 * (upper_half * abs(lower) + lower_half * abs(upper)) / nullif(lower * lower, 0) AS doubt,
    [(rate - doubt) / place_value, (rate + doubt) / place_value] AS ends
  FROM operands
),
printed AS (
  SELECT
    *, (round(rate / place_value) * place_value)::DECIMAL(24, 6) AS rounded,
    value / step BETWEEN least(trunc(ends[1]), round(ends[1])) - 1e-6 AND greatest(trunc(ends[2]), round(ends[2])) + 1e-6 AS agrees
  FROM recomputed
)
SELECT
  'prose_' || kind AS check_key,
  document_id,
  words || if(kind = 'growth', '增减率', '占比') || if(place > 1, '（第' || place || '处）', '') AS target,
  value AS stated,
  rounded AS computed,
  if(agrees, abs(value - rounded), half) AS tolerance,
  false AS is_money,
  MAP {'exact': format('{:.4f}', rate), 'upper': in_wan(upper), 'lower': in_wan(lower)} AS details,
  [line_no, part_line] AS line_nos
FROM printed
