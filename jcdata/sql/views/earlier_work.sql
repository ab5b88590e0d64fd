-- Which money of this year pays for work of earlier years: for which year, what is paid already, when is the rest due?
-- Grain: form in arrears; amount of the prose that it calls arrears. Caveat: what the prose states (`stated_in`) may be
-- the money of the forms again, or last year's, and is never to be added to theirs. `origin_year` is given where the
-- sentence names one earlier year, `total_yuan` where it states one earlier payment and all the form's money is the
-- rest. No document prints a project's function: it is known only where all project money is of one item.
-- `counts` leaves out of sums over documents what another one has too.
WITH owed AS (
  SELECT
    a.document_id,
    'form' AS stated_in,
    a.form_no,
    f.project_name,
    f.property,
    a.amount_yuan,
    f.annual_total_yuan,
    a.sentence,
    concat(f.annual_goal, '。', a.sentence) AS promise,
    a.line_no,
    'forms' AS part
  FROM arrears AS a JOIN performance_forms AS f ON (f.document_id, f.form_no) = (a.document_id, a.form_no)
  UNION ALL
  SELECT
    document_id,
    'prose',
    NULL,
    '',
    NULL,
    amount_yuan,
    NULL,
    sentence,
    sentence,
    line_no,
    'prose'
  FROM claims
  WHERE
    kind = 'amount'
    AND amount_yuan > 0
    -- A pattern with the amount in it is compiled for each row: only where something is owed
    AND CASE
      WHEN regexp_matches(sentence, spec('analyses.owed'))
        THEN
          regexp_matches(
            regexp_replace(sentence, '([0-9]),([0-9]{3})', '\1\2', 'g'),
            concat(
              '(^|[^0-9.])', rtrim(rtrim(value::VARCHAR, '0'), '.'), '(\.?0*)', unit, spec('analyses.owed')
            )
          )
    END
  QUALIFY row_number() OVER (PARTITION BY document_id, amount_yuan ORDER BY line_no, claim_no) = 1
),

mentioned AS (
  SELECT DISTINCT
    document_id,
    line_no,
    unnest(regexp_extract_all(sentence, spec('analyses.year'), 1))::INTEGER AS mentioned_year
  FROM owed
),

origins AS (
  SELECT
    document_id,
    line_no,
    CASE WHEN count(*) = 1 THEN min(mentioned_year) END AS origin_year
  FROM mentioned JOIN documents USING (document_id)
  WHERE mentioned_year < fiscal_year
  GROUP BY ALL
),

payments AS (
  SELECT
    *,
    CASE
      WHEN len(regexp_extract_all(sentence, spec('analyses.paid'))) = 1
        THEN TRY_CAST(
          TRY_CAST(replace(regexp_extract(sentence, spec('analyses.paid'), 1), ',', '') AS DECIMAL(18, 6))
          * CASE WHEN regexp_extract(sentence, spec('analyses.paid'), 2) = '元' THEN 1 ELSE 10000 END AS DECIMAL(18, 2)
        )
    END AS paid_yuan
  FROM owed
),

only_items AS (
  SELECT
    document_id,
    any_value(item_code) AS item_code,
    any_value(item_name) AS item_name
  FROM budget_lines
  WHERE table_key = 'expenditure' AND measure = 'project' AND item_level = 3 AND amount_yuan > 0
  GROUP BY ALL
  HAVING count(*) = 1
)

SELECT
  document_id,
  fiscal_year,
  unit_name,
  document_kind,
  stated_in,
  form_no,
  project_name,
  property,
  amount_yuan,
  origin_year,
  paid_yuan,
  TRY_CAST(CASE WHEN annual_total_yuan = amount_yuan THEN amount_yuan + paid_yuan END AS DECIMAL(18, 2)) AS total_yuan,
  nullif(regexp_extract(promise, concat(fiscal_year, spec('analyses.due'))), '') AS due_text,
  CASE WHEN stated_in = 'form' THEN coalesce(item_code, '') ELSE '' END AS item_code,
  CASE WHEN stated_in = 'form' THEN coalesce(item_name, '') ELSE '' END AS item_name,
  sentence,
  line_no,
  coalesce(document_parts.counts, TRUE) AS counts
FROM payments
JOIN documents USING (document_id)
LEFT JOIN origins USING (document_id, line_no)
LEFT JOIN only_items USING (document_id)
LEFT JOIN document_parts USING (document_id, part)
ORDER BY document_id, stated_in, amount_yuan DESC, line_no
