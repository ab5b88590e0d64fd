-- Does the reason of a change speak of the change that is stated? 减少2.98%，主要原因是经费增加 does not.
-- One row per change with a reason that speaks of more or of less and not of both, nor of another year.
WITH reasons AS (
  SELECT
    *,
    regexp_matches(reason, spec('checking.more')) AS says_more,
    regexp_matches(reason, spec('checking.less')) AS says_less,
    row_number() OVER (PARTITION BY document_id, passage, subject, kind ORDER BY claim_no) AS place
  FROM claims
  WHERE kind IN ('delta', 'growth') AND reason IS NOT NULL AND value <> 0 AND NOT in_reason
)

SELECT
  'prose_reason' AS check_key,
  document_id,
  '情况说明（' || passage_zh(passage) || '）' || subject
  || if(kind = 'growth', '增减率', '增减额') || if(place > 1, '（第' || place || '处）', '') AS target,
  value AS stated,
  NULL AS computed,
  NULL AS tolerance,
  FALSE AS is_money,
  MAP {
    'change': if(value > 0, 'an increase', 'a decrease'), 'change_zh': if(value > 0, '增加', '减少'), 'reason': reason
  } AS details,
  [line_no] AS line_nos,
  if(says_more = (value > 0), 'pass', 'fail') AS status_override
FROM reasons
WHERE says_more <> says_less AND NOT regexp_matches(reason, spec('checking.another_year'))
