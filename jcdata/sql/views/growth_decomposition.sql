-- What makes the difference between last year's total and this year's, in money and in points of last year's?
-- Grain: document, basis and step, in order: last year, carry-over, arrears, staff, running, projects, what no document
-- says the amount of, this year; at the end the change without carry-over and arrears.
-- Caveat: only what is printed, or follows exactly, has an amount. In the prose alone (`stated`) last year's arrears
-- are not known: the step is this year's (`has_prior` is false). Carry-over has an amount where it and the
-- appropriation make up the totals of both years, to the rounding of 0.01 万元; of two documents, where both print it.
-- Projects are the same by their names, but for their own document's year, without what they pay for earlier years. A
-- stated reason stands with the step that it is about; if it names no amount, that is part of what is not explained.
-- `counts` leaves out of sums over documents what another one has too.
WITH changes AS (
  SELECT
    growth.*,
    reason
  FROM growth
  LEFT JOIN (
    SELECT
      document_id,
      subject,
      line_no,
      'stated' AS basis,
      any_value(reason) AS reason
    FROM claims
    WHERE kind = 'delta' AND reason IS NOT NULL AND NOT in_reason
    GROUP BY ALL
  ) AS reasons USING (document_id, subject, line_no, basis)
),

said AS (  -- what the prose states to be carried over, nothing too
  SELECT
    document_id,
    any_value(amount_yuan) AS amount,
    min(line_no) AS line_no
  FROM claims
  WHERE kind = 'amount' AND basis = '' AND NOT in_reason AND regexp_full_match(subject, spec('analyses.carried'))
  GROUP BY document_id
  HAVING min(amount_yuan) = max(amount_yuan)
),

printed AS (
  SELECT
    document_id,
    max(amount_yuan) FILTER (figure = 'expenditure') AS total,
    coalesce(max(amount_yuan) FILTER (figure = 'carry_over'), any_value(said.amount)) AS carry_over,
    coalesce(max(key_figures.line_no) FILTER (figure = 'carry_over'), any_value(said.line_no)) AS carry_over_line_no
  FROM key_figures
  LEFT JOIN said USING (document_id)
  GROUP BY document_id
),

wholes AS (
  SELECT *
  FROM changes
  JOIN printed USING (document_id)
  WHERE
    rate IS NOT NULL
    AND CASE basis
      WHEN 'stated' THEN current_yuan = total AND regexp_full_match(subject, spec('analyses.whole'))
      ELSE table_key = 'expenditure' AND is_total
    END
  QUALIFY
    row_number() OVER (
      PARTITION BY document_id, fiscal_year, unit_name, basis ORDER BY current_yuan DESC, stated_rate IS NULL, line_no
    ) = 1
),

separable AS (  -- all that is not appropriated was carried over, this year and last year
  SELECT DISTINCT
    w.document_id,
    w.basis
  FROM wholes AS w
  JOIN changes AS a USING (document_id, basis)
  WHERE
    w.basis = 'stated'
    AND regexp_full_match(a.subject, spec('analyses.appropriation'))
    AND abs(a.current_yuan + w.carry_over - w.current_yuan) <= 200
    AND abs(a.prior_yuan - w.prior_yuan) <= 200
),

told AS (  -- the parts of the reason for the whole change
  SELECT
    document_id,
    basis,
    CASE
      WHEN regexp_matches(said, spec('analyses.of_carry_over')) THEN 'carry_over'
      WHEN regexp_matches(said, spec('analyses.of_arrears')) THEN 'arrears'
      WHEN regexp_matches(said, spec('analyses.of_running')) THEN 'running'
      WHEN regexp_matches(said, spec('analyses.of_projects')) THEN 'projects'
      WHEN regexp_matches(said, spec('analyses.of_staff')) THEN 'staff'
      ELSE 'unexplained'
    END AS step,
    string_agg(said, '；') AS reason,
    min(line_no) AS line_no
  FROM (
    SELECT
      document_id,
      basis,
      line_no,
      trim(unnest(regexp_split_to_array(reason, spec('analyses.reason_parts')))) AS said
    FROM wholes
  )
  WHERE said <> ''
  GROUP BY document_id, basis, step
),

named_steps AS (
  SELECT *
  FROM told
  WHERE step <> 'unexplained'
),

