-- one row per province, fiscal year, measure, plan, item of it (NULL: none, or unsure) and way of placing: projects that have the measure, and their sum in baht
SELECT p.province_code, p.fiscal_year_be, p.measure, a.plan_id, a.item_code, a.how,
       bool_or(p.fiscal_year_be BETWEEN l.be_from AND l.be_to) AS is_in_force,
       count(*) AS n_projects, CAST(sum(p.amount_baht) AS DECIMAL(18, 2)) AS amount_baht
FROM out_project_amount AS p
JOIN core_project_alignment AS a USING (project_id)
JOIN core_plan_item AS l ON l.plan_id = a.plan_id AND l.parent_code IS NULL
GROUP BY ALL
