-- The numbers in the running text of the forms with the words around each. Grain: form, field and number.
-- Columns: `document_id`, `form_no`, `field` (its Chinese name), `place` (1 for the first number of the field),
-- `figure`, `lead` and `trail` (up to 30 characters before and after it, as far as the next number).
WITH pieces AS (
  SELECT
    document_id,
    form_no,
    field,
    regexp_extract_all(text, '\d+(?:\.\d+)?') AS figures,
    regexp_split_to_array(text, '\d+(?:\.\d+)?') AS words
  FROM (UNPIVOT (
    SELECT
      document_id,
      form_no,
      overview AS 项目概况,
      period_goal AS 实施期目标,
      annual_goal AS 年度目标
    FROM performance_forms
  )
  ON 项目概况, 实施期目标, 年度目标 INTO NAME field VALUE text)
)

SELECT
  document_id,
  form_no,
  field,
  i AS place,
  TRY_CAST(figures[i] AS DECIMAL(24, 6)) AS figure,
  right(words[i], 30) AS lead,
  left(words[i + 1], 30) AS trail
FROM pieces, unnest(range(1, len(figures) + 1)) AS places (i)
