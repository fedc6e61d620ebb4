-- one row per province (all of them) and fiscal year that any project names: projects, and how many lack what in their indicator of success
SELECT p.province_code, y.fiscal_year_be, count(k.project_id) AS n_projects,
       count(*) FILTER (k.is_without_kpi) AS n_without_kpi, count(*) FILTER (NOT k.is_without_kpi) AS n_with_kpi,
       count(*) FILTER (NOT k.is_without_kpi AND k.is_without_number) AS n_without_number,
       count(*) FILTER (NOT k.is_without_kpi AND k.is_without_unit) AS n_without_unit,
       count(*) FILTER (NOT k.is_without_kpi AND k.is_without_target) AS n_without_target,
       count(*) FILTER (NOT k.is_without_kpi AND k.is_without_baseline) AS n_without_baseline,
       count(*) FILTER (NOT k.is_without_kpi AND k.is_activity_only) AS n_activity_only
FROM core_province AS p
CROSS JOIN (SELECT DISTINCT fiscal_year_be FROM core_project WHERE is_current AND fiscal_year_be IS NOT NULL) AS y
LEFT JOIN out_kpi_quality AS k USING (province_code, fiscal_year_be)
GROUP BY p.province_code, y.fiscal_year_be
