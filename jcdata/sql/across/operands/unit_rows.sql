-- The totals that a department's tables print of its units: of the rows of a unit the one of its name, or a row that
-- has the name of a unit whose own document is there.
-- Grain: document, table, side, unit and column.
-- Columns: `document_id`, `table_key`, `table_no`, `side`, `measure`; `unit` (the key of its name); `is_other` (it is
-- not the department itself) and `is_itself` (it is, without the units below it); `label` (the name as printed);
-- `amount` and `step` (yuan; NULL where the table prints no total of the unit), `line_no`, `page_no`.
WITH names AS (
  SELECT
    name,
    unit_key(name) AS unit,
    unit_key(name) <> written_unit_key(name) AS is_itself
  FROM (
    SELECT organisation AS name
    FROM budget_lines
    WHERE organisation IS NOT NULL
    UNION
    SELECT item_name
    FROM budget_lines
    WHERE organisation IS NULL AND item_code = ''
  ) AS printed
  WHERE unit IN (SELECT unit FROM disclosures)
),

named AS (
  SELECT
    b.*,
    name,
    names.unit,
    names.unit <> d.unit AS is_other,
    names.is_itself AND names.unit = d.unit AS is_itself,
    if(organisation IS NULL OR name_key(item_name) = name_key(organisation), amount_yuan, NULL) AS total
  FROM budget_lines AS b
  JOIN names ON names.name = if(item_code = '', coalesce(organisation, item_name), organisation)
  JOIN disclosures AS d USING (document_id)
  WHERE measure <> 'other' AND read_by <> 'ocr'
)

SELECT
  document_id,
  table_key,
  table_no,
  side,
  measure,
  unit,
  is_other,
  is_itself,
  any_value(name) AS label,
  if(min(total) = max(total), min(total), NULL)::DECIMAL(24, 6) AS amount,
  max(coalesce(printed_step(amount_text, total), 0)) AS step,
  coalesce(min(line_no) FILTER (total IS NOT NULL), min(line_no)) AS line_no,
  coalesce(min(page_no) FILTER (total IS NOT NULL), min(page_no)) AS page_no
FROM named
GROUP BY document_id, table_key, table_no, side, measure, unit, is_other, is_itself
HAVING is_other OR is_itself
