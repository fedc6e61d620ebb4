-- one row per province, crime group, year and period for which one source has both the reports and the arrests
WITH live AS (
    SELECT i.*, regexp_replace(i.indicator_code, '_(reported|arrested)$', '') AS crime_group
    FROM core_indicator AS i
    LEFT JOIN raw_file AS f USING (file_id)
    WHERE f.status IS DISTINCT FROM 'superseded' AND i.value IS NOT NULL AND i.indicator_code LIKE 'crime_%'
)
SELECT a.province_code, a.indicator_code, a.year_be, a.period_basis, a.period, a.crime_group,
       a.file_id, a.sheet, a.cell, r.value AS reported, a.value AS arrested
FROM live AS a
JOIN live AS r
    ON r.crime_group = a.crime_group AND r.province_code IS NOT DISTINCT FROM a.province_code
   AND r.year_be = a.year_be AND r.period_basis = a.period_basis AND r.period = a.period
   AND r.source IS NOT DISTINCT FROM a.source AND r.indicator_code LIKE '%_reported'
WHERE a.indicator_code LIKE '%_arrested'
