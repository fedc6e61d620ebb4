-- one row per national figure that a source gives together with every province's: it, and the sum of the provinces
WITH live AS (
    SELECT i.*
    FROM core_indicator AS i
    LEFT JOIN raw_file AS f USING (file_id)
    WHERE f.status IS DISTINCT FROM 'superseded' AND i.value IS NOT NULL
),
provinces AS (
    SELECT indicator_code, source, year_be, period_basis, period,
           count(DISTINCT province_code) AS provinces,
           sum(value) AS provinces_value
    FROM live
    WHERE province_code IS NOT NULL
    GROUP BY ALL
)
SELECT n.province_code, n.indicator_code, n.year_be, n.period_basis, n.period, n.unit, n.file_id, n.sheet, n.cell,
       n.value, p.provinces, p.provinces_value,
       100 * abs(n.value - p.provinces_value) / greatest(abs(n.value), 1) AS difference_pct
FROM live AS n
JOIN provinces AS p
    ON p.indicator_code = n.indicator_code AND p.source IS NOT DISTINCT FROM n.source AND p.year_be = n.year_be
   AND p.period_basis = n.period_basis AND p.period = n.period
-- บึงกาฬ was founded in 2554 (พ.ร.บ. ตั้งจังหวัดบึงกาฬ พ.ศ. 2554).
WHERE n.province_code IS NULL
  AND p.provinces >= (SELECT count(*) FROM core_province) - CASE WHEN n.year_be < 2554 THEN 1 ELSE 0 END
