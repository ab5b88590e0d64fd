-- The running texts of the forms, cut at commas and full stops. Grain: form, field and phrase.
-- Columns: `document_id`, `form_no`, `field`, `place` (1 for the first phrase of the field), `phrase`, `line_no`
-- (where it or its first figure stands, the first line of the form if that is not found).
WITH phrases AS (
  SELECT
    document_id,
    form_no,
    field,
    generate_subscripts(cut, 1) AS place,
    unnest(cut) AS phrase
  FROM (
    SELECT
      *,
      regexp_split_to_array(text, spec('checking.phrase_end')) AS cut
    FROM form_fields
  )
)

SELECT
  document_id,
  form_no,
  field,
  place,
  phrase,
  coalesce(
    line_of(whole, starts, numbers, phrase),
    line_of(whole, starts, numbers, regexp_extract(phrase, '\D{0,8}\d.{0,12}')),
    line_of(whole, starts, numbers, regexp_extract(phrase, '\D{2,8}\d.{0,4}')),
    first_line
  ) AS line_no
FROM phrases
JOIN performance_forms USING (document_id, form_no)
LEFT JOIN form_lines USING (document_id, form_no)
WHERE phrase <> ''
