-- Are there as many projects and forms as the passage on performance states, and do they cost what it states?
-- One row per stated count or amount. What it is compared with (specs/claim_identities.toml, `performance`): this
-- year's projects of the budget, the printed forms, or all expenditure, of several the nearest. Where a document prints
-- neither forms nor projects, the forms were published elsewhere and nothing can be said.
WITH forms AS (
  SELECT
    d.document_id,
    count(f.form_no) AS form_count,
    coalesce(sum(f.annual_total_yuan), 0) AS amount,
    list(f.first_line ORDER BY f.first_line) AS lines,
    list(form_figure(f.form_no, 'annual', 'total')) AS made_of
  FROM documents AS d
  LEFT JOIN performance_forms AS f ON (f.document_id, f.form_kind) = (d.document_id, 'project_goals')
  WHERE
    f.form_no IS NOT NULL OR EXISTS (
      FROM projects AS p
      WHERE p.document_id = d.document_id
    )
  GROUP BY d.document_id
),

operands AS (
  SELECT
    document_id,
    'projects' AS operand,
    count(*) AS counted,
    sum(amount_yuan) AS amount,
    list(line_no ORDER BY line_no) AS lines,
    [] AS made_of
  FROM projects
  WHERE funding = 'current_year'
  GROUP BY document_id
  UNION ALL
  SELECT
    document_id,
    'forms',
    form_count,
    amount,
    lines,
    made_of
  FROM forms
  UNION ALL
  SELECT
    document_id,
    'expenditure',
    NULL,
    amount,
    [line_no],
    [cell_figure(table_key, side, row_no, measure)]
  FROM figures
  WHERE (table_key, side, measure, row_role) = ('overall_balance', 'expenditure', 'total', 'grand_total')
),

compared AS (
  SELECT
    c.*,
    i.operand_en,
    i.operand_zh,
    o.lines,
    if(c.kind = 'amount', o.made_of, []) AS made_of,
    if(c.kind = 'count', o.counted, o.amount) AS found
  FROM claim_figures AS c
  JOIN claim_operands AS i USING (subject, kind)
  LEFT JOIN operands AS o USING (document_id, operand)
  WHERE c.passage = 'performance'
  QUALIFY row_number() OVER (PARTITION BY c.document_id, c.claim_no ORDER BY abs(c.figure - found)) = 1
)

SELECT
  if(kind = 'count', 'prose_count', 'prose_project_total') AS check_key,
  document_id,
  words || if(kind = 'count', '个数', '') || if(place > 1, '（第' || place || '处）', '') AS target,
  figure AS stated,
  found AS computed,
  half AS tolerance,
  kind = 'amount' AS is_money,
  MAP { 'operand': operand_en, 'operand_zh': operand_zh, 'unit': unit } AS details,
  [line_no] || coalesce(lines, []) AS line_nos,
  claim_figure(claim_no) AS stated_figure,
  made_of AS computed_from
FROM compared
