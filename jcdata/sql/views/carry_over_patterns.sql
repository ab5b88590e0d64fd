-- What about the money for earlier years should be asked: one-off projects that only pay old bills, carried money
-- without a performance form, arrears year after year?
-- Grain: document, pattern and project; repeated arrears are of the unit, `prior_document_id` shows those of last year.
-- Caveat: each is a question, not a fault. Where a document prints no forms nothing is said of a project without one.
-- `counts` leaves out of sums over documents what another one has too.
WITH owed AS (
  SELECT
    e.document_id,
    d.unit_name,
    d.document_kind,
    d.fiscal_year,
    d.counts,
    TRY_CAST(sum(e.amount_yuan) AS DECIMAL(18, 2)) AS amount_yuan,
    min(e.line_no) AS line_no
  FROM earlier_work AS e JOIN documents AS d USING (document_id)
  WHERE e.stated_in = 'form'
  GROUP BY ALL
),

patterns AS (
  SELECT
    e.document_id,
    'one_off_for_old_bills' AS pattern,
    e.project_name,
    e.amount_yuan,
    e.line_no,
    NULL::VARCHAR AS prior_document_id,
    NULL::DECIMAL(18, 2) AS prior_yuan,
    'forms' AS part
  FROM earlier_work AS e JOIN performance_forms AS f ON (f.document_id, f.form_no) = (e.document_id, e.form_no)
  WHERE e.amount_yuan >= f.annual_total_yuan AND regexp_matches(e.property, spec('analyses.one_off'))
  UNION ALL
  SELECT
    document_id,
    'carried_without_form',
    project_name,
    amount_yuan,
    line_no,
    NULL,
    NULL,
    'carry_over_projects'
  FROM project_funding
  WHERE funding = 'carry_over' AND form_status = 'without_form' AND amount_yuan > 0
  UNION ALL
  SELECT
    o.document_id,
    'repeated_arrears',
    '',
    o.amount_yuan,
    o.line_no,
    p.document_id,
    p.amount_yuan,
    'forms'
  FROM owed AS o JOIN owed AS p
    ON (p.unit_name, p.document_kind, p.fiscal_year + 1) = (o.unit_name, o.document_kind, o.fiscal_year) AND p.counts
)

SELECT
  document_id,
  fiscal_year,
  unit_name,
  document_kind,
  pattern,
  project_name,
  amount_yuan,
  line_no,
  prior_document_id,
  prior_yuan,
  coalesce(document_parts.counts, TRUE) AS counts
FROM patterns
JOIN documents USING (document_id)
LEFT JOIN document_parts USING (document_id, part)
ORDER BY document_id, pattern, amount_yuan DESC, line_no
