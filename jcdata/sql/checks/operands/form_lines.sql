-- The lines of each form run together, to find where words of its texts stand. Grain: form.
-- Columns: `document_id`, `form_no`, `whole` (without white space and commas in figures), `starts` (the place in it
-- where each line begins), `numbers` (the number of each line).
WITH lines AS (
  SELECT
    f.document_id,
    f.form_no,
    s.line_no,
    joined_thousands(regexp_replace(s.text, '\s', '', 'g')) AS words
  FROM performance_forms AS f
  JOIN source_lines AS s ON s.document_id = f.document_id AND s.line_no BETWEEN f.first_line AND f.last_line
),

placed AS (
  SELECT
    *,
    1 + coalesce(sum(length(words)) OVER (
      PARTITION BY document_id, form_no ORDER BY line_no ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0) AS place
  FROM lines
  WHERE words <> ''
)

SELECT
  document_id,
  form_no,
  string_agg(words, '' ORDER BY line_no) AS whole,
  list(place ORDER BY line_no) AS starts,
  list(line_no ORDER BY line_no) AS numbers
FROM placed
GROUP BY ALL
