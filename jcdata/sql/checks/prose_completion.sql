-- Final accounts: does the rate of completion follow from budget and actual, and is more or less than the budget what
-- the prose says that it is?
-- One row per printed rate, and one per comparison in words (决算数大于预算数), each with the amounts of its subject
-- right before it.
WITH stated AS (
  FROM claims
  WHERE NOT in_reason AND (kind = 'completion' OR against_budget IS NOT NULL)
),

operands AS (
  SELECT
    s.*,
    b.amount_yuan AS budget,
    b.step / 2 AS budget_half,
    b.line_no AS budget_line,
    b.claim_no AS budget_no,
    coalesce(a.claim_no, s.claim_no) AS actual_no,
    coalesce(a.amount_yuan, s.amount_yuan) AS actual,
    coalesce(a.step, s.step) / 2 AS actual_half
  FROM stated AS s
  ASOF LEFT JOIN (
    FROM claims
    WHERE kind = 'amount' AND basis = 'budget' AND NOT in_reason
  ) AS b
    ON (b.document_id, b.passage, b.subject) = (s.document_id, s.passage, s.subject) AND b.claim_no <= s.claim_no
  ASOF LEFT JOIN (
    FROM claims
    WHERE kind = 'amount' AND basis = 'actual' AND NOT in_reason
  ) AS a
    ON (a.document_id, a.passage, a.subject) = (s.document_id, s.passage, s.subject) AND a.claim_no <= s.claim_no
),

numbered AS (
  SELECT
    *,
    '情况说明（' || passage_zh(passage) || '）' || subject AS words,
    row_number() OVER (PARTITION BY document_id, passage, subject, kind ORDER BY claim_no) AS place,
    100 * actual::DOUBLE / nullif(budget, 0)::DOUBLE AS rate,
    100 * rate_doubt(actual::DOUBLE, actual_half::DOUBLE, budget::DOUBLE, budget_half::DOUBLE) AS doubt
  FROM operands
)

SELECT
  'prose_completion' AS check_key,
  document_id,
  words || '完成率' || if(place > 1, '（第' || place || '处）', '') AS target,
  value AS stated,
  TRY_CAST(round(rate / nullif(step, 0)::DOUBLE) * step::DOUBLE AS DECIMAL(24, 6)) AS computed,
  if(rate_agrees(value, step, rate, doubt), abs(value - computed), 0) AS tolerance,
  FALSE AS is_money,
  MAP { 'exact': format('{:.4f}', rate), 'upper': in_wan(actual), 'lower': in_wan(budget) } AS details,
  [line_no, budget_line] AS line_nos,
  NULL AS status_override,
  claim_figure(claim_no) AS stated_figure,
  [claim_figure(budget_no), claim_figure(actual_no)] AS computed_from
FROM numbered
WHERE kind = 'completion'
UNION ALL
SELECT
  'prose_against_budget',
  document_id,
  words || if(place > 1, '（第' || place || '处）', ''),
  actual,
  budget,
  0,
  TRUE,
  MAP {
    'said': CASE against_budget WHEN 'more' THEN 'more than' WHEN 'less' THEN 'less than' ELSE 'equal to' END,
    'said_zh': CASE against_budget WHEN 'more' THEN '大于' WHEN 'less' THEN '小于' ELSE '等于' END
  },
  [line_no, budget_line],
  CASE
    WHEN budget IS NULL THEN 'missing'
    WHEN
      against_budget = CASE WHEN actual > budget THEN 'more' WHEN actual < budget THEN 'less' ELSE 'equal' END
      THEN 'pass'
    ELSE 'fail'
  END,
  NULL,
  [claim_figure(budget_no), claim_figure(actual_no)]
FROM numbered
WHERE against_budget IS NOT NULL
