-- one row per province (all of them) and variable by which provinces are alike: the value in the variable's year (the newest that enough provinces have), how far it is from the mean of all in standard deviations, NULL where the province lacks it
WITH told AS (
    SELECT v.variable, y.province_code, y.year_be,
           v.times * y.value / CASE WHEN v.per_code IS NULL THEN 1 ELSE p.value END AS value
    FROM core_peer_variable AS v
    JOIN core_yearly_value AS y ON y.indicator_code = v.value_code
    LEFT JOIN core_yearly_value AS p
        ON p.indicator_code = v.per_code AND p.year_be = y.year_be AND p.province_code = y.province_code AND p.value > 0
    WHERE y.province_code IS NOT NULL AND y.value IS NOT NULL AND (v.per_code IS NULL OR p.value IS NOT NULL)
),
chosen AS (
    SELECT variable, max(year_be) AS year_be
    FROM (SELECT variable, year_be, count(*) AS n FROM told GROUP BY variable, year_be)
    WHERE 100.0 * n / (SELECT count(*) FROM core_province) >= (SELECT value FROM core_setting WHERE setting = 'peer_coverage_pct')
    GROUP BY variable
),
scaled AS (
    SELECT t.province_code, t.variable, t.year_be, t.value,
           CASE WHEN NOT v.is_log THEN t.value WHEN t.value > 0 THEN ln(t.value) END AS scale_value
    FROM told AS t
    JOIN chosen USING (variable, year_be)
    JOIN core_peer_variable AS v USING (variable)
)
SELECT p.province_code, v.variable, v.variable_order, v.name_th AS variable_name, v.unit, c.year_be, s.value,
       (s.scale_value - avg(s.scale_value) OVER every) / nullif(stddev_pop(s.scale_value) OVER every, 0) AS z
FROM core_province AS p
CROSS JOIN core_peer_variable AS v
LEFT JOIN chosen AS c USING (variable)
LEFT JOIN scaled AS s ON s.province_code = p.province_code AND s.variable = v.variable
-- In order, so that a sum comes out the same to its last digit however many threads there are.
WINDOW every AS (PARTITION BY v.variable ORDER BY p.province_code ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
