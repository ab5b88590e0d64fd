-- Is what the prose states twice the same both times: an amount, and the year before that follows from a change?
-- One row per further place of a thing (specs/claim_identities.toml, `same`), compared with the first. The year before
-- is amount - change.
WITH stated AS (
  SELECT
    c.*,
    s.thing
  FROM claim_figures AS c
  JOIN same_claims AS s USING (passage, subject)
  WHERE c.kind = 'amount' AND c.amount_yuan IS NOT NULL
),

changes AS (
  SELECT
    s.document_id,
    s.claim_no,
    d.figure AS change,
    d.half AS change_half,
    d.line_no AS change_line,
    d.claim_no AS change_no
  FROM stated AS s
  ASOF JOIN (
    FROM claim_figures
    WHERE kind = 'delta' AND compared_with = 'prior_year' AND amount_yuan IS NOT NULL
  ) AS d
    ON (d.document_id, d.passage, d.subject) = (s.document_id, s.passage, s.subject) AND d.claim_no >= s.claim_no
),

figures AS (
  SELECT
    'prose_same_amount' AS check_key,
    document_id,
    claim_no,
    thing,
    words,
    place,
    figure,
    half,
    [line_no] AS lines,
    [claim_figure(claim_no)] AS made_of
  FROM stated
  UNION ALL
  SELECT
    'prose_same_prior',
    document_id,
    claim_no,
    thing,
    words,
    place,
    figure - change,
    half + change_half,
    [line_no, change_line],
    [claim_figure(claim_no), claim_figure(change_no)]
  FROM stated
  JOIN changes USING (document_id, claim_no)
),

compared AS (
  SELECT
    *,
    first(words) OVER things AS first_words,
    first(figure) OVER things AS first_figure,
    first(half) OVER things AS first_half,
    first(lines) OVER things AS first_lines,
    first(made_of) OVER things AS first_made_of
  FROM figures
  WINDOW things AS (PARTITION BY check_key, document_id, thing ORDER BY claim_no)
  QUALIFY row_number() OVER things > 1
)

SELECT
  check_key,
  document_id,
  words || if(place > 1, '（第' || place || '处）', '') || if(check_key = 'prose_same_prior', '上年数', '') AS target,
  figure AS stated,
  first_figure AS computed,
  half + first_half AS tolerance,
  TRUE AS is_money,
  MAP { 'first': first_words } AS details,
  lines || first_lines AS line_nos,
  if(check_key = 'prose_same_amount', made_of[1], NULL) AS stated_figure,
  if(check_key = 'prose_same_amount', [], made_of) || first_made_of AS computed_from
FROM compared
