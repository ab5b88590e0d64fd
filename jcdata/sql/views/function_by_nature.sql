-- Of what nature is the money of each function: does it keep the unit running, is it for projects, was it carried over?
-- Grain: document and item of the table of expenditure; add up one level at a time.
-- Caveat: money carried over is part of basic and project expenditure, so it is not added to them. It is that of the
-- same item of the table of revenue, if its money with or without that is what the item spends. What is not printed is
-- NULL; nothing is it only where the other figures of the row make up its total, carried over only where the document
-- says elsewhere how much is.
-- `counts` leaves out of sums over documents what another one has too.
WITH items AS (
  SELECT
    document_id,
    row_no,
    item_level,
    item_code,
    item_name,
    max(amount_yuan) FILTER (measure = 'total') AS total,
    max(amount_yuan) FILTER (measure = 'basic') AS basic,
    max(amount_yuan) FILTER (measure = 'project') AS project,
    max(amount_yuan) FILTER (measure = 'carry_over') AS carry_over,
    coalesce(sum(amount_yuan) FILTER (measure IN ('basic', 'project')), 0) AS basic_and_project,
    min(line_no) AS line_no
  FROM budget_lines
  WHERE table_key = 'expenditure' AND item_code <> '' AND NOT is_total AND organisation IS NULL
  GROUP BY ALL
  HAVING total IS NOT NULL
),

said AS (
  SELECT document_id
  FROM key_figures
  WHERE figure = 'carry_over'
  UNION
  SELECT document_id
  FROM claims
  WHERE kind = 'amount' AND basis = '' AND NOT in_reason AND regexp_full_match(subject, spec('analyses.carried'))
),

carried AS (
  SELECT
    budget_lines.document_id,
    item_code,
    coalesce(max(amount_yuan) FILTER (measure = 'total'), 0) AS total,
    coalesce(
      max(amount_yuan) FILTER (measure = 'carry_over'),
      CASE
        WHEN total = sum(amount_yuan) FILTER (measure <> 'total') AND count(said.document_id) > 0
          THEN 0::DECIMAL(18, 2)
      END
    ) AS carry_over
  FROM budget_lines
  LEFT JOIN said USING (document_id)
  WHERE table_key = 'revenue' AND item_code <> '' AND NOT is_total AND organisation IS NULL
  GROUP BY ALL
  HAVING min(row_no) = max(row_no)
),

parents AS (
  SELECT
    document_id,
    item_code AS parent_code,
    any_value(item_name) AS parent_name
  FROM items
  GROUP BY ALL
  HAVING min(item_name) = max(item_name)
)

SELECT
  items.document_id,
  fiscal_year,
  unit_name,
  document_kind,
  item_level,
  items.item_code,
  item_name,
  parent_name,
  coalesce(basic, CASE WHEN basic_and_project = items.total THEN 0::DECIMAL(18, 2) END) AS basic_yuan,
  coalesce(project, CASE WHEN basic_and_project = items.total THEN 0::DECIMAL(18, 2) END) AS project_yuan,
  coalesce(
    items.carry_over,
    CASE WHEN items.total IN (carried.total, carried.total + carried.carry_over) THEN carried.carry_over END
  ) AS carry_over_yuan,
  items.total AS total_yuan,
  share_of(basic_yuan, total_yuan) AS basic_share,
  share_of(project_yuan, total_yuan) AS project_share,
  share_of(carry_over_yuan, total_yuan) AS carry_over_share,
  line_no,
  coalesce(document_parts.counts, TRUE) AS counts
FROM items
JOIN documents ON documents.document_id = items.document_id
LEFT JOIN carried
  ON carried.document_id = items.document_id AND carried.item_code = items.item_code
LEFT JOIN parents
  ON parents.document_id = items.document_id AND parent_code = left(items.item_code, -2)
LEFT JOIN document_parts
  ON document_parts.document_id = items.document_id AND part = 'expenditure'
ORDER BY items.document_id, items.row_no
