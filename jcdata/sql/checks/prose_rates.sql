-- Is each share and growth rate of the prose what its amounts make?
-- One row per printed rate. Growth = change / (amount - change), or (amount - year before) / year before where the
-- prose states that amount and no change; a share is of what the prose calls it, or of what its passage is about.
-- A rate agrees if it can be the rounded or the truncated rate of amounts that print as these do: 0.31 % for 0.317 % is
-- no contradiction. A rate of growth from nothing is no number: `prose_growth_from_nothing`.
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
      AND coalesce(a.item_code, '') = coalesce(r.item_code, '')
      AND a.compared_with = if(r.wanted = 'delta', r.compared_with, '')
      AND a.claim_no <= r.claim_no
  WHERE a.amount_yuan IS NOT NULL
),

-- 上年执行数、上年预算数: of two years before, which one is meant is not stated.
stated_priors AS (
  SELECT
    r.document_id,
    r.claim_no,
    any_value(p.amount_yuan) AS figure,
    any_value(p.step) / 2 AS half,
    any_value(p.line_no) AS line_no,
    any_value(p.claim_no) AS prior_no
  FROM rates AS r
  JOIN claims AS p
    ON
      (p.document_id, p.passage, p.subject, p.sentence) = (r.document_id, r.passage, r.subject, r.sentence)
      AND p.item_code IS NOT DISTINCT FROM r.item_code
      AND p.claim_no < r.claim_no
  WHERE r.compared_with = 'prior_year' AND p.basis = 'prior_year' AND p.kind = 'amount' AND p.amount_yuan IS NOT NULL
  GROUP BY r.document_id, r.claim_no
  HAVING count(*) = 1
),

-- What a share is of: what the prose calls it (占“三公”经费的8.75%), else what its passage is about. Where the prose calls
-- it by a name that nothing has, nothing is known.
wholes AS (
  SELECT
    r.document_id,
    r.claim_no,
    b.figure,
    b.half,
    b.line_no,
    claim_figure(b.claim_no) AS base_figure,
    if(r.share_of = i.base, 0, i.priority) AS priority,
    b.claim_no - r.claim_no AS distance
  FROM rates AS r
  JOIN claim_bases AS i
    ON i.passage = r.passage AND (r.share_of IN ('', i.base) OR regexp_full_match(r.share_of, i.called))
  JOIN claim_figures AS b
    ON (b.document_id, b.passage, b.subject, b.kind) = (r.document_id, i.base_passage, i.base, 'amount')
  WHERE r.kind = 'share' AND b.amount_yuan IS NOT NULL AND b.subject <> r.subject
  UNION ALL
  SELECT
    r.document_id,
    r.claim_no,
    b.figure,
    b.half,
    b.line_no,
    claim_figure(b.claim_no) AS base_figure,
    if(b.passage = r.passage, 100, 101) AS priority,
    b.claim_no - r.claim_no AS distance
  FROM rates AS r
  JOIN claim_figures AS b ON (b.document_id, b.subject, b.kind) = (r.document_id, r.share_of, 'amount')
  WHERE
    r.kind = 'share' AND b.amount_yuan IS NOT NULL AND b.subject <> r.subject
    -- A passage about a part of the money calls what is spent of that part 本年支出, too
    AND b.passage IN (r.passage, 'overview', 'revenue', 'expenditure', 'fiscal_appropriation')
  UNION ALL
  SELECT
    r.document_id,
    r.claim_no,
    c.printed AS figure,
    c.cell_half AS half,
    c.cell_line AS line_no,
    c.cell AS base_figure,
    102 AS priority,
    0 AS distance
  FROM rates AS r
  JOIN spoken_cells AS c ON (c.document_id, c.passage, c.subject) = (r.document_id, r.passage, r.share_of)
  WHERE NOT c.is_budgeted AND c.printed IS NOT NULL AND c.subject <> r.subject
),

