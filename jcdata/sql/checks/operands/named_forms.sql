-- The performance forms and how a message calls them. Grain: form.
-- Columns: those of `performance_forms`, with `words`.
SELECT
  *,
  '绩效目标表' || form_no || ' ' || project_name AS words
FROM performance_forms
