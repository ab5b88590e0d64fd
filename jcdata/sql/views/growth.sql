-- How fast does it grow? Each change that the prose states, with the rate recomputed from amount and change; and
-- where the same unit's document of the year before is loaded too, both documents compared with each other.
-- Grain: document, subject and basis (`stated`: the prose's own change; `documents`: two documents).
-- Caveat: for `stated` the previous year is implied (amount less change); a rate agrees if it is the stated one
-- rounded or cut at its second decimal. NULL where the previous year was nothing.
WITH stated AS (
    SELECT c.document_id, c.subject, arg_max(a.amount_yuan, a.claim_no) AS current_yuan, c.amount_yuan AS change_yuan,
        arg_min(g.value, g.claim_no) / 100 AS stated_rate, 'stated' AS basis, c.line_no,
        arg_max(a.line_no, a.claim_no) AS current_line_no, arg_min(g.line_no, g.claim_no) AS stated_line_no
    FROM claims c
    JOIN claims a ON (a.document_id, a.section, a.subject, a.kind) = (c.document_id, c.section, c.subject, 'amount') AND a.claim_no < c.claim_no
    LEFT JOIN claims g ON (g.document_id, g.section, g.subject, g.kind) = (c.document_id, c.section, c.subject, 'growth') AND g.claim_no > c.claim_no
    WHERE c.kind = 'delta' AND c.amount_yuan IS NOT NULL
    GROUP BY c.document_id, c.claim_no, c.subject, c.amount_yuan, c.line_no
),
figures AS (  -- what two years of a unit can be compared by
    SELECT unit_name, fiscal_year, document_id, concat_ws(' ', table_key, nullif(item_code, ''), item_name) AS subject, amount_yuan, line_no
    FROM budget_lines JOIN documents USING (document_id)
    WHERE measure = 'total' AND document_kind = 'budget'
        AND table_key IN ('expenditure', 'general_public_expenditure', 'three_public_expenses', 'agency_operating_expenses')
),
compared AS (
    SELECT this.document_id, this.subject, this.amount_yuan AS current_yuan, this.amount_yuan - before.amount_yuan AS change_yuan,
        NULL AS stated_rate, 'documents' AS basis, this.line_no, this.line_no AS current_line_no
    FROM figures this
    JOIN figures before ON before.unit_name = this.unit_name AND before.fiscal_year = this.fiscal_year - 1 AND before.subject = this.subject
),
both_bases AS (FROM stated UNION ALL BY NAME FROM compared)
SELECT document_id, fiscal_year, unit_name, subject, current_yuan, current_yuan - change_yuan AS prior_yuan, change_yuan,
    change_yuan::DOUBLE / nullif(current_yuan - change_yuan, 0)::DOUBLE AS rate,
    stated_rate::DOUBLE AS stated_rate, basis, abs(rate - stated_rate) < 0.0001 AS agrees, line_no, current_line_no,
    stated_line_no
FROM both_bases JOIN documents USING (document_id)
ORDER BY document_id, basis DESC, line_no, subject
