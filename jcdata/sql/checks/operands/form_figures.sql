-- The amounts of the forms' funding grids and how far their print may be off: nothing, but for scientific notation half
-- a unit of its last digit. What a self-evaluation prints beside the budget is left out.
-- Grain: form, horizon and source.
-- Columns: those of `form_funding`, with `is_scientific` and `half` (yuan, how far the print may be off).
WITH parts AS (
  SELECT
    *,
    regexp_matches(amount_text, '[Ee]') AS is_scientific,
    TRY_CAST(regexp_extract(amount_text, '[Ee][+]?(\d+)', 1) AS INTEGER) AS exponent,
    length(regexp_extract(amount_text, '[.](\d+)[Ee]', 1)) AS decimals,
    TRY_CAST(amount_text AS DOUBLE) AS printed
  FROM form_funding
  WHERE basis = 'budget'
)

SELECT
  * EXCLUDE (exponent, decimals, printed),
  if(
    is_scientific,
    TRY_CAST(0.5 * pow(10, exponent - decimals) * amount_yuan::DOUBLE / nullif(printed, 0) AS DECIMAL(24, 6)),
    0
  ) AS half
FROM parts
