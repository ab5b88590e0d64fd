-- What is each of the balances made of: by function, fund, project and year of origin?
-- Grain: document, balance, breakdown and item. Caveat: the breakdowns of a balance are the same money again, so add up
-- only one; an item without a name is what the document does not say. The prose's amounts are left out.
-- `counts` leaves out of sums over documents what another one has too.
WITH fund_rows AS (
  SELECT
    document_id,
    item_name,
    amount_yuan,
    line_no,
    regexp_full_match(item_name, spec('analyses.balance_fund')) AS is_fund,
    last_value(
      CASE WHEN regexp_full_match(item_name, spec('analyses.balance_fund')) THEN NULL ELSE item_name END IGNORE NULLS
    ) OVER (PARTITION BY document_id ORDER BY row_no, line_no) AS label
  FROM budget_lines
  WHERE
    table_key = 'fiscal_appropriation_balance'
    AND side = 'revenue'
    AND measure = 'total'
    AND organisation IS NULL
),

parts AS (
  SELECT
    document_id,
    'brought_in' AS balance,
    'function' AS breakdown,
    item_code,
    item_name,
    NULL::INTEGER AS form_no,
    amount_yuan,
    line_no,
    table_key AS part
  FROM budget_lines
  WHERE table_key = 'revenue' AND measure = 'carry_over' AND item_level = 3 AND organisation IS NULL
  UNION ALL
  SELECT
    document_id,
    'brought_in',
    'fund',
    '',
    item_name,
    NULL,
    amount_yuan,
    line_no,
    'fiscal_appropriation_balance'
  FROM fund_rows
  WHERE is_fund AND regexp_full_match(label, spec('analyses.brought_in'))
  UNION ALL
  SELECT
    document_id,
    'brought_in',
    'project',
    '',
    project_name,
    form_no,
    amount_yuan,
    line_no,
    'carry_over_projects'
  FROM projects
  WHERE funding = 'carry_over'
  UNION ALL
  SELECT
    document_id,
    'earlier_work',
    unnest(['function', 'project', 'origin_year']),
    unnest([item_code, '', '']),
    unnest([item_name, project_name, coalesce(origin_year::VARCHAR, '')]),
    unnest([NULL, form_no, NULL]),
    amount_yuan,
    line_no,
    'forms'
  FROM earlier_work
  WHERE stated_in = 'form'
)

SELECT
  document_id,
  fiscal_year,
  unit_name,
  document_kind,
  balance,
  breakdown,
  item_code,
  item_name,
  form_no,
  TRY_CAST(sum(amount_yuan) AS DECIMAL(18, 2)) AS amount_yuan,
  TRY_CAST(sum(sum(amount_yuan)) OVER (PARTITION BY document_id, balance, breakdown) AS DECIMAL(18, 2)) AS base_yuan,
  share_of(
    sum(amount_yuan), sum(sum(amount_yuan)) OVER (PARTITION BY document_id, balance, breakdown)
  ) AS share,
  min(line_no) AS line_no,
  any_value(coalesce(document_parts.counts, TRUE)) AS counts
FROM parts
JOIN documents USING (document_id)
LEFT JOIN document_parts USING (document_id, part)
GROUP BY document_id, fiscal_year, unit_name, document_kind, balance, breakdown, item_code, item_name, form_no
ORDER BY document_id, balance, breakdown, sum(amount_yuan) DESC, min(line_no)
