-- one row per province, indicator, year and period for which any province has a value
WITH valued AS (
    SELECT DISTINCT i.province_code, i.indicator_code, i.year_be, i.period_basis, i.period
    FROM core_indicator AS i
    LEFT JOIN raw_file AS f USING (file_id)
    WHERE f.status IS DISTINCT FROM 'superseded' AND i.province_code IS NOT NULL AND i.value IS NOT NULL
),
periods AS (
    SELECT indicator_code, year_be, period_basis, period, count(*) AS provinces_with_value
    FROM valued
    GROUP BY ALL
)
SELECT p.province_code, s.indicator_code, s.year_be, s.period_basis, s.period, s.provinces_with_value,
       100.0 * s.provinces_with_value / (SELECT count(*) FROM core_province) AS share_pct,
       v.province_code IS NOT NULL AS has_value
FROM core_province AS p
CROSS JOIN periods AS s
LEFT JOIN valued AS v
    ON v.province_code = p.province_code AND v.indicator_code = s.indicator_code AND v.year_be = s.year_be
   AND v.period_basis = s.period_basis AND v.period = s.period
-- บึงกาฬ was founded in 2554 (พ.ร.บ. ตั้งจังหวัดบึงกาฬ พ.ศ. 2554): before that it can have no figures.
WHERE NOT (p.province_code = '38' AND s.year_be < 2554)
