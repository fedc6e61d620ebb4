-- one row per province, fiscal year, measure, kind of part (category or fund_source) and part: what forms state as parts; never added to a stated total
SELECT province_code, fiscal_year_be, measure, kind, name, count(*) AS n_projects,
       CAST(sum(amount_baht) AS DECIMAL(18, 2)) AS amount_baht
FROM core_project_part
GROUP BY ALL
