-- Does a form name as many companies as it counts?
-- One row per text of a form that counts companies once (拨付至5家公司) and names two or more. Fewer names than are counted
-- may be examples. Of names that end alike the shortest counts, as what stands before it belongs to the sentence.
WITH listed AS (
  SELECT
    document_id,
    form_no,
    field,
    list_distinct(list_transform(
      regexp_extract_all(text, spec('checking.company')),
      LAMBDA name: regexp_replace(name, spec('checking.before_company'), '')
    )) AS printed,
    list_distinct(regexp_extract_all(text, spec('checking.companies'), 2)) AS counts,
    regexp_extract(text, spec('checking.companies'), 1) AS said
  FROM form_fields
),

compared AS (
  SELECT
    * EXCLUDE (counts, printed),
    list_filter(
      printed, LAMBDA name: len(list_filter(printed, LAMBDA other: ends_with(name, other))) = 1
    ) AS names,
    coalesce(TRY_CAST(counts[1] AS INTEGER), strpos(spec('checking.numerals'), replace(counts[1], '两', '二'))) AS stated
  FROM listed
  WHERE len(counts) = 1 AND len(printed) > 1
),

lines AS (
  SELECT
    document_id,
    form_no,
    field,
    list(DISTINCT line_no ORDER BY line_no) AS line_nos
  FROM form_phrases
  WHERE regexp_matches(phrase, spec('checking.companies')) OR regexp_matches(phrase, spec('checking.company'))
  GROUP BY ALL
)

SELECT
  'form_names' AS check_key,
  document_id,
  words || ' ' || field AS target,
  stated,
  len(names) AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP {
    'said': said,
    'names': list_aggregate(
      list_sort(list_transform(names, LAMBDA name: '…' || right(name, 10))), 'string_agg', '、'
    )
  } AS details,
  line_nos,
  if(len(names) <= stated, 'pass', 'fail') AS status_override
FROM compared
JOIN lines USING (document_id, form_no, field)
JOIN named_forms USING (document_id, form_no)
