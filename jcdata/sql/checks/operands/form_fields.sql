-- The running texts of the forms. Grain: form and field.
-- Columns: `document_id`, `form_no`, `field` (its Chinese name), `is_of_a_step` (it may speak of one step of the work),
-- `text` (its figures without commas).
SELECT
  document_id,
  form_no,
  field,
  field IN ('保证措施', '实施计划') AS is_of_a_step,
  joined_thousands(text) AS text
FROM (
  UNPIVOT (
    SELECT
      document_id,
      form_no,
      overview AS 项目概况,
      safeguards AS 保证措施,
      schedule AS 实施计划,
      period_goal AS 实施期目标,
      annual_goal AS 年度目标
    FROM performance_forms
  )
  ON 项目概况, 保证措施, 实施计划, 实施期目标, 年度目标 INTO NAME field VALUE text
)
