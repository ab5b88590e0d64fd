-- What was budgeted and what was spent on an item, year by year?
-- Grain: unit, whom its documents cover, fiscal year and item of the table of expenditure, its total too; add up one
-- level at a time. Caveat: of several documents of one unit, year and kind the one that counts is taken. The execution
-- rate is of the budget as published, without what was added during the year. What a document prints twice with two
-- amounts is left out. `counts` leaves out of sums over units what another document has too.
WITH chosen AS (
  SELECT
    document_id,
    comparable_name(unit_name) AS unit,
    unit_name,
    coalesce(regexp_extract(title, spec('analyses.scope'), 1), '') AS scope,
    fiscal_year,
    document_kind,
    coalesce(p.counts, documents.counts) AS counts
  FROM documents
  JOIN document_parts AS p USING (document_id)
  WHERE part = 'expenditure' AND unit_name IS NOT NULL AND fiscal_year IS NOT NULL
  QUALIFY
    row_number() OVER (
      PARTITION BY comparable_name(unit_name), scope, fiscal_year, document_kind
      ORDER BY coalesce(p.counts, documents.counts) DESC, document_id
    ) = 1
),

items AS (
  SELECT
    document_id,
    item_code,
    any_value(item_level) AS item_level,
    any_value(item_name) AS item_name,
    any_value(amount_yuan) AS amount,
    min(line_no) AS line_no
  FROM budget_lines
  WHERE
    table_key = 'expenditure' AND measure = 'total' AND organisation IS NULL AND (item_code <> '' OR is_total)
  GROUP BY ALL
  HAVING min(amount_yuan) = max(amount_yuan)
)

SELECT
  any_value(unit_name) AS unit_name,
  scope,
  fiscal_year,
  any_value(item_level) AS item_level,
  item_code,
  any_value(item_name) AS item_name,
  any_value(amount) FILTER (document_kind = 'budget') AS budget_yuan,
  any_value(amount) FILTER (document_kind = 'final_accounts') AS actual_yuan,
  share_of(actual_yuan, budget_yuan) AS execution_rate,
  any_value(document_id) FILTER (document_kind = 'budget') AS budget_document_id,
  any_value(line_no) FILTER (document_kind = 'budget') AS budget_line_no,
  any_value(document_id) FILTER (document_kind = 'final_accounts') AS actual_document_id,
  any_value(line_no) FILTER (document_kind = 'final_accounts') AS actual_line_no,
  bool_and(counts) AS counts
FROM chosen JOIN items USING (document_id)
GROUP BY unit, scope, fiscal_year, item_code
ORDER BY unit_name, scope, item_code, fiscal_year
