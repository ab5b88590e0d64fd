-- Do the parts that the prose names add up to its total, and the changes of the parts to the change of the total?
-- One row per total, kind (amount, change, count), sum and place. Parts are looked for after their total; a sum counts
-- only when every required part is stated, and an open list (…等) may add up to less. Where the parts are categories of
-- the functional classification, items below them are none; what ends so and is no item that is known may be one.
-- Changes from the budget are no parts of one from the year before. What does not agree beside money of the same
-- sentence that no sum names may be short of it.
WITH named AS (
  SELECT
    sum_no,
    passage,
    total,
    string_agg(replace(part, '*', '各类'), '＋') FILTER (is_required) || if(bool_and(is_required), '', '等') AS parts
  FROM claim_sums
  GROUP BY ALL
),

totals AS (
  SELECT
    t.*,
    n.sum_no,
    n.parts,
    lead(claim_no, 1, 2000000000) OVER later AS next_no
  FROM claim_figures AS t
  JOIN named AS n ON (n.passage, n.total) = (t.passage, t.subject)
  WHERE kind IN ('amount', 'delta', 'count')
  WINDOW later AS (PARTITION BY document_id, t.passage, sum_no, kind ORDER BY claim_no)
),

stated AS (
  SELECT
    t.claim_no AS total_no,
    t.sum_no,
    d.part,
    d.are_categories AND d.part[1] = '*' AND p.item_code IS NULL AS is_doubtful,
    p.*
  FROM totals AS t
  JOIN claim_figures AS p USING (document_id, passage, kind, unit, compared_with)
  JOIN claim_sums AS d USING (sum_no)
  WHERE
    p.claim_no > t.claim_no AND p.claim_no < t.next_no
    AND (p.subject = d.part OR (
      d.part[1] = '*' AND p.subject <> t.subject
      AND (d.sum_no, p.subject) NOT IN (SELECT (sum_no, part) FROM claim_sums)
      AND CASE
        WHEN NOT d.are_categories THEN ends_with(p.subject, d.part[2:])
        WHEN p.item_code IS NOT NULL THEN length(p.item_code) = 3
        ELSE ends_with(p.subject, d.part[2:]) AND p.subject NOT IN (SELECT subject FROM claim_cells)
      END
    ))
  QUALIFY
    row_number() OVER (
      PARTITION BY p.document_id, total_no, t.sum_no, d.part, coalesce(p.item_code, p.subject) ORDER BY p.claim_no
    ) = 1
),

parts AS (
  SELECT
    t.document_id,
    t.claim_no AS total_no,
    t.sum_no,
    d.is_required,
    s.* EXCLUDE (document_id, total_no, sum_no)
  FROM totals AS t
  JOIN claim_sums AS d USING (sum_no)
  LEFT JOIN stated AS s
    ON s.document_id = t.document_id AND s.total_no = t.claim_no AND s.sum_no = t.sum_no AND s.part = d.part
),

sums AS (
  SELECT
    document_id,
    total_no,
    sum_no,
    sum(figure) AS parts_sum,
    sum(half) AS half,
    count(figure) AS part_count,
    bool_and(subject IS NOT NULL OR NOT is_required) AND NOT coalesce(bool_or(is_doubtful), FALSE) AS is_complete,
    bool_or(regexp_matches(sentence, spec('checking.open_list'))) AS is_open,
    string_agg(plain(value), ' + ' ORDER BY claim_no) AS terms,
    list(line_no) AS lines,
    list(claim_figure(claim_no)) AS part_figures
  FROM parts
  GROUP BY ALL
),

beside AS (  -- totals with money behind them in their sentence of which nothing says whether it is a part
  SELECT DISTINCT
    t.document_id,
    t.claim_no,
    t.sum_no
  FROM totals AS t
  JOIN claim_figures AS p
    ON
      (p.document_id, p.passage, p.kind, p.unit, p.compared_with, p.sentence)
      = (t.document_id, t.passage, t.kind, t.unit, t.compared_with, t.sentence)
      AND p.claim_no > t.claim_no AND p.claim_no < t.next_no AND p.subject <> t.subject
  WHERE
    p.amount_yuan <> 0 AND p.item_code IS NULL
    AND NOT EXISTS (
      FROM claim_sums AS known
      WHERE known.passage = p.passage AND p.subject IN (known.part, known.total)
    )
)

SELECT
  'prose_sum' AS check_key,
  t.document_id,
  words || CASE kind WHEN 'delta' THEN '增减额' WHEN 'count' THEN '个数' ELSE '' END || '＝' || parts AS target,
  figure AS stated,
  if(is_complete, parts_sum, NULL) AS computed,
  t.half + s.half AS tolerance,
  amount_yuan IS NOT NULL AS is_money,
  MAP { 'terms': terms, 'unit': unit } AS details,
  [line_no] || lines AS line_nos,
  CASE
    WHEN is_complete AND is_open AND parts_sum < figure THEN 'pass'
    WHEN
      is_complete AND beside.claim_no IS NOT NULL
      AND if(kind = 'delta', abs(figure - parts_sum), figure - parts_sum) > t.half + s.half
      THEN 'missing'
  END AS status_override,
  claim_figure(t.claim_no) AS stated_figure,
  part_figures AS computed_from
FROM totals AS t
JOIN sums AS s ON (s.document_id, s.total_no, s.sum_no) = (t.document_id, t.claim_no, t.sum_no)
LEFT JOIN beside ON (beside.document_id, beside.claim_no, beside.sum_no) = (t.document_id, t.claim_no, t.sum_no)
WHERE part_count > 1
QUALIFY is_complete OR NOT bool_or(is_complete) OVER (PARTITION BY t.document_id, t.claim_no)
