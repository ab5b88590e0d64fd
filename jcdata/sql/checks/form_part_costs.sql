-- Is the cost of a thing in an indicator that of the same thing in the overview?
-- One row per indicator in money whose name (without 费用) stands in the overview directly before an amount.
WITH costs AS (
  SELECT
    *,
    regexp_replace(regexp_replace(level3, '[（(].*[)）]$', ''), spec('checking.cost_words'), '') AS stem,
    TRY_CAST(coalesce(value_max, value_min) * yuan_of(unit) AS DECIMAL(24, 6)) AS cost
  FROM indicators
  WHERE value_kind = 'money' AND NOT is_truncated
  QUALIFY row_number() OVER (PARTITION BY document_id, form_no, level3, value_text ORDER BY line_no) = 1
),

found AS (
  SELECT
    c.*,
    p.line_no AS phrase_line,
    regexp_extract(
      phrase, regexp_escape(stem) || spec('checking.costs') || '(\d+(?:\.\d+)?)(?:万元|元)', 0
    ) AS said
  FROM costs AS c
  JOIN form_phrases AS p USING (document_id, form_no)
  WHERE length(stem) >= 6 AND p.field = '项目概况' AND contains(phrase, stem)
),

amounts AS (
  SELECT
    *,
    TRY_CAST(
      TRY_CAST(regexp_extract(said, '(\d+(?:\.\d+)?)\D+$', 1) AS DECIMAL(24, 6))
      * yuan_of(regexp_extract(said, '\d(\D+)$', 1)) AS DECIMAL(24, 6)
    ) AS amount
  FROM found
  WHERE said <> ''
)

SELECT
  'form_part_cost' AS check_key,
  document_id,
  words || ' ' || level3 AS target,
  cost AS stated,
  amount AS computed,
  50 AS tolerance,
  TRUE AS is_money,
  MAP { 'printed': value_text, 'said': said } AS details,
  [line_no, phrase_line] AS line_nos
FROM amounts
JOIN named_forms USING (document_id, form_no)
