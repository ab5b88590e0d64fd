-- Do the goals and the overview of a form give the numbers that its indicators give?
-- One row per counted indicator and number, where the indicator's name, or at least its last four characters, stands in a
-- text of the form directly before a number of the same unit: 防汛抗旱业务骨干150人, 防汛抗旱业务骨干人数 100人. A bound (≥, ≤) is
-- contradicted only by a number beyond it.
WITH counted AS (
  SELECT *, regexp_replace(regexp_replace(level3, '[（(].*[)）]', ''), '(数量|人数|个数|次数|数)$', '') AS stem
  FROM indicators
  WHERE value_kind = 'quantity' AND NOT is_truncated AND regexp_full_match(unit, '\p{Han}+')
),
texts AS (
  UNPIVOT (SELECT document_id, form_no, overview AS 项目概况, period_goal AS 实施期目标, annual_goal AS 年度目标 FROM performance_forms)
  ON 项目概况, 实施期目标, 年度目标 INTO NAME field VALUE text
),
endings AS (
  SELECT c.*, field, text, regexp_escape(right(stem, size::INTEGER)) || '(\d+(?:\.\d+)?)' || unit || '(?:[^次以]|$)' AS pattern, size
  FROM counted AS c
  JOIN texts USING (document_id, form_no), unnest(range(4, length(stem) + 1)) AS sizes(size)
),
found AS (
  SELECT *, regexp_extract_all(text, pattern, 1) AS figures
  FROM endings
  WHERE len(figures) > 0
  QUALIFY size = max(size) OVER (PARTITION BY document_id, form_no, horizon, field, right(stem, 4))
),
compared AS (
  SELECT
    document_id, form_no, level3, any_value(value_text) AS printed, comparator,
    coalesce(value_min, value_max)::DECIMAL(24, 6) AS bound, figures[1]::DECIMAL(24, 6) AS figure,
    string_agg(DISTINCT field, '、' ORDER BY field) AS fields, min(line_no) AS line_no
  FROM found
  WHERE len(list_distinct(figures)) = 1
  GROUP BY ALL
)
SELECT
  'form_goal' AS check_key,
  document_id,
  words || ' ' || level3 AS target,
  bound AS stated,
  figure AS computed,
  0 AS tolerance,
  false AS is_money,
  MAP {'printed': printed, 'fields': fields} AS details,
  [line_no, first_line] AS line_nos,
  CASE
    WHEN comparator IN ('>=', '>') AND figure >= bound THEN 'pass'
    WHEN comparator IN ('<=', '<') AND figure <= bound THEN 'pass'
  END AS status_override
FROM compared
JOIN named_forms USING (document_id, form_no)
