-- Which codes do the documents print, and what do they call them? Names that many documents give a code that the
-- classification does not have are likely to be those of the standard. Grain: code and name.
-- Caveat: what documents print, not what the standard says; a unit's misprint is a row here too.
WITH printed AS (
  SELECT DISTINCT
    item_code AS code,
    comparable_name(item_name) AS printed_key,
    item_name,
    document_id,
    unit_name,
    fiscal_year
  FROM main.budget_lines JOIN main.documents USING (document_id)
  WHERE item_code <> '' AND item_name <> ''
),

seen AS (
  SELECT
    code,
    printed_key,
    min(item_name) AS name,
    count(DISTINCT document_id)::INTEGER AS documents,
    count(DISTINCT unit_name)::INTEGER AS units,
    min(fiscal_year) AS first_year,
    max(fiscal_year) AS last_year
  FROM printed
  GROUP BY ALL
)

SELECT
  seen.code,
  seen.name,
  documents,
  units,
  seen.first_year,
  seen.last_year,
  (count(*) OVER (PARTITION BY seen.code))::INTEGER AS names_of_code,
  known.name AS standard_name,
  comparable_name(known.name) = printed_key AS is_standard
FROM seen
LEFT JOIN main.classification AS known
  ON
    known.code = seen.code
    AND coalesce(seen.last_year, 9999) BETWEEN coalesce(known.first_year, 0) AND coalesce(known.last_year, 9999)
ORDER BY seen.code, documents DESC, seen.name
