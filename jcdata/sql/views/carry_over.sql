-- How much of the year's money pays for earlier years: carried over openly, and hidden as arrears in this year's
-- projects (尾款, 未支付)?
-- Grain: item or project. Caveat: the functional items (of `revenue`) and the projects (of `carry_over_projects`) of
-- `carried_over` are the same money seen twice; `is_repeated` marks the projects where there are items, so that nobody
-- adds both. share_of_total is the share of the year's total expenditure.
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
    line_no,
    funding || '_projects'
  FROM projects
  WHERE funding = 'carry_over'
  UNION ALL
  SELECT
    a.document_id,
    'arrears',
    '',
    '',
    f.project_name,
    a.amount_yuan,
    a.line_no,
    'forms'
  FROM arrears AS a JOIN performance_forms AS f ON (f.document_id, f.form_no) = (a.document_id, a.form_no)
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
  share_of(amount_yuan, total_yuan) AS share_of_total,
  kind = 'carried_over'
  AND project_name <> ''
  AND bool_or(item_name <> '') OVER (PARTITION BY document_id, fiscal_year, unit_name) AS is_repeated,
  line_no,
  coalesce(document_parts.counts, TRUE) AS counts
FROM parts
JOIN documents USING (document_id)
LEFT JOIN totals USING (document_id)
LEFT JOIN document_parts USING (document_id, part)
ORDER BY document_id, kind DESC, amount_yuan DESC, line_no
