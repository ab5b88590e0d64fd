-- Does a unit have no more vehicles than it is entitled to? One row per document that states both.
SELECT
  'vehicles' AS check_key,
  document_id,
  actual.words AS target,
  actual.figure AS stated,
  quota.figure AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP { 'unit': actual.unit } AS details,
  [actual.line_no, quota.line_no] AS line_nos,
  if(actual.figure <= quota.figure, 'pass', NULL) AS status_override
FROM (
  FROM claim_figures
  WHERE (subject, kind, place) = (spec('checking.vehicles'), 'count', 1)
) AS actual
JOIN
  (
    FROM claim_figures
    WHERE (subject, kind, place) = (spec('checking.vehicle_quota'), 'count', 1)
  ) AS quota
  USING (document_id)
