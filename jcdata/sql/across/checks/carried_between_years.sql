-- Is what is left at the end of a year what the next year begins with, for all money and for each fund? One row per
-- sum that the next year's document prints, where the final accounts of the year before are there. A budget is made
-- before the year before has ended, so that a difference is only worth a look there.
WITH balances AS (
  SELECT
    *,
    side = 'revenue' AND regexp_full_match(item_name, spec('across_documents.carried_in')) AS is_in,
    side = 'expenditure' AND regexp_full_match(item_name, spec('across_documents.carried_out')) AS is_out,
    CASE
      WHEN side = 'expenditure' THEN nullif(measure, 'total')
      WHEN regexp_full_match(item_name, spec('across_documents.general_public')) THEN 'general_public'
      WHEN regexp_full_match(item_name, spec('across_documents.government_fund')) THEN 'government_fund'
      WHEN regexp_full_match(item_name, spec('across_documents.state_capital')) THEN 'state_capital'
    END AS fund,
    bool_or(is_in) OVER (PARTITION BY document_id, table_key, side ORDER BY row_no) AS is_below
  FROM budget_lines
  SEMI JOIN disclosures USING (document_id)
  WHERE table_key IN ('overall_balance', 'fiscal_appropriation_balance') AND organisation IS NULL AND read_by <> 'ocr'
),

rows AS (
  SELECT
    *,
    is_out AS is_end,
    coalesce(fund, '') AS part
  FROM balances
  WHERE is_out OR measure = 'total' AND (is_in OR is_below AND fund IS NOT NULL)
  UNION ALL BY NAME
  SELECT
    *,
    measure = 'carried_forward' AS is_end,
    coalesce(nullif(item_code, ''), name_key(item_name)) AS part
  FROM budget_lines
  SEMI JOIN disclosures USING (document_id)
  WHERE
    table_key = 'government_fund_expenditure' AND measure IN ('carry_over', 'carried_forward') AND organisation IS NULL
    AND read_by <> 'ocr'
),

sums AS (
  SELECT
    document_id,
    table_key,
    table_no,
    part,
    is_end,
    any_value(trim(item_code || ' ' || item_name)) AS name,
    any_value(amount_yuan)::DECIMAL(24, 6) AS amount,
    max(coalesce(printed_step(amount_text, amount_yuan), 0)) AS step,
    min(line_no) AS line_no,
    min(page_no) AS page_no
  FROM rows
  GROUP BY document_id, table_key, table_no, part, is_end
  HAVING min(amount_yuan) = max(amount_yuan)
),

ends AS (
  SELECT
    l.document_id,
    s.table_key,
    s.part,
    any_value(s) AS found
  FROM last_disclosures AS l
  JOIN disclosures AS d USING (disclosure)
  JOIN sums AS s ON s.document_id = d.document_id
  WHERE l.footing = 'final_accounts' AND l.is_same_scope AND s.is_end
  GROUP BY ALL
  HAVING min(s.amount) = max(s.amount)
)

SELECT
  'carried_between_years' AS check_key,
  document_id,
  concat_ws(' ', '表' || b.table_no, b.name) AS target,
  b.amount AS stated,
  found.amount AS computed,
  tolerance_of_same(b.step, found.step) AS tolerance,
  TRUE AS is_money,
  MAP {
    'document': document_id,
    'here': place_in_words(b.page_no, b.line_no),
    'here_zh': place_in_words_zh(b.page_no, b.line_no),
    'prior': found.document_id,
    'there': place_in_words(found.page_no, found.line_no),
    'there_zh': place_in_words_zh(found.page_no, found.line_no),
    'item': found.name
  } AS details,
  [b.line_no] AS line_nos,
  if(document_kind = 'budget', 'info', NULL) AS severity_override
FROM sums AS b
JOIN ends USING (document_id, table_key, part)
JOIN documents USING (document_id)
WHERE NOT b.is_end AND (table_key <> 'government_fund_expenditure' OR document_kind = 'final_accounts')
