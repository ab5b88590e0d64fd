-- The parts of the cost that a form's overview names, added up. Grain: form with such parts.
-- Columns: `document_id`, `form_no`, `amount` (yuan, their sum), `amounts` (of each), `terms` (in words), `lines`
-- (where they stand), `half` (yuan, how far the sum may be off by its parts' print).
WITH parts AS (
  SELECT
    c.*,
    plain(c.amount_yuan / 10000) AS digits,
    regexp_matches(f.overview, spec('checking.about') || regexp_escape(digits) || '万元') AS is_about
  FROM cost_components AS c
  JOIN performance_forms AS f USING (document_id, form_no)
)

SELECT
  document_id,
  form_no,
  sum(amount_yuan) AS amount,
  list(amount_yuan ORDER BY component_no) AS amounts,
  string_agg(in_wan(amount_yuan), ' + ' ORDER BY component_no) AS terms,
  list(line_no ORDER BY component_no) AS lines,
  sum(half_of_said(is_about, digits, 10000)) AS half
FROM parts
GROUP BY ALL
