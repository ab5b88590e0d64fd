-- How much money does the year begin with, how much of its own pays for earlier years, and how much does it leave over?
-- Grain: document and balance, all of them, with the `status` of what is not printed: that is not the same as nothing.
-- Caveat: the balances are never to be added: what is brought in is last year's money, earlier years' work is paid from
-- this year's, and what the prose says of it may be either. An amount is the first that is printed, a total before the
-- prose; a statement of the fiscal appropriation alone (`fiscal_appropriation_balance`) comes last.
-- `counts` leaves out of sums over documents what another one has too.
WITH balances (balance_no, balance) AS (
  VALUES
  (1, 'brought_in'),
  (2, 'earlier_work'),
  (3, 'earlier_work_prose'),
  (4, 'carried_out')
),

labelled AS (
  SELECT
    document_id,
    CASE WHEN side = 'revenue' THEN 'brought_in' ELSE 'carried_out' END AS balance,
    CASE WHEN table_key = 'overall_balance' THEN 2 ELSE 7 END AS preference,
    table_key AS part,
    item_name AS label,
    -- Two labels of one kind are one amount only where one is the sum of the others
    CASE
      WHEN count(*) OVER labels = 1 OR 2 * max(amount_yuan) OVER labels = sum(amount_yuan) OVER labels THEN amount_yuan
    END AS amount_yuan,
    line_no
  FROM budget_lines
  WHERE
    table_key IN ('overall_balance', 'fiscal_appropriation_balance')
    AND measure = 'total'
    AND organisation IS NULL
    AND (
      side = 'revenue' AND regexp_full_match(item_name, spec('analyses.brought_in'))
      OR side = 'expenditure' AND regexp_full_match(item_name, spec('analyses.carried_out'))
    )
  WINDOW labels AS (PARTITION BY document_id, table_key, side)
),

columns_of_tables (table_key, side, measure, balance, preference) AS (
  VALUES
  ('revenue', '', 'carry_over', 'brought_in', 1),
  ('overall_balance', 'expenditure', 'carry_over', 'brought_in', 3),
  ('expenditure', '', 'carry_over', 'brought_in', 4),
  ('revenue', '', 'carried_forward', 'carried_out', 1)
),

stated AS (
  FROM labelled
  UNION ALL
  SELECT
    document_id,
    balance,
    preference,
    table_key,
    item_name,
    amount_yuan,
    line_no
  FROM budget_lines JOIN columns_of_tables USING (table_key, side, measure)
  WHERE is_total AND organisation IS NULL
  UNION ALL
  SELECT
    document_id,
    'brought_in',
    5,
    'carry_over_projects',
    '',
    TRY_CAST(sum(amount_yuan) AS DECIMAL(18, 2)),
    min(line_no)
  FROM projects
  WHERE funding = 'carry_over'
  GROUP BY ALL
  UNION ALL
  SELECT
    document_id,
    CASE WHEN regexp_full_match(subject, spec('analyses.brought_in')) THEN 'brought_in' ELSE 'carried_out' END
      AS balance,
    6,
    'prose',
    any_value(subject),
    CASE WHEN min(amount_yuan) = max(amount_yuan) THEN min(amount_yuan) END,
    min(line_no)
  FROM claims
  WHERE
    kind = 'amount'
    AND basis <> 'prior_year'
    AND NOT in_reason
    AND (
      regexp_full_match(subject, spec('analyses.brought_in'))
      OR regexp_full_match(subject, spec('analyses.carried_out'))
    )
  GROUP BY ALL
  UNION ALL
  SELECT
    document_id,
    CASE WHEN stated_in = 'form' THEN 'earlier_work' ELSE 'earlier_work_prose' END AS balance,
    1,
    CASE WHEN stated_in = 'form' THEN 'forms' ELSE 'prose' END AS part,
    '',
    TRY_CAST(sum(amount_yuan) AS DECIMAL(18, 2)),
    min(line_no)
  FROM earlier_work
  GROUP BY ALL
),

first_stated AS (
  FROM stated
  QUALIFY
    row_number() OVER (
      PARTITION BY document_id, balance
      ORDER BY amount_yuan IS NULL, preference, amount_yuan DESC, line_no DESC
    ) = 1
),

totals AS (
  SELECT
    document_id,
    arg_min(amount_yuan, figure = 'expenditure') AS total_yuan
  FROM key_figures
  WHERE figure IN ('revenue', 'expenditure')
  GROUP BY ALL
),

last_years AS (
  SELECT
    d.document_id,
    CASE WHEN count(DISTINCT t.total_yuan) = 1 THEN min(t.total_yuan) END AS prior_yuan
  FROM documents AS d
  JOIN documents AS p
    ON (p.unit_name, p.document_kind, p.fiscal_year + 1) = (d.unit_name, d.document_kind, d.fiscal_year) AND p.counts
  JOIN totals AS t ON p.document_id = t.document_id
  GROUP BY ALL
),

said_of_last_year AS (
  SELECT
    document_id,
    CASE WHEN min(prior_yuan) = max(prior_yuan) THEN min(prior_yuan) END AS prior_yuan
  FROM growth
  WHERE basis = 'stated' AND regexp_full_match(subject, spec('analyses.revenue_total'))
  GROUP BY ALL
)

SELECT
  document_id,
  d.fiscal_year,
  d.unit_name,
  d.document_kind,
  b.balance,
  CASE
    WHEN s.document_id IS NULL THEN 'not_printed'
    WHEN s.amount_yuan IS NULL THEN 'unclear'
    ELSE 'printed'
  END AS status,
  s.amount_yuan,
  t.total_yuan AS base_yuan,
  share_of(s.amount_yuan, t.total_yuan) AS share_of_total,
  CASE WHEN b.balance = 'brought_in' THEN coalesce(l.prior_yuan, g.prior_yuan) END AS prior_yuan,
  CASE WHEN b.balance = 'brought_in' THEN share_of(s.amount_yuan, coalesce(l.prior_yuan, g.prior_yuan)) END
    AS share_of_prior,
  coalesce(s.part, '') AS part,
  coalesce(s.label, '') AS label,
  s.line_no,
  coalesce(parts.counts, d.counts) AS counts
FROM documents AS d
CROSS JOIN balances AS b
LEFT JOIN first_stated AS s USING (document_id, balance)
LEFT JOIN totals AS t USING (document_id)
LEFT JOIN last_years AS l USING (document_id)
LEFT JOIN said_of_last_year AS g USING (document_id)
LEFT JOIN document_parts AS parts USING (document_id, part)
ORDER BY document_id, b.balance_no
