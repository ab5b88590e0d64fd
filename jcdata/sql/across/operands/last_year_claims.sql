-- What a document says of the year before, where a document of that year is there: an amount, an amount less its
-- change, or a column of a table.
-- Grain: such a statement.
-- Columns: `document_id`, `statement_no`; `passage`, `subject` (its key) and `item_code` of a claim, `table_key`,
-- `side` and `item` (code, or key of the name) of a cell; `target` for messages; `amount` (yuan) and `half` (how far
-- its print may be off); `footing` (the kind of document that has it, NULL where that is not said), `is_estimate`
-- (执行数, which final accounts may change), `is_counted_anew`; `line_nos` and `page_no`.
WITH asked AS (
  SELECT c.*
  FROM claims AS c
  SEMI JOIN last_disclosures USING (document_id)
  WHERE NOT in_reason AND amount_yuan IS NOT NULL AND kind IN ('amount', 'delta')
),

changes AS (
  SELECT
    d.* REPLACE (a.amount_yuan - d.amount_yuan AS amount_yuan, a.step + d.step AS step),
    [a.line_no, d.line_no] AS lines
  FROM (
    FROM asked
    WHERE kind = 'delta' AND compared_with = 'prior_year'
  ) AS d
  ASOF JOIN (
    FROM asked
    WHERE kind = 'amount' AND basis IN ('', 'actual')
  ) AS a
    ON
      (a.document_id, a.passage, a.subject) = (d.document_id, d.passage, d.subject)
      AND coalesce(a.item_code, '') = coalesce(d.item_code, '') AND a.claim_no <= d.claim_no
  -- a second change of one amount is one on another footing: of what, is not stated
  QUALIFY row_number() OVER (PARTITION BY d.document_id, a.claim_no ORDER BY d.claim_no) = 1
),

said AS (  -- without the year that the document is of
  SELECT
    c.*,
    document_kind,
    replace(sentence, fiscal_year || '年', '') AS words
  FROM (
    FROM changes
    UNION ALL
    SELECT
      *,
      [line_no] AS lines
    FROM asked
    WHERE kind = 'amount' AND basis = 'prior_year'
  ) AS c
  JOIN documents USING (document_id)
),

cells AS (
  SELECT
    b.*,
    document_kind,
    regexp_matches(heading, spec('across_documents.spent')) AS is_spent,
    regexp_matches(heading, spec('across_documents.planned')) AS is_planned
  FROM budget_lines AS b
  JOIN documents USING (document_id)
  SEMI JOIN last_disclosures USING (document_id)
  WHERE measure = 'prior_year_actual' AND organisation IS NULL
)

SELECT
  document_id,
  claim_no AS statement_no,
  passage,
  name_key(subject) AS subject,
  coalesce(item_code, '') AS item_code,
  '' AS table_key,
  '' AS side,
  '' AS item,
  '情况说明（' || passage_zh(passage) || '）' || said.subject || coalesce('（' || said.item_code || '）', '') AS target,
  amount_yuan::DECIMAL(24, 6) AS amount,
  if(amount_yuan = 0 AND kind = 'amount', 0, step / 2) AS half,
  CASE
    WHEN document_kind = 'final_accounts'
      THEN if(regexp_matches(words, spec('across_documents.planned')), NULL, 'final_accounts')
    WHEN NOT regexp_matches(words, spec('across_documents.spent')) THEN 'budget'
    WHEN NOT regexp_matches(words, spec('across_documents.planned')) THEN 'final_accounts'
  END AS footing,
  document_kind = 'budget' AND regexp_matches(words, spec('across_documents.estimated')) AS is_estimate,
  regexp_matches(words, spec('across_documents.counted_anew')) AS is_counted_anew,
  lines AS line_nos,
  page_no
FROM said
UNION ALL
SELECT
  document_id,
  -row_number() OVER (PARTITION BY document_id ORDER BY table_key, row_no, side, heading) AS statement_no,
  '',
  '',
  '',
  table_key,
  side,
  coalesce(nullif(item_code, ''), name_key(item_name)),
  concat_ws(' ', '表' || table_no, nullif(side_zh(side), ''), nullif(item_code, ''), item_name),
  amount_yuan,
  if(amount_yuan = 0, 0, printed_step(amount_text, amount_yuan) / 2),
  CASE
    WHEN is_spent AND is_planned THEN NULL
    WHEN is_spent THEN 'final_accounts'
    WHEN is_planned THEN if(document_kind = 'budget', 'budget', NULL)
    ELSE nullif(document_kind, 'budget')
  END,
  document_kind = 'budget' AND regexp_matches(heading, spec('across_documents.estimated')),
  regexp_matches(heading, spec('across_documents.counted_anew')),
  [line_no],
  page_no
FROM cells
