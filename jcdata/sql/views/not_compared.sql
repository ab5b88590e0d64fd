-- What could not be compared, as a figure is missing or was recognised in a picture? Grain: document and check.
-- Caveat: the reason is that of the first result; the others are in check_results with status 'missing'.
SELECT
  document_id,
  check_key,
  count(*)::INTEGER AS result_count,
  arg_min(message, (line_nos, target)) AS message,
  arg_min(message_zh, (line_nos, target)) AS message_zh,
  arg_min(line_nos, (line_nos, target)) AS line_nos
FROM main.check_results
WHERE status = 'missing'
GROUP BY ALL
ORDER BY document_id, result_count DESC, check_key
