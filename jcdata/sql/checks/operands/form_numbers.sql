-- The numbers in the running text of the forms with the words around each. Grain: form, field and number.
-- Columns: `document_id`, `form_no`, `field` and `is_of_a_step` as in `form_fields`, `place` (1 for the first number of
-- the field), `figure`, `lead` and `trail` (up to 30 characters before and after it, as far as the next number),
-- `line_no` (the first line of the form if the words are not found in it).
WITH pieces AS (
  SELECT
    document_id,
    form_no,
    field,
    is_of_a_step,
    regexp_extract_all(text, '\d+(?:\.\d+)?') AS figures,
    regexp_split_to_array(text, '\d+(?:\.\d+)?') AS words
  FROM form_fields
),

found AS (
  SELECT
    document_id,
    form_no,
    field,
    is_of_a_step,
    i AS place,
    figures[i] AS printed,
    right(words[i], 30) AS lead,
    left(words[i + 1], 30) AS trail
  FROM pieces, unnest(range(1, len(figures) + 1)) AS places (i)
)

SELECT
  n.* EXCLUDE (printed),
  TRY_CAST(printed AS DECIMAL(24, 6)) AS figure,
  coalesce(line_of(whole, starts, numbers, right(lead, 6) || printed || left(trail, 6)), first_line) AS line_no
FROM found AS n
JOIN performance_forms USING (document_id, form_no)
LEFT JOIN form_lines USING (document_id, form_no)
