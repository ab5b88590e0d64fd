-- Which rows add up to which. Grain: a row and the row above it that sums it up, in the same table and side. By code:
-- the nearest row above with the longest shorter code, else the total. Economic items without codes belong to the class
-- above them, projects and units to the row of totals above them, and to the table's own totals. A total of some
-- classes only, such as 人员经费合计, sums up none of them here. What adds up by the names of its rows, sources, categories
-- and expenses, is left to identities.toml; purchases and assets are printed at several levels that nothing tells
-- apart.
-- Columns: `document_id`, `table_key`, `side`, `row_no`, `parent_no` (the `row_no` of the row that sums it up).
WITH rows AS (
  SELECT DISTINCT
    document_id,
    table_key,
    side,
    rows_are,
    row_no,
    item_code,
    item_name,
    is_total,
    row_role = 'economic_class' AS is_class
  FROM figures
  WHERE
    rows_are NOT IN ('sources', 'categories', 'expenses', 'purchases', 'assets')
    AND (row_role IN ('total', 'current_total') OR NOT is_total)
  -- Functional items none of which has a code are sources, or names that nothing puts in order
  QUALIFY rows_are <> 'functional_items' OR bool_or(item_code <> '') OVER (PARTITION BY document_id, table_key, side)
),

halves AS (  -- two totals on one line are those of two halves of a table that stand side by side
  SELECT DISTINCT
    document_id,
    table_key,
    side,
    unnest(totals) AS row_no,
    TRUE AS is_half
  FROM (
    SELECT
      document_id,
      table_key,
      side,
      line_no,
      list(DISTINCT row_no) AS totals
    FROM figures
    WHERE is_total
    GROUP BY ALL
    HAVING len(totals) > 1
  )
),

blocks AS (  -- a total that stands right above another one sums up all rows of the table
  SELECT
    *,
    is_whole_total(item_name) AND is_half IS NULL
    OR lead(is_total) OVER rest AND NOT bool_or(NOT is_total) OVER before AS is_grand,
    coalesce(min(if(is_total, row_no, NULL)) OVER later, 2147483647) AS next_total
  FROM rows LEFT JOIN halves USING (document_id, table_key, side, row_no)
  WINDOW
    rest AS (PARTITION BY document_id, table_key, side ORDER BY row_no),
    before AS (rest ROWS UNBOUNDED PRECEDING),
    later AS (rest ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
),

above AS (
  SELECT
    document_id,
    table_key,
    side,
    child.row_no,
    max_by(parent.row_no, (length(parent.item_code), parent.row_no < child.row_no, parent.row_no)) AS parent_no
  FROM rows AS child JOIN rows AS parent USING (document_id, table_key, side)
  WHERE
    parent.row_no <> child.row_no AND NOT child.is_total AND NOT parent.is_total AND CASE
      WHEN child.item_code <> ''
        THEN
          parent.item_code <> '' AND starts_with(child.item_code, parent.item_code)
          AND child.item_code <> parent.item_code
      ELSE parent.is_class AND NOT child.is_class AND parent.row_no < child.row_no
    END
  GROUP BY ALL
)

FROM above
UNION ALL
SELECT
  document_id,
  table_key,
  side,
  child.row_no,
  total.row_no AS parent_no
FROM blocks AS child JOIN blocks AS total USING (document_id, table_key, side)
ANTI JOIN above
  ON
    above.document_id = child.document_id AND above.table_key = child.table_key
    AND above.side = child.side AND above.row_no = child.row_no
WHERE
  NOT child.is_total AND total.is_total
  AND (
    total.is_grand OR child.rows_are IN ('units', 'projects') AND child.row_no BETWEEN total.row_no AND total.next_total
  )
