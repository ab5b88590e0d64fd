-- The amounts of the forms' funding grids and how far their print may be off: nothing, but for scientific notation half a
-- unit of its last digit. Grain: form, horizon and source.
SELECT
  *,
  regexp_matches(amount_text, '[Ee]') AS is_scientific,
  if(is_scientific,
     0.5 * pow(10, regexp_extract(amount_text, '[Ee][+]?(\d+)', 1)::INTEGER - length(regexp_extract(amount_text, '[.](\d+)[Ee]', 1)))
       * amount_yuan::DOUBLE / amount_text::DOUBLE,
     0)::DECIMAL(24, 6) AS half
FROM form_funding
