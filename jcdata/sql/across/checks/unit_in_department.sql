-- Does a unit's own document come to what the department's prints for it? One row per total that a department's table
-- prints of a unit whose own document is there.
WITH totals AS (
  SELECT
    document_id,
    table_key,
    side,
    measure,
    any_value(amount_yuan)::DECIMAL(24, 6) AS amount,
    max(coalesce(printed_step(amount_text, amount_yuan), 0)) AS step,
    min(line_no) AS line_no,
    min(page_no) AS page_no
  FROM budget_lines
  SEMI JOIN units_within USING (document_id)
  WHERE organisation IS NULL AND read_by <> 'ocr' AND item_code = '' AND is_whole_total(item_name)
  GROUP BY ALL
  HAVING min(amount_yuan) = max(amount_yuan)
)

SELECT
  'unit_in_department' AS check_key,
  w.document_id,
  concat_ws(' ', '表' || r.table_no, nullif(side_zh(r.side), ''), measure_zh(r.measure)) AS target,
  t.amount AS stated,
  r.amount AS computed,
  tolerance_of_same(t.step, r.step) AS tolerance,
  TRUE AS is_money,
  MAP {
    'document': w.document_id,
    'here': place_in_words(t.page_no, t.line_no),
    'here_zh': place_in_words_zh(t.page_no, t.line_no),
    'department': w.department_id,
    'there': place_in_words(r.page_no, r.line_no),
    'there_zh': place_in_words_zh(r.page_no, r.line_no),
    'unit': r.label,
    'reason': if(r.amount IS NULL, obstacle_in_words('no_total'), NULL),
    'reason_zh': if(r.amount IS NULL, obstacle_in_words_zh('no_total'), NULL)
  } AS details,
  [t.line_no] AS line_nos
FROM units_within AS w
JOIN disclosures AS u USING (document_id)
JOIN disclosures AS d ON d.disclosure = w.department_disclosure
JOIN unit_rows AS r ON (r.document_id, r.unit) = (d.document_id, u.unit)
JOIN totals AS t ON (t.document_id, t.table_key, t.side, t.measure) = (w.document_id, r.table_key, r.side, r.measure)
