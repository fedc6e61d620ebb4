-- one row per province (NULL: the nation), indicator and year: the figure and, where specs/study.yml says what it is set against, its rate with the interval by Byar, small numbers too
WITH base AS (
    SELECT c.indicator_code, min_by(b.denominator_code, b.rate_order) AS denominator_code,
           min_by(b.unit, b.rate_order) AS rate_unit, min_by(b.rate_per, b.rate_order) AS rate_per
    FROM (SELECT DISTINCT indicator_code FROM core_indicator) AS c
    JOIN core_rate_base AS b ON c.indicator_code GLOB b.pattern
    GROUP BY c.indicator_code
),
against AS (
    SELECT y.*, b.denominator_code, p.value AS denominator, p.source AS denominator_source, b.rate_per,
           CASE WHEN y.unit = b.rate_unit THEN b.rate_per / p.value END AS per_event,
           (SELECT value FROM core_setting WHERE setting = 'interval_z') AS z
    FROM core_yearly_value AS y
    LEFT JOIN base AS b USING (indicator_code)
    LEFT JOIN core_yearly_value AS p
        ON p.indicator_code = b.denominator_code AND p.year_be = y.year_be AND p.unit = 'คน' AND p.value > 0
        AND p.period_basis = 'point' AND p.province_code IS NOT DISTINCT FROM y.province_code
),
-- Byar's approximation: Breslow & Day, Statistical Methods in Cancer Research II (IARC 1987), p. 69.
bounded AS (
    SELECT *,
           CASE WHEN value = 0 THEN 0
                ELSE value * pow(1 - 1 / (9 * value) - z / (3 * sqrt(value)), 3) END AS low,
           (value + 1) * pow(1 - 1 / (9 * (value + 1)) + z / (3 * sqrt(value + 1)), 3) AS high
    FROM against
)
SELECT province_code, indicator_code, year_be, period_basis, value, unit, is_event, is_additive, is_void, made_from,
       denominator_code, denominator, denominator_source, CASE WHEN per_event IS NOT NULL THEN rate_per END AS rate_per,
       value * per_event AS rate, low * per_event AS rate_low, high * per_event AS rate_high,
       source, path, is_conflict
FROM bounded
