-- one row per province (all of them), fiscal year and stage of money, of projects and of budget documents: baht at the year's prices, per head and in constant baht where a deflator is given; NULL, and no project or line, where the province has none
WITH money AS (
    SELECT 'project' AS figure, province_code, fiscal_year_be, measure AS stage, n_projects AS n, amount_baht
    FROM out_project_summary
    UNION ALL
    SELECT 'budget_line', province_code, fiscal_year_be, stage, n_lines, amount_baht
    FROM out_budget_by_province
    WHERE n_lines > 0
),
asked AS (
    SELECT p.province_code, p.name_th AS province_name, s.*
    FROM core_province AS p
    CROSS JOIN (SELECT DISTINCT figure, fiscal_year_be, stage FROM money) AS s
)
SELECT a.province_code, a.province_name, a.figure, a.fiscal_year_be, a.stage, coalesce(m.n, 0) AS n, m.amount_baht,
       c.population, c.population_year_be, m.amount_baht / c.population AS per_head_baht,
       m.amount_baht * c.constant_factor AS constant_baht, c.constant_base
FROM asked AS a
LEFT JOIN money AS m USING (province_code, figure, fiscal_year_be, stage)
LEFT JOIN core_money_scale AS c USING (province_code, fiscal_year_be)
