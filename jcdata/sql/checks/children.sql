-- Do the rows of a table add up to the row above them? Grain: document, row that sums up others, and column.
-- A blank cell counts as nothing; a column in which neither the row nor its parts print anything is left out. Half a
-- printed unit for each figure is rounding; the sum of a single part must be printed as the part is.
-- Parts of a row right above them are left out where the sum holds without them.
-- Of the year before only the items are printed that have money this year: their sum is the row above them at most.
WITH parents AS (
  SELECT DISTINCT
    parent.document_id,
    parent.table_key,
    parent.table_no,
    parent.side,
    parent.rows_are,
    parent.row_no,
    parent.label
  FROM figures AS parent
  SEMI JOIN summands ON
    summands.document_id = parent.document_id AND summands.table_key = parent.table_key
    AND summands.side = parent.side AND summands.parent_no = parent.row_no
),

parts AS (
  SELECT
    document_id,
    table_key,
    side,
    parent_no AS row_no,
    measure,
    sum(amount) AS amount,
    sum(amount) FILTER (is_following IS NULL) AS amount_of_wholes,
    sum(step) AS step,
    list(amount ORDER BY row_no) AS amounts,
    list(line_no) AS line_nos,
    list(cell_figure(table_key, side, figures.row_no, measure)) AS part_figures
  FROM summands
  JOIN figures USING (document_id, table_key, side, row_no)
  LEFT JOIN following_parts USING (document_id, table_key, side, row_no, measure)
  GROUP BY ALL
),

own AS (
  SELECT
    document_id,
    table_key,
    side,
    row_no,
    measure,
    amount,
    step,
    line_no
  FROM figures
),

compared AS (
  SELECT
    document_id,
    table_key,
    side,
    row_no,
    measure,
    coalesce(own.amount, 0) AS stated,
    coalesce(CASE own.amount WHEN amount_of_wholes THEN own.amount END, parts.amount, 0) AS computed,
    if(
      len(amounts) = 1, tolerance_of_same(coalesce(own.step, parts.step), parts.step),
      (coalesce(own.step, 0) + coalesce(parts.step, 0)) / 2
    ) AS tolerance,
    coalesce(sum_in_words(amounts), '0') AS terms,
    list_append(line_nos, line_no) AS line_nos,
    if(own.amount IS NULL, NULL, cell_figure(table_key, side, row_no, measure)) AS stated_figure,
    part_figures
  FROM own FULL JOIN parts USING (document_id, table_key, side, row_no, measure)
)

SELECT
  if(rows_are = 'revenue_items', 'functional_items', rows_are) AS check_key,  -- both add up by their codes
  document_id,
  concat_ws(' ', '表' || table_no, nullif(side_zh(side), ''), label, measure_zh(measure)) AS target,
  stated,
  computed,
  tolerance::DECIMAL(24, 6) AS tolerance,
  TRUE AS is_money,
  MAP { 'terms': terms } AS details,
  line_nos,
  stated_figure,
  part_figures AS computed_from,
  if(measure = 'prior_year_actual', 'warning', NULL) AS severity_override,
  if(measure = 'prior_year_actual' AND stated >= computed, 'pass', NULL) AS status_override
FROM compared JOIN parents USING (document_id, table_key, side, row_no)
WHERE measure <> 'change' AND (measure <> 'prior_year_actual' OR stated_figure IS NOT NULL)
