-- Is the year that a heading or a date of the prose says that of the document?
-- One row per heading of a chapter that names a year beside 预算 or 决算, and in final accounts per day to which things are
-- counted (截至2024年12月31日).
WITH said AS (
  SELECT
    document_id,
    line_no,
    regexp_replace(text, '\s', '', 'g') AS words,
    regexp_extract(words, spec('checking.chapter_year'), 1) AS year
  FROM source_lines
  WHERE regexp_matches(words, spec('checking.chapter_year'))
  UNION ALL
  SELECT
    document_id,
    min(line_no),
    regexp_extract(sentence, spec('checking.counted_on')),
    regexp_extract(sentence, spec('checking.counted_on'), 1) AS year
  FROM claims
  SEMI JOIN (
    FROM documents
    WHERE document_kind = 'final_accounts'
  ) USING (document_id)
  WHERE regexp_matches(sentence, spec('checking.counted_on'))
  GROUP BY ALL
)

SELECT
  'stated_year' AS check_key,
  document_id,
  first(words ORDER BY line_no) AS target,
  year::INTEGER AS stated,
  fiscal_year AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  list(line_no ORDER BY line_no) AS line_nos
FROM said
JOIN documents USING (document_id)
GROUP BY document_id, words, year, fiscal_year
