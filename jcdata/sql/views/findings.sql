-- The check results that do not agree, worst first, then in the order of the documents and their lines.
-- Grain: check result.
SELECT *
FROM main.check_results
WHERE status IN ('fail', 'rounding')
ORDER BY array_position(['error', 'warning', 'info'], severity), status, document_id, line_nos, check_key, target
