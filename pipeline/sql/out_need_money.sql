-- one row per province (all of them), theme, fiscal year and measure of money, and indicator of the theme: how far the indicator's rate and the theme's money per head lie from the mean of all provinces, in standard deviations, and so on which side of both; NULL where either is missing, small, or known of too few provinces. A place to ask, not a verdict
WITH need AS (
    SELECT r.province_code, d.theme, r.indicator_code, r.indicator_name, r.year_be, r.direction,
           CASE WHEN r.status = 'value' AND NOT coalesce(r.is_small_number, false) THEN r.rate END AS rate, r.rate_per, r.status
    FROM out_indicator_rate AS r
    JOIN core_indicator_definition AS d USING (indicator_code)
    WHERE d.theme IS NOT NULL AND d.direction <> 'higher_better' AND r.rate_per IS NOT NULL
),
-- The newest year with a rate that is not after the fiscal year in which the money is.
dated AS (
    SELECT theme, indicator_code, year_be, count(rate) AS n FROM need GROUP BY ALL
),
theme_money AS (
    SELECT province_code, fiscal_year_be, measure, code AS theme, amount_baht, n_projects, per_head_baht
    FROM out_money_by_part
    WHERE dimension = 'theme' AND code IS NOT NULL
),
sided AS (
    SELECT m.fiscal_year_be, m.measure, m.theme, x.indicator_code, max(x.year_be) AS need_year_be
    FROM (SELECT DISTINCT fiscal_year_be, measure, theme FROM theme_money) AS m
    JOIN dated AS x ON x.theme = m.theme AND x.year_be <= m.fiscal_year_be
    WHERE x.n > 0
    GROUP BY ALL
),
paired AS (
    SELECT p.province_code, s.theme, s.fiscal_year_be, s.measure, s.indicator_code, n.indicator_name, s.need_year_be, n.status, n.rate, n.rate_per,
           n.direction, coalesce(t.n_projects, 0) AS n_projects, t.amount_baht, t.per_head_baht
    FROM core_province AS p
    CROSS JOIN sided AS s
    LEFT JOIN need AS n ON n.province_code = p.province_code AND n.indicator_code = s.indicator_code AND n.year_be = s.need_year_be
    LEFT JOIN theme_money AS t ON t.province_code = p.province_code AND t.fiscal_year_be = s.fiscal_year_be
        AND t.measure = s.measure AND t.theme = s.theme
),
scored AS (
    SELECT *, count(rate) OVER every AS n_need, count(per_head_baht) OVER every AS n_money,
           CASE WHEN n_need >= least_members
                THEN (rate - avg(rate) OVER every) / nullif(stddev_pop(rate) OVER every, 0) END AS need_z,
           CASE WHEN n_money >= least_members
                THEN (per_head_baht - avg(per_head_baht) OVER every) / nullif(stddev_pop(per_head_baht) OVER every, 0) END AS money_z
    FROM paired
    CROSS JOIN (SELECT value AS least_members FROM core_setting WHERE setting = 'need_min_members')
    -- In order, so that a sum comes out the same to its last digit however many threads there are.
    WINDOW every AS (PARTITION BY theme, fiscal_year_be, measure, indicator_code
                     ORDER BY province_code ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
SELECT province_code, theme, fiscal_year_be, measure, indicator_code, indicator_name, need_year_be, status, rate, rate_per, direction,
       n_projects, amount_baht, per_head_baht, n_need, n_money, need_z, money_z,
       CASE WHEN need_z >= 0 THEN 'high' WHEN need_z < 0 THEN 'low' END || '_need_'
       || CASE WHEN money_z >= 0 THEN 'high' WHEN money_z < 0 THEN 'low' END || '_money' AS quadrant
FROM scored