project_money AS (  -- of this year's budget, beside what pays for earlier years
  SELECT
    p.document_id,
    -- A pattern with the year itself in it would be compiled for each row
    comparable_name(
      replace(
        regexp_replace(
          replace(p.project_name, coalesce(d.fiscal_year::VARCHAR, ''), chr(31)), spec('analyses.own_year'), '\1'
        ),
        chr(31),
        coalesce(d.fiscal_year::VARCHAR, '')
      )
    ) AS project,
    p.form_no,
    coalesce(a.amount_yuan, 0) AS arrears,
    p.amount_yuan - arrears AS amount,
    p.line_no,
    a.line_no AS arrears_line_no
  FROM projects AS p
  JOIN documents AS d USING (document_id)
  LEFT JOIN arrears AS a
    ON a.document_id = p.document_id AND a.form_no = p.form_no AND a.amount_yuan <= p.amount_yuan
  WHERE p.funding = 'current_year'
),

owed AS (
  SELECT
    document_id,
    sum(arrears) AS arrears,
    min(arrears_line_no) AS line_no
  FROM project_money
  JOIN documents USING (document_id)
  WHERE document_kind = 'budget' AND form_no IS NOT NULL
  GROUP BY document_id
),

unsplit AS (  -- whose projects may hold what was carried over
  SELECT document_id
  FROM printed
  ANTI JOIN (
    FROM projects
    WHERE funding = 'carry_over'
  ) USING (document_id)
  WHERE carry_over > 0
),

paired_projects AS (
  SELECT
    w.document_id,
    sum(p.amount) FILTER (p.document_id = w.document_id) AS this,
    sum(p.amount) FILTER (p.document_id <> w.document_id) AS before,
    min(p.line_no) FILTER (p.document_id = w.document_id) AS line_no
  FROM (
    SELECT
      document_id,
      unnest([document_id, prior_document_id]) AS compared_id
    FROM wholes
    WHERE basis = 'documents' AND document_id NOT IN (FROM unsplit) AND prior_document_id NOT IN (FROM unsplit)
  ) AS w
  JOIN project_money AS p ON p.document_id = w.compared_id
  GROUP BY w.document_id, p.project
  QUALIFY
    count(this) OVER (PARTITION BY w.document_id) > 0 AND count(before) OVER (PARTITION BY w.document_id) > 0
),

own_costs AS (
  SELECT
    document_id,
    share_key,
    amount_yuan AS amount,
    line_no
  FROM key_shares
  WHERE share_key IN ('personnel', 'non_personnel')
),

carried AS (
  SELECT
    w.document_id,
    w.basis,
    'carry_over' AS step,
    CASE WHEN w.basis = 'stated' THEN w.carry_over ELSE w.carry_over - before.carry_over END AS amount,
    TRUE AS has_prior,
    NULL AS reason,
    w.carry_over_line_no AS line_no
  FROM wholes AS w
  LEFT JOIN separable AS s USING (document_id, basis)
  LEFT JOIN printed AS before ON before.document_id = w.prior_document_id
  WHERE w.basis = 'documents' AND amount IS NOT NULL OR s.document_id IS NOT NULL
),

in_arrears AS (
  SELECT
    w.document_id,
    w.basis,
    'arrears',
    o.arrears - coalesce(before.arrears, 0) AS amount,
    before.arrears IS NOT NULL,
    NULL,
    o.line_no
  FROM wholes AS w
  JOIN owed AS o ON o.document_id = w.document_id
  LEFT JOIN owed AS before ON before.document_id = w.prior_document_id
  WHERE amount <> 0
),

stated_costs AS (
  SELECT
    changes.document_id,
    basis,
    CASE WHEN share_key = 'personnel' THEN 'staff' ELSE 'running' END AS step,
    change_yuan,
    TRUE,
    reason,
    changes.line_no
  FROM changes
  SEMI JOIN wholes USING (document_id, basis)
  -- as 机关运行经费 may be more than the running costs of basic expenditure
  JOIN own_costs ON (own_costs.document_id, amount) = (changes.document_id, current_yuan)
  WHERE
    basis = 'stated'
    AND (
      share_key = 'personnel' AND regexp_full_match(subject, spec('analyses.personnel'))
      OR share_key = 'non_personnel' AND regexp_full_match(subject, spec('analyses.agency'))
    )
  QUALIFY row_number() OVER (PARTITION BY changes.document_id, step ORDER BY changes.line_no) = 1
),

