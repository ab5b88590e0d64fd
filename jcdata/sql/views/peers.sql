-- How does a unit stand among its peers: total expenditure, 三公 and operating expenses, money per head, vehicle and
-- square metre, each beside the median and quartiles of the units of its year?
-- Grain: unit, fiscal year, kind of document and measure; one document stands for a unit's year, first one that counts,
-- then a department's.
-- Caveat: peers are documents of one year, one kind (budget or final accounts) and one scope, a department's or a
-- unit's; whether they have like tasks is for the reader to choose. What is counted (people in service, vehicles and
-- buildings held) is what the document states once, of whatever day; where it states several numbers there is none.
-- Expenditure is that of `comparable_figures`.
-- `counts` leaves out of sums over documents what another one has too.
WITH wanted (measure, figure, per) AS (
  VALUES
  ('expenditure', 'expenditure', ''),
  ('three_public', 'three_public', ''),
  ('operating_expenses', 'operating_expenses', ''),
  ('expenditure_per_head', 'expenditure', 'head'),
  ('basic_per_head', 'basic', 'head'),
  ('operating_expenses_per_head', 'operating_expenses', 'head'),
  ('operating_expenses_per_square_metre', 'operating_expenses', 'square_metre'),
  ('vehicle_running_per_vehicle', 'vehicle_running', 'vehicle')
),

figures AS (
  SELECT
    document_id,
    figure,
    amount_yuan,
    line_no,
    counts
  FROM comparable_figures
  UNION ALL
  SELECT
    lines.document_id,
    'vehicle_running',
    any_value(amount_yuan),
    min(line_no),
    coalesce(bool_or(document_parts.counts), TRUE)
  FROM budget_lines AS lines
  LEFT JOIN document_parts ON (document_parts.document_id, part) = (lines.document_id, table_key)
  WHERE
    table_key = 'three_public_expenses' AND measure = 'total' AND organisation IS NULL
    AND regexp_full_match(item_name, spec('analyses.vehicle_running'))
  GROUP BY lines.document_id
  HAVING min(amount_yuan) = max(amount_yuan)
),

counted AS (
  SELECT
    document_id,
    'head' AS per,
    label,
    people::DECIMAL(18, 2) AS quantity,
    line_no
  FROM headcounts
  WHERE kind = 'in_service'
  UNION ALL
  SELECT
    document_id,
    CASE kind WHEN 'area' THEN 'square_metre' ELSE 'vehicle' END,
    label,
    quantity::DECIMAL(18, 2),
    line_no
  FROM assets
  WHERE
    status = 'held'
    AND (kind = 'vehicles' OR kind = 'area' AND regexp_full_match(unit, spec('analyses.square_metre')))
),

quantities AS (  -- of two groups of people the sum may be a third number
  SELECT
    document_id,
    per,
    any_value(quantity) AS quantity,
    min(line_no) AS quantity_line_no
  FROM counted
  GROUP BY ALL
  HAVING count(DISTINCT label || ' ' || quantity) = 1 AND min(quantity) > 0
),

measured AS (
  SELECT
    s.* EXCLUDE (counts),
    figures.counts,
    measure,
    amount_yuan,
    quantity,
    (amount_yuan / coalesce(quantity, 1))::DECIMAL(18, 2) AS value_yuan,
    line_no,
    quantity_line_no
  FROM document_scopes AS s
  JOIN figures USING (document_id)
  JOIN wanted USING (figure)
  LEFT JOIN quantities USING (document_id, per)
  WHERE per = '' OR quantity IS NOT NULL
  QUALIFY row_number() OVER (
    PARTITION BY unit, fiscal_year, document_kind, measure
    ORDER BY figures.counts DESC, scope = 'department' DESC, document_id
  ) = 1
)

SELECT
  document_id,
  fiscal_year,
  unit_name,
  document_kind,
  scope,
  measure,
  value_yuan,
  amount_yuan,
  quantity,
  rank() OVER (like_units ORDER BY value_yuan DESC)::INTEGER AS place,
  (count(*) OVER like_units)::INTEGER AS peer_count,
  (quantile_cont(value_yuan, 0.25) OVER like_units)::DECIMAL(18, 2) AS lower_quartile_yuan,
  (quantile_cont(value_yuan, 0.5) OVER like_units)::DECIMAL(18, 2) AS median_yuan,
  (quantile_cont(value_yuan, 0.75) OVER like_units)::DECIMAL(18, 2) AS upper_quartile_yuan,
  line_no,
  quantity_line_no,
  counts
FROM measured
WINDOW like_units AS (PARTITION BY fiscal_year, document_kind, scope, measure)
ORDER BY fiscal_year, document_kind, scope, measure, place, unit_name
