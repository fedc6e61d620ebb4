-- one row per figure for which a better-ranked source has one too: both, and how far apart they are
WITH live AS (
    SELECT i.*
    FROM core_indicator AS i
    LEFT JOIN raw_file AS f USING (file_id)
    WHERE f.status IS DISTINCT FROM 'superseded' AND i.value IS NOT NULL
),
best AS (
    SELECT *
    FROM live
    QUALIFY row_number() OVER (
        PARTITION BY province_code, indicator_code, year_be, period_basis, period
        ORDER BY source_rank, source, file_id, sheet, cell
    ) = 1
)
SELECT l.province_code, l.indicator_code, l.year_be, l.period_basis, l.period, l.unit, l.file_id, l.sheet, l.cell,
       l.value, l.source, b.value AS best_value, b.source AS best_source,
       CASE WHEN l.value = b.value THEN 0
            WHEN b.value = 0 THEN 100
            ELSE 100 * abs(l.value - b.value) / abs(b.value) END AS difference_pct
FROM live AS l
JOIN best AS b
    ON b.province_code IS NOT DISTINCT FROM l.province_code AND b.indicator_code = l.indicator_code
   AND b.year_be = l.year_be AND b.period_basis = l.period_basis AND b.period = l.period
WHERE l.source IS DISTINCT FROM b.source
