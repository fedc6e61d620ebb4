-- one row per province, fiscal year and subject (tag) that several agencies have projects of: how many agencies and projects, who they are, and the baht of each project's largest stage; to be looked at together, not a fault
WITH project AS (
    SELECT k.project_id, k.province_code, coalesce(a.fiscal_year_be, k.fiscal_year_be) AS fiscal_year_be, k.agency_key, k.agency_name,
           max(a.amount_baht) AS largest_baht
    FROM core_project_key AS k
    LEFT JOIN out_project_amount AS a USING (project_id)
    WHERE k.agency_key IS NOT NULL
    GROUP BY ALL
)
SELECT p.province_code, p.fiscal_year_be, g.tag_code, any_value(t.name_th) AS name, any_value(t.theme) AS theme,
       count(DISTINCT p.agency_key) AS n_agencies, count(DISTINCT p.project_id) AS n_projects,
       string_agg(DISTINCT p.agency_name, ' · ' ORDER BY p.agency_name) AS agencies_th,
       CAST(sum(p.largest_baht) AS DECIMAL(18, 2)) AS amount_baht
FROM project AS p
JOIN core_project_tag AS g USING (project_id)
JOIN core_tag AS t USING (tag_code)
WHERE p.fiscal_year_be IS NOT NULL
GROUP BY p.province_code, p.fiscal_year_be, g.tag_code
HAVING count(DISTINCT p.agency_key) >= (SELECT value FROM core_setting WHERE setting = 'overlap_min_agencies')
