-- What does a project cost, and how many promises stand against the money?
-- Grain: project with a performance form. Caveat: indicators are not equally much work; a project with much money
-- and few indicators is a question to ask, not an answer.
WITH promised AS (
    SELECT document_id, form_no, count(*) AS indicator_count,
        count(*) FILTER (WHERE level2 = '数量指标') AS quantity_indicator_count
    FROM indicators
    WHERE horizon = 'annual'
    GROUP BY ALL
)
SELECT f.document_id, d.fiscal_year, d.unit_name, f.form_no, f.project_name, f.property, f.annual_total_yuan AS amount_yuan,
    coalesce(indicator_count, 0) AS indicator_count,
    CAST(f.annual_total_yuan / nullif(indicator_count, 0) AS DECIMAL(18,2)) AS yuan_per_indicator,
    coalesce(quantity_indicator_count, 0) AS quantity_indicator_count,
    a.amount_yuan AS arrears_yuan, f.first_line AS line_no
FROM performance_forms f
JOIN documents d USING (document_id)
LEFT JOIN promised p ON (p.document_id, p.form_no) = (f.document_id, f.form_no)
LEFT JOIN arrears a ON (a.document_id, a.form_no) = (f.document_id, f.form_no)
ORDER BY f.document_id, amount_yuan DESC, f.form_no
