-- one row per province, fiscal year and measure: projects that have the measure, those of them at zero, and their sum in baht
SELECT province_code, fiscal_year_be, measure, count(*) AS n_projects,
       count(*) FILTER (amount_baht = 0) AS n_zero, CAST(sum(amount_baht) AS DECIMAL(18, 2)) AS amount_baht
FROM out_project_amount
GROUP BY ALL
