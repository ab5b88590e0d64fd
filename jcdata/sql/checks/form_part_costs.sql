-- Is the cost of a thing in an indicator that of the same thing in the overview?
-- One row per indicator in money whose name (without 费用) stands in the overview directly before an amount, both of a
-- whole and not of one of many.
WITH costs AS (
  SELECT
    *,
    regexp_replace(regexp_replace(level3, '[（(].*[)）]$', ''), spec('checking.cost_words'), '') AS stem,
    regexp_escape(stem) || spec('checking.amount_of_it') AS pattern,
    TRY_CAST(coalesce(value_max, value_min) * yuan_of(split_part(unit, '/', 1)) AS DECIMAL(24, 6)) AS cost
  FROM indicators
  WHERE value_kind = 'money' AND NOT is_truncated AND regexp_full_match(unit, spec('checking.cost_unit'))
  QUALIFY row_number() OVER (PARTITION BY document_id, form_no, level3, value_text ORDER BY line_no) = 1
),

found AS (
  SELECT
    c.*,
    p.line_no AS phrase_line,
    stem || regexp_extract(phrase, pattern, 1) AS said,
    regexp_extract(phrase, pattern, 2) AS digits,
    yuan_of(regexp_extract(phrase, pattern, 3)) AS said_unit
  FROM costs AS c
  JOIN form_phrases AS p USING (document_id, form_no)
  WHERE length(stem) >= 6 AND p.field = '项目概况' AND regexp_matches(phrase, pattern)
)

SELECT
  'form_part_cost' AS check_key,
  document_id,
  words || ' ' || level3 AS target,
  cost AS stated,
  TRY_CAST(TRY_CAST(digits AS DECIMAL(24, 6)) * said_unit AS DECIMAL(24, 6)) AS computed,
  half_of_said(regexp_matches(said, spec('checking.about') || digits), digits, said_unit) AS tolerance,
  TRUE AS is_money,
  MAP { 'printed': value_text, 'said': said } AS details,
  [line_no, phrase_line] AS line_nos
FROM found
JOIN named_forms USING (document_id, form_no)
