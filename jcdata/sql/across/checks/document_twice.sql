-- Is a disclosure loaded in several documents, and do they print the same figures? One row per document and the
-- document of the same unit, year, kind and scope before it by name.
WITH pairs AS (
  SELECT
    document_id,
    lag(document_id) OVER (PARTITION BY disclosure ORDER BY document_id) AS other_id
  FROM disclosures
),

figures AS (
  SELECT
    this.document_id,
    count(other.item) AS common,
    list(
      {
        'label': this.label, 'amount': this.amount, 'line_no': this.line_no, 'page_no': this.page_no,
        'other_amount': other.amount, 'other_line': other.line_no, 'other_page': other.page_no
      }
      ORDER BY this.line_no, this.place
    ) FILTER (abs(this.amount - other.amount) > tolerance_of_same(this.step, other.step)) AS differing
  FROM pairs
  JOIN disclosure_figures AS this USING (document_id)
  JOIN disclosure_figures AS other
    ON (other.document_id, other.place, other.item) = (other_id, this.place, this.item)
  GROUP BY this.document_id
),

compared AS (
  SELECT
    document_id,
    other_id,
    coalesce(common, 0) AS common,
    common - len(coalesce(differing, [])) AS agreeing,
    differing[1] AS one,
    list_transform(differing, LAMBDA d: d.line_no) AS lines
  FROM pairs
  LEFT JOIN figures USING (document_id)
  WHERE other_id IS NOT NULL
)

SELECT
  'document_twice' AS check_key,
  document_id,
  other_id AS target,
  common AS stated,
  coalesce(agreeing, 0) AS computed,
  0 AS tolerance,
  FALSE AS is_money,
  MAP {
    'document': document_id,
    'verdict': CASE
      WHEN common = 0 THEN 'no figure stands in both: they complement each other'
      WHEN one IS NULL THEN format('all {} figures that stand in both agree', common)
      ELSE format(
        '{} of the {} figures that stand in both differ, first {}: {} {} and in the other {} {}',
        common - agreeing, common, one.label, place_in_words(one.page_no, one.line_no), in_wan(one.amount),
        place_in_words(one.other_page, one.other_line), in_wan(one.other_amount)
      )
    END,
    'verdict_zh': CASE
      WHEN common = 0 THEN '两份文件没有共同的数字，互为补充'
      WHEN one IS NULL THEN format('两份共有的{}个数字全部一致', common)
      ELSE format(
        '两份共有的{}个数字中有{}个不一致，如{}：{}作 {}，另一份{}作 {}',
        common, common - agreeing, one.label, place_in_words_zh(one.page_no, one.line_no), in_wan(one.amount),
        place_in_words_zh(one.other_page, one.other_line), in_wan(one.other_amount)
      )
    END
  } AS details,
  coalesce(lines, []) AS line_nos,
  'fail' AS status_override,
  if(one IS NULL, NULL, 'warning') AS severity_override
FROM compared
