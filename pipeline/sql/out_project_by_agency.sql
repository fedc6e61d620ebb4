-- one row per province, fiscal year, measure and agency (NULL: the form names none): projects and their sum in baht
SELECT province_code, fiscal_year_be, measure, agency_name, count(*) AS n_projects,
       CAST(sum(amount_baht) AS DECIMAL(18, 2)) AS amount_baht
FROM out_project_amount
GROUP BY ALL