compared_costs AS (
  SELECT
    w.document_id,
    w.basis,
    CASE WHEN this.share_key = 'personnel' THEN 'staff' ELSE 'running' END,
    this.amount - before.amount,
    TRUE,
    NULL,
    this.line_no
  FROM wholes AS w
  JOIN printed ON printed.document_id = w.prior_document_id
  JOIN own_costs AS this ON this.document_id = w.document_id
  JOIN own_costs AS before ON before.document_id = w.prior_document_id AND before.share_key = this.share_key
  -- else what was carried over might be counted twice
  WHERE w.basis = 'documents' AND coalesce(w.carry_over, 0) = 0 AND coalesce(printed.carry_over, 0) = 0
),

compared_projects AS (
  SELECT
    document_id,
    'documents',
    CASE
      WHEN before IS NULL THEN 'projects_begun'
      WHEN this IS NULL THEN 'projects_ended'
      ELSE 'projects_continued'
    END,
    sum(coalesce(this, 0) - coalesce(before, 0)),
    TRUE,
    NULL,
    min(line_no)
  FROM paired_projects
  GROUP BY ALL
),

amounts AS (
  FROM carried
  UNION ALL
  FROM in_arrears
  UNION ALL
  FROM stated_costs
  UNION ALL
  FROM compared_costs
  UNION ALL
  FROM compared_projects
),

sums AS (
  SELECT
    document_id,
    basis,
    sum(amount) AS explained,
    CASE WHEN bool_or(step = 'carry_over') THEN sum(amount) FILTER (step IN ('carry_over', 'arrears')) END AS unlike
  FROM amounts
  GROUP BY ALL
),

known_steps AS (
  SELECT
    document_id,
    basis,
    step,
    amount,
    has_prior,
    coalesce(amounts.reason, told.reason) AS reason,
    coalesce(amounts.line_no, told.line_no) AS line_no
  FROM amounts
  FULL JOIN named_steps AS told USING (document_id, basis, step)
),

rest AS (
  SELECT
    wholes.document_id,
    wholes.basis,
    'unexplained',
    change_yuan - coalesce(explained, 0) AS amount,
    CAST(NULL AS BOOLEAN) AS has_prior,
    told.reason,
    told.line_no
  FROM wholes
  LEFT JOIN sums USING (document_id, basis)
  LEFT JOIN told ON (told.document_id, told.basis, told.step) = (wholes.document_id, wholes.basis, 'unexplained')
  WHERE amount <> 0 OR told.reason IS NOT NULL
),

steps AS (
  FROM known_steps
  UNION ALL
  FROM rest
  UNION ALL
  SELECT
    document_id,
    basis,
    'prior_year',
    prior_yuan,
    NULL,
    NULL,
    CASE WHEN basis = 'documents' THEN prior_line_no ELSE line_no END
  FROM wholes
  UNION ALL
  SELECT
    document_id,
    basis,
    'this_year',
    current_yuan,
    NULL,
    NULL,
    current_line_no
  FROM wholes
  UNION ALL
  SELECT
    document_id,
    basis,
    'like_for_like',
    change_yuan - unlike,
    NULL,
    NULL,
    line_no
  FROM wholes
  JOIN sums USING (document_id, basis)
  WHERE unlike IS NOT NULL
),

ordered (step_no, step) AS (
  VALUES
  (1, 'prior_year'),
  (2, 'carry_over'),
  (3, 'arrears'),
  (4, 'staff'),
  (5, 'running'),
  (6, 'projects_begun'),
  (7, 'projects_ended'),
  (8, 'projects_continued'),
  (9, 'projects'),
  (10, 'unexplained'),
  (11, 'this_year'),
  (12, 'like_for_like')
)

SELECT
  document_id,
  w.fiscal_year,
  w.unit_name,
  w.document_kind,
  basis,
  step_no,
  step,
  TRY_CAST(steps.amount AS DECIMAL(18, 2)) AS amount_yuan,
  share_of(amount_yuan, w.prior_yuan) AS points,
  CASE WHEN step IN ('this_year', 'like_for_like') THEN w.stated_rate END AS stated_rate,
  steps.has_prior,
  steps.amount IS NOT NULL AS is_quantified,
  CASE
    WHEN s.document_id IS NULL OR step IN ('prior_year', 'this_year', 'like_for_like') THEN NULL ELSE
      step <> 'carry_over'
  END AS of_appropriation,
  steps.reason,
  steps.line_no,
  w.prior_document_id,
  w.counts
FROM steps
JOIN ordered USING (step)
JOIN wholes AS w USING (document_id, basis)
LEFT JOIN separable AS s USING (document_id, basis)
ORDER BY document_id, basis DESC, step_no
