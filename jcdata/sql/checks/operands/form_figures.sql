-- The amounts of the forms' funding grids and how far their print may be off: nothing, but for scientific notation half a
-- unit of its last digit. Grain: form, horizon and source.
-- Columns: those of `form_funding`, with `is_scientific` and `half` (yuan, how far the print may be off).
SELECT
  *,
  regexp_matches(amount_text, '[Ee]') AS is_scientific,
  if(is_scientific,
     TRY_CAST(0.5 * pow(10, TRY_CAST(regexp_extract(amount_text, '[Ee][+]?(\d+)', 1) AS INTEGER) - length(regexp_extract(amount_text, '[.](\d+)[Ee]', 1)))
       * amount_yuan::DOUBLE / nullif(TRY_CAST(amount_text AS DOUBLE), 0) AS DECIMAL(24, 6)),
     0) AS half
FROM form_funding
