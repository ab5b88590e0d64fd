-- Is what a document says of the year before what the unit's own document of that year prints? One row per statement
-- on the year before where a document of that year is there. Of several figures there the nearest counts if it
-- agrees; where they differ and none agrees, nothing is known. What was spent by a budget's estimate may have changed
-- since, so that a difference is only worth a look.
WITH places AS (
  SELECT
    document_id,
    statement_no,
    last_disclosures.disclosure IS NOT NULL AS is_there,
    coalesce(is_same_scope, FALSE) AS is_same_scope
  FROM last_year_claims
  LEFT JOIN last_disclosures USING (document_id, footing)
),

nearest AS (
  SELECT
    document_id,
    statement_no,
    arg_min(p, (abs(p.amount - s.amount), p.prior_document_id, p.line_no)) AS found,
    max(p.amount) - min(p.amount) <= 2 * max(p.half) AS is_one
  FROM last_year_claims AS s
  JOIN last_year_figures AS p USING (document_id, statement_no)
  GROUP BY ALL
),

compared AS (
  SELECT
    *,
    abs(s.amount - found.amount) <= half + found.half AS agrees,
    CASE
      WHEN footing IS NULL THEN 'unsaid'
      WHEN is_counted_anew THEN 'anew'
      WHEN NOT is_same_scope THEN 'scope'
      WHEN found IS NULL THEN 'unprinted'
      WHEN NOT is_one AND NOT agrees THEN 'several'
    END AS obstacle
  FROM last_year_claims AS s
  JOIN places USING (document_id, statement_no)
  LEFT JOIN nearest USING (document_id, statement_no)
  WHERE footing IS NULL OR is_there
)

SELECT
  'stated_prior_year' AS check_key,
  document_id,
  target || '上年数' AS target,
  amount AS stated,
  if(obstacle IS NULL, found.amount, NULL) AS computed,
  half + found.half AS tolerance,
  TRUE AS is_money,
  MAP {
    'document': document_id,
    'here': place_in_words(page_no, line_nos[-1]),
    'here_zh': place_in_words_zh(page_no, line_nos[-1]),
    'prior': found.prior_document_id,
    'there': place_in_words(found.page_no, found.line_no),
    'there_zh': place_in_words_zh(found.page_no, found.line_no),
    'reason': obstacle_in_words(obstacle),
    'reason_zh': obstacle_in_words_zh(obstacle)
  } AS details,
  line_nos,
  if(obstacle IS NULL, NULL, 'missing') AS status_override,
  if(is_estimate, 'info', NULL) AS severity_override
FROM compared
