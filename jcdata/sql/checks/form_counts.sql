-- Does a text of a form count as many as the indicator that is named most like it?
-- One row per counted indicator and number, where a phrase of a text has three quarters of the pairs of characters of
-- the indicator's name and numbers with its measure word: 6座桥梁、3座隧道 are nine. An indicator of which the check of
-- goals compares a number is left out, and a number of more than nine digits counts nothing. A lower bound is
-- contradicted by less, or by ten times as much.
WITH counted AS (
  SELECT
    document_id,
    form_no,
    level3,
    value_text,
    unit,
    line_no,
    TRY_CAST(value_min AS DECIMAL(13, 4)) * if(starts_with(unit, '万'), 10000, 1) AS low,
    TRY_CAST(value_max AS DECIMAL(13, 4)) * if(starts_with(unit, '万'), 10000, 1) AS high,
    translate(ltrim(unit, '万'), spec('checking.measure_words'), spec('checking.same_measure')) AS measure,
    regexp_replace(counted_name(level3), spec('checking.idle_words'), '', 'g') AS stem
  FROM indicators
  WHERE value_kind = 'quantity' AND NOT is_truncated
  QUALIFY row_number() OVER (PARTITION BY document_id, form_no, level3, value_text ORDER BY line_no) = 1
),

-- Each number of a phrase with its measure word
numbers AS (
  SELECT
    * EXCLUDE (printed),
    TRY_CAST(regexp_extract(printed, '^[\d.]+') AS DECIMAL(13, 4)) * if(contains(printed, '万'), 10000, 1) AS figure,
    translate(right(printed, 1), spec('checking.measure_words'), spec('checking.same_measure')) AS measure
  FROM (
    SELECT
      document_id,
      form_no,
      field,
      place,
      phrase,
      line_no AS phrase_line,
      unnest(regexp_extract_all(
        regexp_replace(phrase, spec('checking.uncounted'), '', 'g'), '\d+(?:\.\d+)?万?[余多]?\p{Han}'
      )) AS printed
    FROM form_phrases
  )
),

measured AS (
  SELECT
    document_id,
    form_no,
    field,
    place,
    phrase,
    phrase_line,
    measure,
    list(DISTINCT figure) AS figures,
    sum(figure) AS figure
  FROM numbers
  GROUP BY ALL
  HAVING count(*) = count(figure)
),

-- The indicators of which the check of goals compares a number
of_goals AS (
  SELECT
    c.document_id,
    c.form_no,
    c.level3,
    c.unit
  FROM counted AS c
  JOIN form_numbers AS n
    ON
      n.document_id = c.document_id
      AND n.form_no = c.form_no
      AND right(n.lead, 4) = right(counted_name(c.level3), 4)
  WHERE
    starts_with(n.trail, c.unit)
    AND NOT regexp_matches(substr(n.trail, length(c.unit) + 1), spec('checking.other_unit'))
),

found AS (
  SELECT
    c.*,
    field,
    phrase,
    phrase_line,
    figure,
    list_append(figures, figure) AS may_be
  FROM counted AS c
  JOIN measured USING (document_id, form_no, measure)
  ANTI JOIN of_goals USING (document_id, form_no, level3, unit)
  WHERE (low IS NOT NULL OR high IS NOT NULL) AND len(pairs_of(stem)) >= 6 AND share_found(stem, phrase) >= 0.75
),

judged AS (
  SELECT
    *,
    len(list_filter(may_be, LAMBDA f: f >= coalesce(low, f) AND if(high IS NULL, f < 10 * low, f <= high))) > 0
      AS agrees
  FROM found
)

SELECT
  'form_count' AS check_key,
  document_id,
  words || ' ' || level3 AS target,
  nearest_bound(figure, low, high) AS stated,
  figure AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP {
    'printed': any_value(value_text), 'fields': string_agg(DISTINCT field, '、' ORDER BY field),
    'phrase': first(phrase ORDER BY phrase_line, phrase)
  } AS details,
  [line_no, min(phrase_line)] AS line_nos,
  if(agrees, 'pass', 'fail') AS status_override
FROM judged
JOIN named_forms USING (document_id, form_no)
GROUP BY document_id, words, level3, low, high, figure, agrees, line_no
