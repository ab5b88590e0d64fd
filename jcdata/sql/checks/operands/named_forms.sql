-- The performance forms and how a message calls them. Grain: form.
SELECT *, '绩效目标表' || form_no || ' ' || project_name AS words FROM performance_forms
