-- Do the cells agree that identities.toml names? Grain: document, identity and key (a row, a code, or the whole
-- document). An operand that is not printed makes the result `missing`, and so does what does not agree beside money of
-- which it is not known what it is; carry-over is left out by what identity_scope
-- excludes. One figure that is another one of its table must be printed alike; sums may be off by half a unit for each
-- figure. Parts printed below their sum that nothing tells from other terms are left out where the identity holds
-- without them. Most identities hold: only the others are put into words.
WITH cells AS (
  SELECT
    *,
    use IN ('stated', 'terms') AND amounts <> [] AS printed
  FROM identity_cells
),

sums AS (
  SELECT
    document_id,
    identity_no,
    key,
    is_keyed,
    check_key,
    target,
    relation,
    is_known,
    needed,
    coalesce(min(row_label) FILTER (use = 'stated'), min(row_label)) AS row_label,
    coalesce(sum(sign * amount) FILTER (use = 'stated'), if(any_value(is_zero_unless_stated), 0, NULL)) AS stated,
    coalesce(sum(sign * amount) FILTER (use = 'terms'), 0) AS terms,
    coalesce(sum(sign * repeated) FILTER (use = 'terms'), 0) AS repeated,
    coalesce(sum(sign * amount) FILTER (use = 'perhaps'), 0) AS perhaps,
    if(
      any_value(is_one_table) AND sum(len(amounts)) FILTER (use IN ('stated', 'terms')) <= 2,
      tolerance_of_same(max(step) FILTER (printed), min(step) FILTER (printed)), sum(step) FILTER (printed) / 2
    ) AS tolerance,
    coalesce(sum(step) FILTER (use = 'perhaps'), 0) / 2 AS perhaps_tolerance,
    count(*) FILTER (NOT is_optional AND use <> 'perhaps') AS found,
    bool_or(is_unsure) AS is_unsure,
    list_append(flatten(list(line_nos) FILTER (use <> 'zero' AND line_nos IS NOT NULL)), any_value(empty_line))
      AS line_nos,
    coalesce(flatten(list(cells) FILTER (use = 'stated')), []) AS stated_cells,
    coalesce(flatten(list(cells) FILTER (use = 'terms')), []) AS term_cells,
    coalesce(flatten(list(cells) FILTER (use = 'perhaps')), []) AS perhaps_cells
  FROM cells
  JOIN identity_scope USING (document_id, identity_no, is_keyed)
  GROUP BY ALL
  HAVING
    bool_or(printed) AND (relation IN ('equal', 'empty') OR bool_or(printed AND use = 'stated'))
    AND coalesce(sum(sign * amount) FILTER (use = 'zero'), 0) = 0
    -- A sum of which a table prints no part at all is no sum there.
    AND (relation = 'empty' OR bool_or(use = 'terms'))
),

decided AS (
  SELECT
    *,
    count(*) FILTER (perhaps <> 0 AND abs(stated - terms - perhaps) <= tolerance + perhaps_tolerance) OVER same
    > count(*) FILTER (perhaps <> 0 AND abs(stated - terms) <= tolerance) OVER same AS counts_perhaps,
    abs(stated - terms) > tolerance AND abs(stated - terms + repeated) <= tolerance AS repeats_parts
  FROM sums WINDOW same AS (PARTITION BY document_id, identity_no)
),

final AS (
  SELECT
    *,
    CASE
      WHEN is_known AND found + (stated IS NULL)::INT >= needed
        THEN terms + if(counts_perhaps, perhaps, 0) - if(repeats_parts, repeated, 0)
    END AS computed,
    tolerance + if(counts_perhaps, perhaps_tolerance, 0) AS allowed,
    is_unsure AND abs(stated - computed) > allowed AS is_open
  FROM decided
),

worded AS (
  SELECT
    document_id,
    identity_no,
    key,
    is_keyed,
    any_value(label) FILTER (use = 'stated') AS label,
    any_value(label_zh) FILTER (use = 'stated') AS label_zh,
    string_agg(words, ' ' ORDER BY use = 'perhaps', operand_no) FILTER (is_counted) AS words,
    string_agg(words_zh, ' ' ORDER BY use = 'perhaps', operand_no) FILTER (is_counted) AS words_zh
  FROM (
    SELECT
      identity_cells.*,
      use = 'terms' OR use = 'perhaps' AND counts_perhaps AS is_counted,
      list_transform(
        list_sort(list_zip(identity_cells.line_nos, list_transform(cells, LAMBDA c: split_part(c, '/', -1)), amounts)),
        LAMBDA figure: figure[3]
      ) AS by_line,
      if(amounts = [], NULL, if(sign < 0, '− ', '+ ') || label || sum_in_words(by_line)) AS words,
      if(amounts = [], NULL, if(sign < 0, '− ', '+ ') || label_zh || sum_in_words(by_line)) AS words_zh
    FROM identity_cells JOIN final USING (document_id, identity_no, key, is_keyed)
    WHERE stated IS DISTINCT FROM computed
  )
  GROUP BY ALL
)

SELECT
  check_key,
  document_id,
  stated,
  computed,
  TRUE AS is_money,
  line_nos,
  trim(target || ' ' || if(key = '', '', row_label)) AS target,
  allowed::DECIMAL(24, 6) AS tolerance,
  MAP {
    'label': label, 'label_zh': label_zh,
    'reason': if(is_open, 'beside columns or rows that are not understood', NULL),
    'reason_zh': if(is_open, '另有未能理解的栏目或行', NULL),
    'terms': coalesce(nullif(ltrim(words, '+ '), ''), '0'),
    'terms_zh': coalesce(nullif(ltrim(words_zh, '+ '), ''), '0')
  } AS details,
  CASE
    WHEN relation = 'at_most' AND stated <= computed THEN 'pass'
    WHEN is_open THEN 'missing'
  END AS status_override,
  -- Of several cells that state a sum none is accused more than the others.
  if(len(stated_cells) = 1, stated_cells[1], NULL) AS stated_figure,
  if(len(stated_cells) = 1, [], stated_cells) || term_cells || if(counts_perhaps, perhaps_cells, []) AS computed_from
FROM final LEFT JOIN worded USING (document_id, identity_no, key, is_keyed)
