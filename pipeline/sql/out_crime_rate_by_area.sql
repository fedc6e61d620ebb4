-- one row per area (a cluster, or the nation), calendar year and police crime group: cases and rate over the provinces that have both figures, and how many of the area's provinces those are
WITH area AS (
    SELECT province_code, 'cluster' AS area_kind, cluster AS area FROM core_province WHERE cluster IS NOT NULL
    UNION ALL
    SELECT province_code, 'nation', 'nation' FROM core_province
),
size AS (
    SELECT area_kind, area, count(*) AS n_members FROM area GROUP BY ALL
)
SELECT a.area_kind, a.area, r.year_be, r.crime_group, sum(r.reported) AS reported, sum(r.population) AS population,
       100000 * sum(r.reported) / sum(r.population) AS rate_per_100000, count(*) AS n_provinces, s.n_members
FROM out_crime_rate AS r
JOIN area AS a USING (province_code)
JOIN size AS s USING (area_kind, area)
WHERE r.rate_per_100000 IS NOT NULL
GROUP BY ALL
