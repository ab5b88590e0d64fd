-- Every figure of the statutory tables, with what identities call its row. Grain: printed figure.
-- The first pattern that matches a row's name decides its kind; of the sources of revenue the rows below the carry-over
-- say which fund it belongs to. Categories of expenditure get the code that their name has elsewhere.
-- Columns: those of `budget_lines` that say where the figure stands, with `amount` (yuan), `row_role` (total, item,
-- project, unit, source, or a role of identities.toml), `row_key` (the code, role or key by which an identity finds the
-- row), `label` (code and name, for messages), `rows_are` (what the rows of its table are) and `step` (yuan of one unit
-- in the last printed place).
WITH named AS (
  SELECT DISTINCT
    table_key,
    side,
    item_name
  FROM budget_lines JOIN table_sides USING (table_key, side)
  WHERE item_code = '' OR rows_are = 'economic_items'
),

kinds AS (
  SELECT
    named.*,
    arg_min((role, key), kind_no) AS kind
  FROM named JOIN row_kinds USING (table_key, side)
  WHERE regexp_full_match(item_name, pattern)
  GROUP BY ALL
),

codes AS (
  SELECT
    document_id,
    item_name,
    min(item_code) AS code
  FROM budget_lines JOIN table_sides USING (table_key, side)
  WHERE item_level = 1 AND rows_are = 'functional_items'
  GROUP BY ALL
),

named_figures AS (
  SELECT
    line.* EXCLUDE (amount_yuan),
    rows_are,
    amount_yuan::DECIMAL(24, 6) AS amount,
    kind,
    coalesce(kind[1], if(is_total, 'total', CASE rows_are
      WHEN 'projects' THEN 'project'
      WHEN 'units' THEN 'unit'
      WHEN 'sources' THEN 'source'
      ELSE 'item'
    END)) AS role,
    printed_unit(amount_text, amount_yuan) AS unit
  FROM budget_lines AS line
  JOIN table_sides USING (table_key, side)
  LEFT JOIN kinds USING (table_key, side, item_name)
  WHERE organisation IS NULL AND measure <> 'other'
),

ordered AS (
  SELECT
    *,
    bool_or(role = 'carried_in') OVER (PARTITION BY document_id, table_key, side ORDER BY row_no) AS is_carried,
    coalesce(unit, max(unit) OVER (PARTITION BY document_id, table_key), max(unit) OVER (PARTITION BY document_id), 0)
      AS known_unit
  FROM named_figures
)

SELECT
  document_id,
  table_key,
  table_no,
  side,
  rows_are,
  row_no,
  is_total,
  item_code,
  item_name,
  item_level,
  measure,
  amount,
  line_no,
  if(role = 'source' AND is_carried, 'carried_source', role) AS row_role,
  CASE
    WHEN role = 'source' AND is_carried THEN 'carried_' || coalesce(kind[2], 'other')
    WHEN kind IS NOT NULL THEN kind[2]
    WHEN role = 'item' THEN coalesce(nullif(item_code, ''), code, item_name)
    ELSE role
  END AS row_key,
  trim(coalesce(nullif(item_code, ''), if(rows_are = 'categories', code, NULL), '') || ' ' || item_name) AS label,
  step_of_unit(amount_text, known_unit) AS step
FROM ordered LEFT JOIN codes USING (document_id, item_name)
