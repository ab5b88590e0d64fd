-- The disclosures of the year before of the same unit: of a budget the budget and the final accounts, of final
-- accounts the final accounts.
-- Grain: document and disclosure of the year before.
-- Columns: `document_id`; `disclosure` and `footing` (its kind); `is_same_scope` is false where one of them does not
-- say whether it is a department's or a unit's.
SELECT DISTINCT
  this.document_id,
  before.disclosure,
  before.document_kind AS footing,
  before.scope = this.scope AS is_same_scope
FROM disclosures AS this
JOIN disclosures AS before
  ON
    before.unit = this.unit AND before.fiscal_year = this.fiscal_year - 1
    AND before.document_kind IN (this.document_kind, 'final_accounts')
WHERE before.scope = this.scope OR '' IN (before.scope, this.scope)
QUALIFY is_same_scope OR NOT bool_or(is_same_scope) OVER (PARTITION BY this.document_id, before.document_kind)
