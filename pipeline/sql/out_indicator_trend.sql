-- one row per province, indicator and year that it has a figure of: the figure, the year before it and the change; no change is told over a break of the series, over a gap, or of small numbers, and the reason stands beside it
WITH told AS (
    SELECT province_code, indicator_code, indicator_name, topic, year_be, period_basis, unit, value, rate, is_small_number,
           lag(year_be) OVER series AS before_year_be, lag(value) OVER series AS before_value, lag(rate) OVER series AS before_rate,
           lag(is_small_number) OVER series AS is_before_small
    FROM out_indicator_rate
    WHERE status = 'value'
    WINDOW series AS (PARTITION BY province_code, indicator_code, period_basis ORDER BY year_be)
),
broken AS (
    SELECT indicator_code, year_be, why_th, is_verified FROM core_indicator_break
),
reasoned AS (
    SELECT t.*, b.why_th AS break_th, b.is_verified AS is_break_verified,
           CASE WHEN t.before_year_be IS NULL THEN 'first'
                WHEN EXISTS (SELECT 1 FROM broken AS x WHERE x.indicator_code = t.indicator_code
                             AND x.year_be > t.before_year_be AND x.year_be <= t.year_be) THEN 'break'
                WHEN t.before_year_be < t.year_be - 1 THEN 'gap'
                WHEN t.is_small_number OR t.is_before_small THEN 'small' END AS no_change
    FROM told AS t
    LEFT JOIN broken AS b USING (indicator_code, year_be)
)
SELECT province_code, indicator_code, indicator_name, topic, year_be, period_basis, unit, value, rate, is_small_number,
       before_year_be, before_value, before_rate,
       CASE WHEN no_change IS NULL THEN value - before_value END AS change_value,
       CASE WHEN no_change IS NULL THEN 100 * (value - before_value) / nullif(before_value, 0) END AS change_pct,
       CASE WHEN no_change IS NULL THEN 100 * (rate - before_rate) / nullif(before_rate, 0) END AS rate_change_pct,
       no_change, break_th IS NOT NULL AS is_break, break_th, is_break_verified
FROM reasoned
