-- one row per province, fiscal year, measure, dimension (agency, category, source, district, quarter, plan, theme) and part of it (no code: what forms leave open): projects, baht, share of the measure's sum, per head and in constant baht; a project of two themes is in both
SELECT m.province_code, m.fiscal_year_be, m.measure, m.dimension, m.code, any_value(m.name) AS name, count(*) AS n_projects,
       CAST(sum(m.amount_baht) AS DECIMAL(18, 2)) AS amount_baht, 100 * sum(m.amount_baht) / nullif(any_value(s.amount_baht), 0) AS share_pct,
       sum(m.amount_baht) / any_value(c.population) AS per_head_baht, any_value(c.population_year_be) AS population_year_be,
       sum(m.amount_baht) * any_value(c.constant_factor) AS constant_baht, any_value(c.constant_base) AS constant_base
FROM core_money_part AS m
JOIN out_project_summary AS s USING (province_code, fiscal_year_be, measure)
JOIN core_money_scale AS c USING (province_code, fiscal_year_be)
GROUP BY m.province_code, m.fiscal_year_be, m.measure, m.dimension, m.code
