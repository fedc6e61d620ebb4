-- one row per large figure of a place, indicator, source and year: the earlier year, if any, that has exactly the same
WITH live AS (
    SELECT i.*
    FROM core_indicator AS i
    LEFT JOIN raw_file AS f USING (file_id)
    WHERE f.status IS DISTINCT FROM 'superseded' AND i.period = 'year' AND abs(i.value) >= 10000
      AND NOT starts_with(i.indicator_code, 'unnamed_')
)
SELECT province_code, indicator_code, source, year_be, period_basis, value, file_id, sheet, cell,
       lag(year_be) OVER (PARTITION BY province_code, indicator_code, source, period_basis, value ORDER BY year_be)
           AS twin_year_be
FROM live
QUALIFY count(*) OVER (PARTITION BY province_code, indicator_code, source, period_basis, value, year_be) = 1
