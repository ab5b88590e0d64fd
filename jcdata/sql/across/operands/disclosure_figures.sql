-- What documents of one unit, year and kind can be compared by: figures that each of them prints once, in a table or
-- in the prose.
-- Grain: document that is not the only one, place and item.
-- Columns: `document_id`; `place` (table, side and column, or passage and basis), `item` (code, or key of the name),
-- `label`; `amount` and `step` (yuan, one unit of the last printed place), `line_no`, `page_no`.
WITH several AS (
  SELECT document_id
  FROM covers
  QUALIFY count(*) OVER (PARTITION BY unit, fiscal_year, document_kind) > 1
),

printed AS (
  SELECT
    document_id,
    concat_ws(' ', table_key, side, measure) AS place,
    coalesce(nullif(item_code, ''), name_key(item_name)) AS item,
    concat_ws(' ', table_zh(table_key), nullif(item_code, ''), item_name, measure_zh(measure)) AS label,
    amount_yuan,
    coalesce(printed_step(amount_text, amount_yuan), 0) AS step,
    line_no,
    page_no
  FROM budget_lines
  SEMI JOIN several USING (document_id)
  WHERE organisation IS NULL AND measure <> 'other' AND read_by <> 'ocr'
  UNION ALL
  SELECT
    document_id,
    concat_ws(' ', passage, basis),
    coalesce(item_code, name_key(subject)),
    passage_zh(passage) || ' ' || subject,
    amount_yuan,
    step,
    line_no,
    page_no
  FROM claims
  SEMI JOIN several USING (document_id)
  ANTI JOIN (
    FROM source_lines
    WHERE read_by = 'ocr'
  ) AS recognised USING (document_id, line_no)
  WHERE kind = 'amount' AND amount_yuan IS NOT NULL AND NOT in_reason
)

SELECT
  document_id,
  place,
  item,
  first(label ORDER BY line_no) AS label,
  any_value(amount_yuan)::DECIMAL(24, 6) AS amount,
  max(step) AS step,
  min(line_no) AS line_no,
  min(page_no) AS page_no
FROM printed
GROUP BY document_id, place, item
HAVING min(amount_yuan) = max(amount_yuan)
