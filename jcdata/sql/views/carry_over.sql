-- How much of the year's money pays for earlier years: carried over openly, and hidden as arrears in this year's
-- projects (尾款, 未支付)?
-- Grain: item or project. Caveat: the two kinds are two balances, last year's money and this year's, and never to be
-- added. The functional items (of `revenue`) and the projects (of `carry_over_projects`) of `carried_over` are the same
-- money seen twice; `is_repeated` marks the projects where there are items, so that nobody adds both. Where a document
-- prints neither, its one line of the balance stands here. share_of_total is of `base_yuan`, the year's expenditure.
-- `counts` leaves out of sums over documents what another one has too.
WITH totals AS (
  SELECT
    document_id,
    max(amount_yuan) AS total_yuan
  FROM budget_lines
  WHERE table_key = 'expenditure' AND is_total AND measure = 'total' AND organisation IS NULL
  GROUP BY ALL
),

parts AS (
  SELECT
    document_id,
    'carried_over' AS kind,
    item_code,
    item_name,
    '' AS project_name,
    amount_yuan,
    NULL AS origin_year,
    line_no,
    table_key AS part
  FROM budget_lines
  WHERE table_key = 'revenue' AND measure = 'carry_over' AND item_level = 3 AND organisation IS NULL
  UNION ALL
  SELECT
    document_id,
    'carried_over',
    '',
    '',
    project_name,
    amount_yuan,
    NULL,
    line_no,
    funding || '_projects'
  FROM projects
  WHERE funding = 'carry_over'
  UNION ALL
  SELECT
    document_id,
    'arrears',
    '',
    '',
    project_name,
    amount_yuan,
    origin_year,
    line_no,
    'forms'
  FROM earlier_work
  WHERE stated_in = 'form'
),

with_balance AS (
  FROM parts
  UNION ALL
  SELECT
    document_id,
    'carried_over',
    '',
    label,
    '',
    amount_yuan,
    NULL,
    line_no,
    part
  FROM carry_over_balances
  WHERE
    balance = 'brought_in'
    AND amount_yuan > 0
    AND document_id NOT IN (
      SELECT document_id
      FROM parts
      WHERE kind = 'carried_over'
    )
)

SELECT
  document_id,
  fiscal_year,
  unit_name,
  document_kind,
  kind,
  item_code,
  item_name,
  project_name,
  amount_yuan,
  total_yuan AS base_yuan,
  share_of(amount_yuan, total_yuan) AS share_of_total,
  kind = 'carried_over'
  AND project_name <> ''
  AND bool_or(item_name <> '') OVER (PARTITION BY document_id, fiscal_year, unit_name) AS is_repeated,
  origin_year,
  line_no,
  coalesce(document_parts.counts, TRUE) AS counts
FROM with_balance
JOIN documents USING (document_id)
LEFT JOIN totals USING (document_id)
LEFT JOIN document_parts USING (document_id, part)
ORDER BY document_id, kind DESC, amount_yuan DESC, line_no
