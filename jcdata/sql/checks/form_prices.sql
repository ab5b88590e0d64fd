-- Do the price of one and the number of them come to the money of the project?
-- One row per form with a single price of one (人均, 每座) that is no lower bound, and a single exact number with the
-- measure word of it. What costs more than that for other things is not said by the form.
WITH promised AS (
  SELECT DISTINCT ON (document_id, form_no, level3, value_text)
    *,
    translate(unit, spec('checking.measure_words'), spec('checking.same_measure')) AS measure
  FROM indicators
  WHERE NOT is_truncated
  ORDER BY document_id, form_no, level3, value_text, line_no
),

prices AS (
  FROM promised
  WHERE
    value_kind = 'money' AND value_max IS NOT NULL AND regexp_matches(level3, spec('checking.price_of_one'))
    AND NOT regexp_matches(level3, spec('checking.price_of_both'))
  QUALIFY count(*) OVER (PARTITION BY document_id, form_no) = 1
),

counts AS (
  FROM promised
  WHERE value_kind = 'quantity'
  QUALIFY count(*) OVER (PARTITION BY document_id, form_no, measure) = 1
),

products AS (
  SELECT
    p.document_id,
    p.form_no,
    p.level3,
    p.value_text,
    c.value_text AS number,
    [p.line_no, c.line_no] AS line_nos,
    TRY_CAST(
      TRY_CAST(
        TRY_CAST(p.value_max AS DECIMAL(20, 4))
        * yuan_of(split_part(p.unit, '/', 1)) AS DECIMAL(20, 2)
      )
      * TRY_CAST(c.value_min AS DECIMAL(18, 2)) AS DECIMAL(18, 2)
    ) AS amount
  FROM prices AS p
  JOIN counts AS c USING (document_id, form_no)
  WHERE
    c.value_min = c.value_max
    AND starts_with(
      translate(
        regexp_replace(p.level3, spec('checking.each'), ''),
        spec('checking.measure_words'), spec('checking.same_measure')
      ),
      c.measure
    )
    AND (regexp_full_match(p.unit, spec('checking.cost_unit')) OR regexp_replace(p.measure, '^[^/]+/', '') = c.measure)
)

SELECT
  'form_price' AS check_key,
  document_id,
  words || ' ' || level3 AS target,
  annual_total_yuan AS stated,
  amount AS computed,
  50 AS tolerance,
  TRUE AS is_money,
  MAP { 'price': value_text, 'number': number } AS details,
  list_append(line_nos, first_line) AS line_nos,
  if(amount >= annual_total_yuan, 'pass', NULL) AS status_override
FROM products
JOIN named_forms USING (document_id, form_no)
