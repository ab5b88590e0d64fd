-- How fast does it grow? Each change that the prose states, with the rate recomputed from amount and change; and
-- where the same unit's document of the year before is loaded too, both documents compared with each other.
-- Grain: document, subject and basis (`stated`: the prose's own change; `documents`: two documents).
-- Caveat: for `stated` the previous year is implied (amount less change), or stated itself where the change is not; a
-- stated rate agrees if it is that of the amounts, as far as they are printed, rounded or cut at its last place. NULL
-- where the previous year was nothing. For `documents` budgets are compared with budgets, final accounts with final
-- accounts, a department's with a department's; of several documents of the year before one counts for a table,
-- `prior_document_id`. Items are the same if their codes are, without codes if their names are; what only one
-- document prints, or prints twice with two amounts, is left out. `year_on_year` compares any two, also those of a unit
-- that was renamed. `is_repeated` marks a change that is stated of another subject before, as revenue is expenditure.
-- `counts` leaves out of sums over documents what another one has too.
WITH stated_changes AS (
  SELECT
    document_id,
    fiscal_year,
    unit_name,
    document_kind,
    c.subject,
    arg_max(a.amount_yuan, a.claim_no) AS current_yuan,
    c.amount_yuan AS change_yuan,
    arg_min(g.value * CASE g.unit WHEN '倍' THEN 100 ELSE 1 END, g.claim_no) AS percent,
    arg_min(g.step * CASE g.unit WHEN '倍' THEN 100 ELSE 1 END, g.claim_no) AS step,
    'stated' AS basis,
    'prose' AS part,
    c.line_no,
    c.step / 2 AS change_half,
    (c.step + arg_max(a.step, a.claim_no)) / 2 AS prior_half,
    arg_max(a.line_no, a.claim_no) AS current_line_no,
    arg_min(g.line_no, g.claim_no) AS stated_line_no
  FROM documents
  JOIN claims AS c USING (document_id)
  JOIN claims AS a USING (document_id, passage, subject)
  LEFT JOIN claims AS g
    ON
      g.document_id = c.document_id
      AND g.passage = c.passage
      AND g.subject = c.subject
      AND g.item_code IS NOT DISTINCT FROM c.item_code
      AND g.kind = 'growth'
      AND g.claim_no > c.claim_no
      AND NOT g.in_reason
  WHERE
    c.kind = 'delta' AND c.compared_with = 'prior_year' AND c.amount_yuan IS NOT NULL AND NOT c.in_reason
    AND a.kind = 'amount' AND a.basis <> 'prior_year' AND a.claim_no < c.claim_no AND NOT a.in_reason
  GROUP BY document_id, fiscal_year, unit_name, document_kind, c.claim_no, c.subject, c.amount_yuan, c.step, c.line_no
  -- a second change of one amount is one on another footing (按可比口径): of what, is not stated
  QUALIFY row_number() OVER (PARTITION BY document_id, max(a.claim_no) ORDER BY c.claim_no) = 1
),

stated_years AS (  -- 上年执行数为4万元，本年安排5万元，增长25%; of two years before, which one is meant is not stated
  SELECT
    document_id,
    fiscal_year,
    unit_name,
    document_kind,
    g.subject,
    arg_max(a.amount_yuan, a.claim_no) AS current_yuan,
    current_yuan - any_value(p.amount_yuan) AS change_yuan,
    g.value AS percent,
    g.step,
    'stated' AS basis,
    'prose' AS part,
    any_value(p.line_no) AS line_no,
    (any_value(p.step) + arg_max(a.step, a.claim_no)) / 2 AS change_half,
    any_value(p.step) / 2 AS prior_half,
    arg_max(a.line_no, a.claim_no) AS current_line_no,
    g.line_no AS stated_line_no
  FROM documents
  JOIN claims AS g USING (document_id)
  JOIN claims AS p USING (document_id, passage, subject, sentence)
  JOIN claims AS a USING (document_id, passage, subject)
  WHERE
    g.kind = 'growth' AND g.unit = '%' AND g.compared_with = 'prior_year' AND NOT g.in_reason
    AND p.kind = 'amount' AND p.basis = 'prior_year' AND p.claim_no < g.claim_no
    AND a.kind = 'amount' AND a.basis <> 'prior_year' AND a.claim_no < g.claim_no AND NOT a.in_reason
    AND p.item_code IS NOT DISTINCT FROM g.item_code AND a.item_code IS NOT DISTINCT FROM g.item_code
    AND NOT EXISTS (
      FROM claims AS change
      WHERE
        (change.document_id, change.sentence, change.subject, change.kind)
        = (g.document_id, g.sentence, g.subject, 'delta')
    )
  GROUP BY
    document_id, fiscal_year, unit_name, document_kind, g.claim_no, g.subject, g.value, g.step, g.line_no
  HAVING count(DISTINCT p.claim_no) = 1
),

scoped AS (  -- a department's document covers its subordinate units, a unit's does not
  SELECT
    *,
    comparable_name(unit_name) AS unit,
    coalesce(regexp_extract(title, spec('analyses.scope'), 1), '') AS scope
  FROM documents
),

figures AS (  -- what two documents can be compared by
  SELECT
    document_id,
    table_key,
    item_code,
    item_name,
    item_level,
    is_total,
    coalesce(nullif(item_code, ''), comparable_name(item_name)) AS item,
    amount_yuan,
    line_no
  FROM budget_lines
  WHERE
    measure = 'total'
    AND organisation IS NULL
    AND table_key IN ('expenditure', 'general_public_expenditure', 'three_public_expenses', 'agency_operating_expenses')
),

tables AS (
  SELECT DISTINCT
    document_id,
    table_key
  FROM figures
),

candidates AS (  -- of several documents alike the first that counts
  SELECT
    unit,
    document_kind,
    fiscal_year,
    scope,
    layout,
    table_key,
    bool_or(coalesce(p.counts, TRUE)) AS counts,
    arg_min(scoped.document_id, (NOT coalesce(p.counts, TRUE), scoped.document_id)) AS document_id
  FROM scoped
  JOIN tables USING (document_id)
  LEFT JOIN document_parts AS p ON (p.document_id, p.part) = (scoped.document_id, table_key)
  GROUP BY ALL
),

paired AS (
  SELECT
    this.document_id,
    this.fiscal_year,
    this.unit_name,
    this.document_kind,
    table_key,
    before.document_id AS prior_document_id
  FROM scoped AS this
  JOIN candidates AS before
    ON
      before.unit = this.unit
      AND before.document_kind = this.document_kind
      AND before.fiscal_year = this.fiscal_year - 1
  WHERE before.scope = this.scope OR '' IN (before.scope, this.scope)
  QUALIFY row_number() OVER (
    PARTITION BY this.document_id, this.fiscal_year, this.unit_name, table_key
    ORDER BY
      before.scope = this.scope DESC, before.counts DESC, before.layout = this.layout DESC, before.document_id
  ) = 1
),

compared AS (
  SELECT
    document_id,
    fiscal_year,
    unit_name,
    document_kind,
    min(this.item_name) AS subject,
    table_key,
    min(this.item_code) AS item_code,
    min(this.item_level) AS item_level,
    bool_or(this.is_total) AS is_total,
    min(this.amount_yuan) AS current_yuan,
    current_yuan - min(before.amount_yuan) AS change_yuan,
    'documents' AS basis,
    table_key AS part,
    min(this.line_no) AS line_no,
    min(this.line_no) AS current_line_no,
    prior_document_id,
    min(before.line_no) AS prior_line_no
  FROM paired
  JOIN figures AS this USING (document_id, table_key)
  JOIN figures AS before
    ON before.document_id = prior_document_id AND before.table_key = table_key AND before.item = this.item
  GROUP BY document_id, fiscal_year, unit_name, document_kind, prior_document_id, table_key, this.item
  HAVING min(this.amount_yuan) = max(this.amount_yuan) AND min(before.amount_yuan) = max(before.amount_yuan)
),

both_bases AS (
  FROM stated_changes
  UNION ALL BY NAME
  FROM stated_years
  UNION ALL BY NAME
  FROM compared
)

SELECT
  document_id,
  fiscal_year,
  unit_name,
  document_kind,
  subject,
  table_key,
  coalesce(item_code, '') AS item_code,
  item_level,
  is_total,
  current_yuan,
  TRY_CAST(current_yuan - change_yuan AS DECIMAL(18, 2)) AS prior_yuan,
  TRY_CAST(change_yuan AS DECIMAL(18, 2)) AS change_yuan,
  growth_rate(current_yuan, prior_yuan) AS rate,
  percent / 100 AS stated_rate,
  basis,
  rate_agrees(
    percent, step, 100 * rate, 100 * rate_doubt(change_yuan, change_half, prior_yuan, prior_half)
  ) AS agrees,
  line_no,
  current_line_no,
  stated_line_no,
  prior_document_id,
  prior_line_no,
  basis = 'stated'
  AND change_yuan <> 0
  AND row_number() OVER (PARTITION BY document_id, basis, current_yuan, change_yuan ORDER BY line_no, subject DESC) > 1
    AS is_repeated,
  coalesce(document_parts.counts, TRUE) AS counts
FROM both_bases
LEFT JOIN document_parts USING (document_id, part)
ORDER BY document_id, basis DESC, line_no, table_key, item_code, subject
