-- How did a unit's money move over the years: its totals and each item, budget and actual side by side?
-- Grain: unit, scope, measure, item and fiscal year; of several documents of one year and kind one stands for a table,
-- first one that counts.
-- Caveat: budgets are planned, final accounts actual, as in `comparable_figures`;
-- NULL where no document of that kind is loaded. A department's years and a single unit's are two series. Items are the
-- same if their codes are, without codes if their names are; what a table prints twice with two amounts is left out.
-- `counts` leaves out what another document has too.
WITH figures AS (
  SELECT
    document_id,
    figure AS measure,
    table_key,
    figure AS place,
    '' AS item_code,
    '' AS item_name,
    NULL AS item_level,
    '' AS item,
    amount_yuan,
    line_no,
    counts
  FROM comparable_figures
  UNION ALL
  SELECT
    lines.document_id,
    'item',
    table_key,
    table_key,
    min(item_code),
    min(item_name),
    min(item_level),
    coalesce(nullif(item_code, ''), comparable_name(item_name)) AS item,
    any_value(amount_yuan),
    min(line_no),
    coalesce(bool_or(document_parts.counts), TRUE)
  FROM budget_lines AS lines
  LEFT JOIN document_parts ON (document_parts.document_id, part) = (lines.document_id, table_key)
  WHERE
    measure = 'total' AND organisation IS NULL AND (item_code <> '' OR NOT is_total)
    AND table_key IN ('expenditure', 'general_public_expenditure', 'three_public_expenses', 'agency_operating_expenses')
  GROUP BY lines.document_id, table_key, item
  HAVING min(amount_yuan) = max(amount_yuan)
),

standing AS (
  SELECT
    place,
    arg_min(document_id, (NOT figures.counts, document_id)) AS document_id,
    bool_or(figures.counts) AS counts
  FROM figures
  JOIN document_scopes AS s USING (document_id)
  GROUP BY unit, scope, fiscal_year, document_kind, place
),

chosen AS (
  SELECT
    figures.*,
    unit,
    unit_name,
    scope,
    fiscal_year,
    document_kind
  FROM figures
  JOIN document_scopes AS s USING (document_id)
  SEMI JOIN standing
    ON
      standing.document_id = figures.document_id
      AND standing.place = figures.place
      AND standing.counts = figures.counts
),

side_by_side AS (
  SELECT
    unit,
    scope,
    measure,
    place,
    item,
    fiscal_year,
    min(unit_name) AS unit_name,
    min(table_key) AS table_key,
    min(item_code) AS item_code,
    min(item_name) AS item_name,
    min(item_level) AS item_level,
    any_value(amount_yuan) FILTER (document_kind = 'budget') AS budget_yuan,
    any_value(amount_yuan) FILTER (document_kind = 'final_accounts') AS actual_yuan,
    any_value(document_id) FILTER (document_kind = 'budget') AS budget_document_id,
    any_value(line_no) FILTER (document_kind = 'budget') AS budget_line_no,
    any_value(document_id) FILTER (document_kind = 'final_accounts') AS actual_document_id,
    any_value(line_no) FILTER (document_kind = 'final_accounts') AS actual_line_no,
    bool_or(counts) AS counts
  FROM chosen
  GROUP BY ALL
),

last_items AS (
  SELECT
    unit,
    scope,
    place,
    item,
    arg_max(item_name, fiscal_year) AS last_item_name
  FROM side_by_side
  GROUP BY ALL
),

last_units AS (
  SELECT
    unit,
    arg_max(unit_name, fiscal_year) AS last_unit_name
  FROM side_by_side
  GROUP BY ALL
)

SELECT
  last_unit_name AS unit_name,
  scope,
  measure,
  table_key,
  item_code,
  last_item_name AS item_name,
  item_level,
  fiscal_year,
  budget_yuan,
  actual_yuan,
  share_of(actual_yuan, budget_yuan) AS execution_rate,
  budget_document_id,
  budget_line_no,
  actual_document_id,
  actual_line_no,
  counts
FROM side_by_side
JOIN last_items USING (unit, scope, place, item)
JOIN last_units USING (unit)
ORDER BY unit_name, scope, measure, table_key, item_code, item_name, fiscal_year
