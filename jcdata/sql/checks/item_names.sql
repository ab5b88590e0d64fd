-- Does each code stand beside the name that the classification gives it in the fiscal year? Codes that it does not
-- know are left out, and years before its reform of 2018. Grain: document, code and name as printed, and check. A name
-- of which something is left out is still that name; where none is known for the fiscal year, that of any year will do,
-- and another is no wrong one. The name of a project is its own, whatever code stands beside it.
WITH printed AS (
  SELECT
    document_id,
    fiscal_year,
    item_code AS code,
    item_name,
    name_key(item_name) AS printed_key,
    list(DISTINCT line_no) AS line_nos
  FROM budget_lines
  JOIN documents USING (document_id)
  JOIN table_sides USING (table_key, side)
  WHERE rows_are <> 'projects' AND item_code <> '' AND coalesce(fiscal_year, 2018) >= 2018
  GROUP BY ALL
),

named AS (
  SELECT
    kind,
    code,
    name,
    name_key(name) AS known_key,
    coalesce(first_year, 0) AS first,
    coalesce(last_year, 9999) AS last
  FROM known_items
),

owners AS (
  SELECT
    kind,
    known_key,
    min(code) AS owner
  FROM named
  GROUP BY ALL
),

compared AS (
  SELECT
    printed.*,
    kind,
    name,
    CASE WHEN printed_key = known_key THEN TRUE ELSE leaves_out(spelling(item_name), spelling(name)) END AS is_name,
    coalesce(fiscal_year BETWEEN first AND last, TRUE) AS is_in_year,
    is_in_year OR NOT bool_or(is_in_year) OVER (PARTITION BY document_id, code, item_name) AS may_be_used
  FROM printed JOIN named USING (code)
),

judged AS (
  SELECT
    document_id,
    kind,
    code,
    item_name,
    printed_key,
    line_nos,
    bool_or(is_name) AS is_own,
    bool_or(is_name AND may_be_used) AS is_right,
    string_agg(name, ' / ' ORDER BY name) FILTER (may_be_used) AS expected
  FROM compared
  GROUP BY ALL
  HAVING bool_or(is_in_year OR is_name)
)

SELECT
  check_key,
  document_id,
  '科目 ' || code || ' ' || item_name AS target,
  NULL AS stated,
  NULL AS computed,
  NULL AS tolerance,
  FALSE AS is_money,
  MAP {
    'expected': expected,
    'owner': owner,
    'verdict': if(is_own, 'the name of another year', 'a name that the classification does not give it'),
    'verdict_zh': if(is_own, '所印为其他年度的名称', '与分类科目所载名称不同')
  } AS details,
  line_nos,
  if(if(check_key = 'item_name', is_right, owner IS NULL), 'pass', 'fail') AS status_override
FROM judged
LEFT JOIN owners
  ON owners.kind = judged.kind AND owners.known_key = CASE WHEN NOT is_own THEN judged.printed_key END
CROSS JOIN (VALUES ('item_of_another_code'), ('item_name')) AS checks (check_key)
WHERE check_key = 'item_of_another_code' OR owner IS NULL
