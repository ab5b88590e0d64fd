-- What does the document come to: revenue, expenditure and its two kinds, carry-over, 三公 and operating expenses?
-- Grain: document and figure. Caveat: each is a total that the document prints, never a sum of ours, from the first of
-- the tables below that prints it; where a table prints 本年收入合计 and 收入总计 it is the latter, the larger one.
-- Operating expenses that no table prints are those of the prose, if it states one amount.
-- `counts` leaves out of sums over documents what another one has too.
WITH wanted (figure_no, figure, preference, table_key, side, measure) AS (
  VALUES
  (1, 'revenue', 1, 'overall_balance', 'revenue', 'total'),
  (1, 'revenue', 2, 'revenue', '', 'total'),
  (2, 'expenditure', 1, 'overall_balance', 'expenditure', 'total'),
  (2, 'expenditure', 2, 'expenditure', '', 'total'),
  (3, 'basic', 1, 'expenditure', '', 'basic'),
  (4, 'project', 1, 'expenditure', '', 'project'),
  (5, 'carry_over', 1, 'revenue', '', 'carry_over'),
  (5, 'carry_over', 2, 'overall_balance', 'expenditure', 'carry_over'),
  (6, 'three_public', 1, 'three_public_expenses', '', 'total'),
  (7, 'operating_expenses', 1, 'agency_operating_expenses', '', 'total')
),

printed AS (
  SELECT
    document_id,
    figure_no,
    figure,
    preference,
    is_total,
    amount_yuan,
    table_key,
    table_key AS part,
    line_no
  FROM budget_lines
  JOIN wanted USING (table_key, side, measure)
  WHERE
    organisation IS NULL
    -- Where 会议费 and the like stand beside them, the table's total is not that of the three
    AND CASE figure
      WHEN 'three_public' THEN is_total OR regexp_full_match(item_name, spec('analyses.three_public'))
      WHEN 'operating_expenses' THEN is_total OR regexp_full_match(item_name, spec('analyses.operating_expenses'))
      ELSE is_total
    END
  UNION ALL
  SELECT
    document_id,
    7,
    'operating_expenses',
    2,
    TRUE,
    any_value(amount_yuan),
    'agency_operating_expenses',
    'prose',
    min(line_no)
  FROM claims
  WHERE
    passage = 'operating_expenses' AND kind = 'amount' AND basis IN ('', 'actual') AND NOT in_reason
    AND regexp_full_match(subject, spec('analyses.operating_expenses'))
  GROUP BY document_id
  HAVING min(amount_yuan) = max(amount_yuan)
)

SELECT
  document_id,
  fiscal_year,
  unit_name,
  figure,
  amount_yuan,
  table_key,
  line_no,
  coalesce(document_parts.counts, TRUE) AS counts
FROM printed
JOIN documents USING (document_id)
LEFT JOIN document_parts USING (document_id, part)
QUALIFY
  row_number() OVER (
    PARTITION BY document_id, figure
    ORDER BY preference, is_total AND figure = 'three_public', amount_yuan DESC, line_no DESC
  ) = 1
ORDER BY document_id, figure_no
