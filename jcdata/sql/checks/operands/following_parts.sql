-- Which figures are parts of a figure right above them, as nothing but their amounts tells: 预算拨款 above 一般公共预算 and
-- 政府性基金预算 that nothing numbers, 通用项目 above its projects. Grain: figure that stands among rows below another one of
-- its column, which is exactly their sum. That may be chance, so what is made of it holds only where a sum fails with
-- these figures and holds without them.
-- Columns: `document_id`, `table_key`, `side`, `row_no`, `measure` of the figure, and `is_following`, which is TRUE.
WITH rows AS (  -- a total or the carry-over parts what stands above it from what stands below
  SELECT
    *,
    count(*) FILTER (is_total OR row_role LIKE '%total' OR row_role = 'carried_in') OVER (
      PARTITION BY document_id, table_key, side, measure ORDER BY row_no
    ) AS block
  FROM figures
  WHERE rows_are IN ('sources', 'projects') AND item_code = ''
),

running AS (
  SELECT
    document_id,
    table_key,
    side,
    measure,
    block,
    row_no,
    amount,
    sum(amount) OVER (
      PARTITION BY document_id, table_key, side, measure, block ORDER BY row_no ROWS UNBOUNDED PRECEDING
    ) AS until_here
  FROM rows
  WHERE NOT (is_total OR row_role LIKE '%total' OR row_role = 'carried_in')
),

runs AS (
  SELECT
    whole.document_id,
    whole.table_key,
    whole.side,
    whole.measure,
    whole.block,
    whole.row_no AS whole_no,
    min(final.row_no) AS final_no
  FROM running AS whole
  JOIN running AS final
    ON
      final.document_id = whole.document_id AND final.table_key = whole.table_key AND final.side = whole.side
      AND final.measure = whole.measure AND final.block = whole.block
      AND final.until_here = whole.until_here + whole.amount
  WHERE whole.amount <> 0 AND final.row_no > whole.row_no
  GROUP BY ALL
)

SELECT DISTINCT
  document_id,
  table_key,
  side,
  row_no,
  measure,
  TRUE AS is_following
FROM runs JOIN running USING (document_id, table_key, side, measure, block)
WHERE row_no BETWEEN whole_no + 1 AND final_no
