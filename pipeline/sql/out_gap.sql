-- one row per province that has projects, fiscal year of them, and item of a plan in force or theme: how many of the province's projects are of it and the baht of its largest stage, and whether there is no project, or none with money; beside how many projects are of no item that is known
WITH project AS (
    SELECT DISTINCT project_id, province_code, fiscal_year_be FROM out_project_amount
    UNION
    SELECT project_id, province_code, fiscal_year_be FROM core_project WHERE is_current AND fiscal_year_be IS NOT NULL
),
funded AS (
    SELECT project_id, fiscal_year_be, bool_or(amount_baht > 0) AS has_money, max(amount_baht) AS largest_baht
    FROM out_project_amount
    GROUP BY ALL
),
wanted AS (
    SELECT 'plan' AS dimension, i.plan_id || ':' || i.code AS code, i.title_th AS name, i.be_from, i.be_to, i.is_verified
    FROM core_plan_item AS i
    JOIN core_plan_item AS whole ON whole.plan_id = i.plan_id AND whole.code = i.parent_code AND whole.parent_code IS NULL
    UNION ALL
    SELECT 'theme', theme, min(theme_th), 0, 9999, bool_and(is_verified) FROM core_tag GROUP BY theme
),
of_item AS (
    SELECT DISTINCT 'plan' AS dimension, project_id, plan_id || ':' || item_code AS code
    FROM core_project_alignment
    WHERE item_code IS NOT NULL AND is_in_force
    UNION
    SELECT DISTINCT 'theme', g.project_id, t.theme FROM core_project_tag AS g JOIN core_tag AS t USING (tag_code)
),
of_any AS (
    SELECT DISTINCT dimension, project_id FROM of_item
),
year AS (
    SELECT province_code, fiscal_year_be, count(*) AS n_all FROM project GROUP BY ALL
),
unmapped AS (
    SELECT y.province_code, y.fiscal_year_be, d.dimension, count(p.project_id) FILTER (a.project_id IS NULL) AS n_unmapped
    FROM year AS y
    CROSS JOIN (VALUES ('plan'), ('theme')) AS d (dimension)
    JOIN project AS p USING (province_code, fiscal_year_be)
    LEFT JOIN of_any AS a ON a.project_id = p.project_id AND a.dimension = d.dimension
    GROUP BY ALL
),
told AS (
    SELECT o.dimension, o.code, p.province_code, p.fiscal_year_be, count(*) AS n_projects,
           count(*) FILTER (f.has_money) AS n_funded, sum(f.largest_baht) AS amount_baht
    FROM of_item AS o
    JOIN project AS p USING (project_id)
    LEFT JOIN funded AS f USING (project_id, fiscal_year_be)
    GROUP BY ALL
)
SELECT y.province_code, y.fiscal_year_be, w.dimension, w.code, w.name, w.is_verified, coalesce(t.n_projects, 0) AS n_projects,
       coalesce(t.n_funded, 0) AS n_funded, CAST(t.amount_baht AS DECIMAL(18, 2)) AS amount_baht,
       t.n_projects IS NULL AS is_without_project, coalesce(t.n_funded, 0) = 0 AS is_without_money,
       y.n_all AS n_all_projects, u.n_unmapped
FROM year AS y
JOIN wanted AS w ON y.fiscal_year_be BETWEEN w.be_from AND w.be_to
JOIN unmapped AS u ON u.province_code = y.province_code AND u.fiscal_year_be = y.fiscal_year_be AND u.dimension = w.dimension
LEFT JOIN told AS t
    ON t.province_code = y.province_code AND t.fiscal_year_be = y.fiscal_year_be AND t.dimension = w.dimension AND t.code = w.code
