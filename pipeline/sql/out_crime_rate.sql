-- one row per province, calendar year and police crime group: cases (NULL in a year that the source leaves at zero or blank in every group) and, per 100,000 registered persons of that year's end, the rate with its 95 % interval
WITH told AS (
    SELECT province_code, year_be, regexp_extract(indicator_code, '^crime_(.+)_(reported|arrested)$', 1) AS crime_group,
           max(value) FILTER (indicator_code LIKE '%\_reported' ESCAPE '\') AS reported,
           max(unit) FILTER (indicator_code LIKE '%\_reported' ESCAPE '\') AS reported_unit,
           max(value) FILTER (indicator_code LIKE '%\_arrested' ESCAPE '\') AS arrested,
           max(unit) FILTER (indicator_code LIKE '%\_arrested' ESCAPE '\') AS arrested_unit,
           max(source) AS source, max(path) AS path, bool_or(is_conflict) AS is_conflict
    FROM out_chosen_value
    WHERE period_basis = 'CY' AND period = 'year' AND province_code IS NOT NULL
      AND regexp_matches(indicator_code, '^crime_.+_(reported|arrested)$')
    GROUP BY ALL
),
-- A province without a single case of any group is a province that did not exist that year (บึงกาฬ before 2554).
voided AS (
    SELECT *, count(*) OVER whole > 1 AND coalesce(max(reported) OVER whole, 0) = 0 AS is_void
    FROM told
    WINDOW whole AS (PARTITION BY province_code, year_be)
),
counted AS (
    SELECT * REPLACE (CASE WHEN NOT is_void THEN reported END AS reported, CASE WHEN NOT is_void THEN arrested END AS arrested)
    FROM voided
),
population AS (
    SELECT province_code, year_be, value AS population, source AS population_source
    FROM out_chosen_value
    WHERE indicator_code = 'population_registered_total' AND period_basis = 'point' AND period = 'year'
      AND unit = 'คน' AND value > 0 AND province_code IS NOT NULL
),
-- Byar's approximation: Breslow & Day, Statistical Methods in Cancer Research II (IARC 1987), p. 69.
bounded AS (
    SELECT c.*, p.population, p.population_source,
           CASE WHEN p.population IS NOT NULL THEN c.year_be END AS population_year_be,
           CASE WHEN c.reported_unit = 'คดี' THEN 100000 / p.population END AS per_case,
           CASE WHEN c.reported = 0 THEN 0
                ELSE c.reported * pow(1 - 1 / (9 * c.reported) - 1.959964 / (3 * sqrt(c.reported)), 3) END AS low,
           (c.reported + 1) * pow(1 - 1 / (9 * (c.reported + 1)) + 1.959964 / (3 * sqrt(c.reported + 1)), 3) AS high
    FROM counted AS c
    LEFT JOIN population AS p USING (province_code, year_be)
)
SELECT province_code, year_be, crime_group, reported, reported_unit, arrested, arrested_unit,
       population, population_year_be, reported * per_case AS rate_per_100000,
       low * per_case AS rate_low, high * per_case AS rate_high, reported < 20 AS is_small_number,
       is_void, source, population_source, path, is_conflict
FROM bounded
