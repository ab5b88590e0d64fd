-- How good are the indicators: can it be measured whether they were met?
-- Grain: document and indicator of level 2, of the annual halves of its project forms. Caveat: words may be a fair
-- promise; a level that has almost only words cannot be checked by anyone. `equal_count` is of those that stand in both
-- halves under one name (`in_both_count`); `evaluated_count` of self-evaluations, which say what was attained.
-- `counts` leaves out of sums over documents what another one has too.
WITH halves AS (
  SELECT
    i.*,
    f.form_kind
  FROM indicators AS i JOIN performance_forms AS f ON (f.document_id, f.form_no) = (i.document_id, i.form_no)
  WHERE f.form_kind <> 'whole_department_goals'
),

of_period AS (
  SELECT
    document_id,
    form_no,
    level2,
    level3_full,
    list(value_text) AS period_values
  FROM halves
  WHERE horizon = 'period'
  GROUP BY ALL
)

SELECT
  document_id,
  fiscal_year,
  unit_name,
  document_kind,
  level1,
  level2,
  count(*)::INTEGER AS indicator_count,
  count(DISTINCT form_no)::INTEGER AS form_count,
  (count(*) FILTER (WHERE coalesce(value_min, value_max) IS NOT NULL))::INTEGER AS with_number_count,
  (count(*) FILTER (WHERE unit <> ''))::INTEGER AS with_unit_count,
  (count(*) FILTER (WHERE comparator IN ('<=', '<')))::INTEGER AS with_ceiling_count,
  (count(*) FILTER (WHERE value_kind = 'qualitative'))::INTEGER AS in_words_count,
  (count(*) FILTER (WHERE period_values IS NOT NULL))::INTEGER AS in_both_count,
  (count(*) FILTER (WHERE list_contains(period_values, value_text)))::INTEGER AS equal_count,
  (count(*) FILTER (WHERE form_kind = 'self_evaluation' AND actual_text <> ''))::INTEGER AS evaluated_count,
  sum(score) FILTER (WHERE form_kind = 'self_evaluation' AND weight IS NOT NULL) AS score,
  sum(weight) FILTER (WHERE form_kind = 'self_evaluation' AND score IS NOT NULL) AS weight,
  min(line_no) AS line_no,
  any_value(coalesce(parts.counts, TRUE)) AS counts
FROM halves
JOIN documents USING (document_id)
LEFT JOIN of_period USING (document_id, form_no, level2, level3_full)
LEFT JOIN document_parts AS parts ON (parts.document_id, parts.part) = (halves.document_id, 'forms')
WHERE horizon = 'annual'
GROUP BY document_id, fiscal_year, unit_name, document_kind, level1, level2
ORDER BY document_id, min(line_no)
