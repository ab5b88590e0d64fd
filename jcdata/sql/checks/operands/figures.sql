-- Every figure of the statutory tables, with what identities call its row. Grain: printed figure.
-- The first pattern that matches a row's name decides its kind; of the sources of revenue the rows below the carry-over
-- say which fund it belongs to. Categories of expenditure get the code that their name has elsewhere.
-- Columns: those of `budget_lines` that say where the figure stands, with `amount` (yuan), `row_role` (total, item,
-- project, unit, source, or a role of identities.toml), `row_key` (the code, role or key by which an identity finds the
-- row), `label` (code and name, for messages), `rows_are` (what the rows of its table are), `step` (yuan of one unit
-- in the last printed place), `part_of` (the measure of the 小计 beside it under the same heading, of which it is a
-- part), `has_other` (whether its row also has money of which it is not known what it is, or its table what could not
-- be read) and `is_unknown_category` (whether it stands among categories of expenditure under a name that none has, so
-- that it may be a part of one, or a total).
WITH others AS (
  SELECT DISTINCT
    document_id,
    table_key,
    side,
    row_no
  FROM budget_lines
  WHERE measure = 'other' AND amount_yuan <> 0
  UNION
  SELECT
    line.document_id,
    line.table_key,
    line.side,
    line.row_no
  FROM budget_lines AS line
  JOIN table_occurrences AS t USING (document_id, table_key)
  JOIN unrecognised_lines AS u ON u.document_id = t.document_id AND u.line_no BETWEEN t.first_line AND t.last_line
),

subtotals AS (
  SELECT
    document_id,
    table_key,
    side,
    row_no,
    regexp_extract(heading, '^(.+ / )[^/]+$', 1) AS path,
    min(measure) AS measure
  FROM budget_lines
  WHERE path <> '' AND is_bare_total(regexp_extract(heading, '[^/ ]+$'))
  GROUP BY ALL
),

parts AS (
  SELECT
    part.document_id,
    part.table_key,
    part.side,
    part.row_no,
    part.measure,
    max_by(whole.measure, length(path)) AS part_of
  FROM subtotals AS whole JOIN budget_lines AS part USING (document_id, table_key, side, row_no)
  WHERE starts_with(part.heading, path) AND part.measure <> whole.measure
  GROUP BY ALL
),

named AS (
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

categories AS (  -- by their names of all years
  SELECT DISTINCT regexp_replace(name_key(name), spec('classification.name_ending'), '') AS name
  FROM known_items
  WHERE kind = 'functional' AND level = 1
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
    printed_unit(amount_text, amount_yuan) AS unit,
    part_of,
    others.row_no IS NOT NULL AS has_other
  FROM budget_lines AS line
  JOIN table_sides USING (table_key, side)
  LEFT JOIN kinds USING (table_key, side, item_name)
  LEFT JOIN parts USING (document_id, table_key, side, row_no, measure)
  LEFT JOIN others USING (document_id, table_key, side, row_no)
  WHERE
    organisation IS NULL AND measure <> 'other'
    AND NOT coalesce(measure IN ('basic', 'project') AND part_of <> 'total', FALSE)  -- of one source of money only
),

funds AS (  -- where the rows of the carry-over begin, and whether the current year has a total of its own
  SELECT
    document_id,
    table_key,
    side,
    min(row_no) FILTER (role = 'carried_in') AS carried_row,
    bool_or(role = 'current_total') AS has_current
  FROM named_figures
  WHERE role IN ('carried_in', 'current_total')
  GROUP BY ALL
),

units AS (
  SELECT
    document_id,
    table_key,
    max(unit) AS of_table
  FROM named_figures
  GROUP BY ALL
),

document_units AS (
  SELECT
    document_id,
    max(of_table) AS of_document
  FROM units
  GROUP BY ALL
),

kept AS (  -- a total that a balance prints beside each of its classifications is one
  SELECT *
  FROM named_figures
  WHERE NOT is_total OR rows_are NOT IN ('sources', 'categories')
  UNION ALL
  SELECT *
  FROM named_figures
  WHERE is_total AND rows_are IN ('sources', 'categories')
  QUALIFY
    row_number() OVER (PARTITION BY document_id, table_key, side, line_no, item_name, measure ORDER BY row_no) = 1
),

ordered AS (
  SELECT
    kept.*,
    coalesce(row_no >= carried_row, FALSE) AS is_carried,
    role = 'total' AND coalesce(has_current, FALSE) AS is_grand,
    coalesce(unit, of_table, of_document, 0) AS known_unit
  FROM kept
  LEFT JOIN funds USING (document_id, table_key, side)
  LEFT JOIN units USING (document_id, table_key)
  LEFT JOIN document_units USING (document_id)
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
  CASE
    WHEN role = 'source' AND is_carried THEN 'carried_source'
    WHEN is_grand THEN 'grand_total'
    ELSE role
  END AS row_role,
  CASE
    WHEN is_grand THEN 'grand_total'
    WHEN role = 'source' AND is_carried THEN 'carried_' || coalesce(kind[2], 'other')
    WHEN kind IS NOT NULL THEN kind[2]
    WHEN role = 'item' THEN coalesce(nullif(item_code, ''), code, item_name)
    ELSE role
  END AS row_key,
  trim(coalesce(nullif(item_code, ''), if(rows_are = 'categories', code, NULL), '') || ' ' || item_name) AS label,
  step_of_unit(amount_text, known_unit) AS step,
  part_of,
  has_other,
  rows_are = 'categories' AND role = 'item' AND coalesce(nullif(item_code, ''), code) IS NULL
  AND (
    regexp_replace(name_key(item_name), spec('classification.name_ending'), '') NOT IN (FROM categories)
    OR regexp_full_match(item_name, spec('checking.any_name'))
  )
    AS is_unknown_category
FROM ordered LEFT JOIN codes USING (document_id, item_name)
