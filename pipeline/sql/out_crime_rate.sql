-- one row per province, calendar year and police crime group: cases (NULL in a year that the source leaves at zero or blank in every group, or where a small number is not shown) and, per 100,000 registered persons of that year's end, the rate with its 95 % interval
WITH told AS (
    SELECT *, regexp_extract(indicator_code, '^crime_(.+)_(reported|arrested)$', ['crime_group', 'kind']) AS part
    FROM out_indicator_rate
    WHERE period_basis = 'CY' AND status <> 'none' AND regexp_matches(indicator_code, '^crime_.+_(reported|arrested)$')
),
paired AS (
    SELECT province_code, year_be, part.crime_group AS crime_group,
           max(value) FILTER (part.kind = 'reported') AS reported, max(unit) FILTER (part.kind = 'reported') AS reported_unit,
           max(value) FILTER (part.kind = 'arrested') AS arrested, max(unit) FILTER (part.kind = 'arrested') AS arrested_unit,
           max(rate) FILTER (part.kind = 'reported') AS rate_per_100000,
           max(rate_low) FILTER (part.kind = 'reported') AS rate_low, max(rate_high) FILTER (part.kind = 'reported') AS rate_high,
           bool_or(is_small_number) FILTER (part.kind = 'reported') AS is_small_number,
           bool_or(status = 'void') AS is_void, bool_or(status = 'suppressed') AS is_suppressed,
           max(source) AS source, max(path) AS path, bool_or(is_conflict) AS is_conflict
    FROM told
    GROUP BY ALL
)
SELECT c.province_code, c.year_be, c.crime_group, c.reported, c.reported_unit, c.arrested, c.arrested_unit,
       p.value AS population, CASE WHEN p.value IS NOT NULL THEN c.year_be END AS population_year_be,
       c.rate_per_100000, c.rate_low, c.rate_high, c.is_small_number, c.is_void, c.is_suppressed,
       c.source, p.source AS population_source, c.path, c.is_conflict
FROM paired AS c
LEFT JOIN core_yearly_value AS p
    ON p.province_code = c.province_code AND p.year_be = c.year_be AND p.indicator_code = 'population_registered_total'
    AND p.period_basis = 'point' AND p.unit = 'คน' AND p.value > 0
