-- Do all printings of a form say the same? One row per thing that two printings state differently, and one for each
-- form that is printed several times without contradiction.
-- Figures, dates and targets that differ must be resolved; words of a heading that differ are slips of the pen.
SELECT
  if(
    subject IN ('project_name', 'department', 'implementing_unit', 'property', 'money_unit'),
    'form_printing_wording', 'form_printing'
  ) AS check_key,
  document_id,
  words || coalesce(' ' || coalesce(form_field_zh(subject), subject), '') AS target,
  NULL AS stated,
  NULL AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP {
    'printings': printing_count::VARCHAR,
    'verdict': coalesce(
      format('line {} says “{}”, line {} says “{}”', kept_line_no, kept_text, line_no, other_text), 'all say the same'
    ),
    'verdict_zh': coalesce(format('第{}行作“{}”，第{}行作“{}”', kept_line_no, kept_text, line_no, other_text), '各次一致')
  } AS details,
  [coalesce(kept_line_no, first_line), line_no] AS line_nos,
  if(contradiction_no IS NULL, 'pass', 'fail') AS status_override
FROM named_forms
LEFT JOIN printing_contradictions USING (document_id, form_no)
WHERE printing_count > 1
