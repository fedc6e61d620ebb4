-- one row per province and fiscal year that any money is of: the registered population that it is divided by (of the end of the calendar year in which the fiscal year began, else the newest before that), and by what a year's baht become constant baht; NULL where neither is known
WITH year AS (
    SELECT DISTINCT fiscal_year_be FROM core_amount UNION SELECT DISTINCT fiscal_year_be FROM core_budget_line
),
person AS (
    SELECT province_code, year_be, value FROM core_yearly_value
    WHERE indicator_code = 'population_registered_total' AND period_basis = 'point' AND unit = 'คน' AND value > 0
),
deflator AS (
    SELECT d.year_be, min_by(CAST(b.index AS DOUBLE) / CAST(d.index AS DOUBLE), d.base) AS factor, min(d.base) AS base
    FROM core_deflator AS d
    JOIN core_deflator AS b ON b.base = d.base AND b.year_be = TRY_CAST(d.base AS INTEGER)
    GROUP BY d.year_be
)
SELECT p.province_code, y.fiscal_year_be, max_by(q.value, q.year_be) AS population, max(q.year_be) AS population_year_be,
       any_value(d.factor) AS constant_factor, any_value(d.base) AS constant_base
FROM core_province AS p
CROSS JOIN year AS y
LEFT JOIN person AS q
    ON q.province_code = p.province_code AND q.year_be < y.fiscal_year_be
    AND q.year_be >= y.fiscal_year_be - 1 - (SELECT value FROM core_setting WHERE setting = 'population_years_back')
LEFT JOIN deflator AS d ON d.year_be = y.fiscal_year_be
GROUP BY ALL