bases AS (
  FROM wholes
  QUALIFY 1 = row_number() OVER (PARTITION BY document_id, claim_no ORDER BY priority, distance > 0, abs(distance))
),

-- A second change of one amount is one on another footing, and one that says so (按可比口径): of what, is not stated.
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
  UNION ALL
  SELECT
    document_id,
    claim_no
  FROM rates
  WHERE kind = 'growth' AND regexp_matches(sentence, spec('checking.other_footing'))
),

operands AS (
  SELECT
    r.*,
    part.line_no AS part_line,
    claim_figure(part.own_no) AS part_figure,
    if(
      r.kind = 'growth', claim_figure(if(change.figure IS NULL, year_before.prior_no, change.own_no)), base.base_figure
    ) AS other_figure,
    r.kind = 'growth' AS is_growth,
    change.figure IS NOT NULL AS has_change,
    if(is_growth, if(change.figure IS NULL, year_before.line_no, NULL), base.line_no) AS lower_line,
    if(is_growth, coalesce(change.figure, part.figure - year_before.figure), part.figure)::DOUBLE AS upper,
    if(is_growth, coalesce(change.half, part.half + year_before.half), part.half)::DOUBLE AS upper_half,
    if(is_growth, coalesce(part.figure - change.figure, year_before.figure), base.figure)::DOUBLE AS lower,
    if(is_growth, coalesce(part.half + change.half, year_before.half), base.half)::DOUBLE AS lower_half
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
  LEFT JOIN stated_priors AS year_before USING (document_id, claim_no)
  LEFT JOIN bases AS base USING (document_id, claim_no)
),

recomputed AS (
  SELECT
    *,
    100 * upper / nullif(lower, 0) AS rate,
    100 * rate_doubt(upper, upper_half, lower, lower_half) AS doubt
  FROM operands
),

-- 收入总计…，其中年初结转…，比上年增加…，增长…: where the rate is that of another amount of the sentence, it may be about that.
of_another AS (
  SELECT DISTINCT
    r.document_id,
    r.claim_no
  FROM recomputed AS r
  JOIN claim_figures AS a
    ON (a.document_id, a.passage, a.sentence, a.kind) = (r.document_id, r.passage, r.sentence, 'amount')
  WHERE
    r.has_change AND a.claim_no < r.claim_no AND a.subject <> r.subject AND a.amount_yuan IS NOT NULL
    AND NOT rate_agrees(r.value, r.step, r.rate, r.doubt)
    AND rate_agrees(
      r.value,
      r.step,
      100 * r.upper / nullif((a.figure - r.upper)::DOUBLE, 0),
      100 * rate_doubt(r.upper, r.upper_half, (a.figure - r.upper)::DOUBLE, a.half::DOUBLE + r.upper_half)
    )
),

compared AS (
  SELECT
    *,
    TRY_CAST(round(rate / nullif(step, 0)::DOUBLE) * step::DOUBLE AS DECIMAL(24, 6)) AS rounded,
    rate_agrees(value, step, rate, doubt) AS agrees
  FROM recomputed
  ANTI JOIN of_another USING (document_id, claim_no)
  UNION ALL BY NAME
  SELECT
    *,
    NULL AS rounded
  FROM recomputed
  SEMI JOIN of_another USING (document_id, claim_no)
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
  [line_no, part_line, lower_line] AS line_nos,
  NULL AS status_override,
  claim_figure(claim_no) AS stated_figure,
  [part_figure, other_figure] AS computed_from
FROM compared
UNION ALL
SELECT
  'prose_growth_from_nothing',
  document_id,
  words || '增减率' || if(place > 1, '（第' || place || '处）', ''),
  value,
  NULL,
  NULL,
  FALSE,
  MAP { 'upper': in_wan(upper) },
  [line_no, part_line, lower_line],
  'fail',
  claim_figure(claim_no),
  [part_figure, other_figure]
FROM compared
WHERE is_growth AND lower = 0 AND upper <> 0 AND value <> 0
