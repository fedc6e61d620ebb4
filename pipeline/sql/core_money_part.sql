-- one row per project, fiscal year, measure, dimension (agency, category, source, district, quarter, plan, theme) and part of it: the baht of the part, and with no code what the form leaves open; over a dimension but theme they add up to the project's amount
WITH money AS (
    SELECT a.project_id, a.province_code, a.fiscal_year_be, a.measure, a.amount_baht, p.agency_name, p.expense_category, p.fund_source
    FROM out_project_amount AS a
    JOIN core_project AS p USING (project_id)
),
-- What parts leave of the stated amount stands without a name; where a form states no parts, its own column names the whole.
kind AS (
    SELECT * FROM (VALUES ('category', 'category'), ('source', 'fund_source')) AS k (dimension, kind)
),
known AS (
    SELECT 'category' AS kind, n.category AS said, c.code, c.name_th
    FROM core_category_name AS n
    JOIN core_expense_category AS c ON c.code = n.code
    UNION ALL
    SELECT 'fund_source', n.fund_source, c.code, c.name_th
    FROM core_fund_source_name AS n
    JOIN core_fund_source AS c ON c.code = n.code
),
parted AS (
    SELECT project_id, fiscal_year_be, measure, kind, sum(amount_baht) AS amount_baht FROM core_project_part GROUP BY ALL
),
stated AS (
    SELECT p.project_id, p.province_code, p.fiscal_year_be, p.measure, k.dimension, coalesce(n.code, p.name) AS code,
           any_value(coalesce(n.name_th, p.name)) AS name, sum(p.amount_baht) AS amount_baht
    FROM core_project_part AS p
    JOIN kind AS k USING (kind)
    LEFT JOIN known AS n ON n.kind = p.kind AND n.said = p.name
    GROUP BY p.project_id, p.province_code, p.fiscal_year_be, p.measure, k.dimension, coalesce(n.code, p.name)
    UNION ALL
    SELECT m.project_id, m.province_code, m.fiscal_year_be, m.measure, k.dimension, NULL, NULL, m.amount_baht - q.amount_baht
    FROM money AS m
    JOIN parted AS q USING (project_id, fiscal_year_be, measure)
    JOIN kind AS k USING (kind)
    WHERE m.amount_baht <> q.amount_baht
    UNION ALL
    SELECT m.project_id, m.province_code, m.fiscal_year_be, m.measure, 'category', coalesce(n.code, m.expense_category),
           coalesce(n.name_th, m.expense_category), m.amount_baht
    FROM money AS m
    ANTI JOIN (SELECT * FROM parted WHERE kind = 'category') AS q USING (project_id, fiscal_year_be, measure)
    LEFT JOIN known AS n ON n.kind = 'category' AND n.said = m.expense_category
    UNION ALL
    SELECT m.project_id, m.province_code, m.fiscal_year_be, m.measure, 'source', coalesce(n.code, m.fund_source),
           coalesce(n.name_th, m.fund_source), m.amount_baht
    FROM money AS m
    ANTI JOIN (SELECT * FROM parted WHERE kind = 'fund_source') AS q USING (project_id, fiscal_year_be, measure)
    LEFT JOIN known AS n ON n.kind = 'fund_source' AND n.said = m.fund_source
),
placed AS (
    SELECT project_id, CASE WHEN count(*) > 1 THEN 'several' ELSE coalesce(any_value(district_code), 'whole') END AS district_code
    FROM core_project_district
    GROUP BY project_id
),
quartered AS (
    SELECT project_id, fiscal_year_be, measure, sum(amount_baht) AS amount_baht FROM core_quarter_amount GROUP BY ALL
),
themed AS (
    SELECT DISTINCT g.project_id, t.theme, t.theme_th FROM core_project_tag AS g JOIN core_tag AS t USING (tag_code)
)
SELECT m.project_id, m.province_code, m.fiscal_year_be, m.measure, 'agency' AS dimension,
       coalesce(g.agency_code, m.agency_name) AS code, coalesce(g.name_th, m.agency_name) AS name, m.amount_baht
FROM money AS m
LEFT JOIN core_agency_name AS n USING (agency_name)
LEFT JOIN core_agency AS g ON g.agency_code = n.agency_code
UNION ALL
SELECT project_id, province_code, fiscal_year_be, measure, dimension, code, name, amount_baht FROM stated
UNION ALL
SELECT m.project_id, m.province_code, m.fiscal_year_be, m.measure, 'district', p.district_code, d.name_th, m.amount_baht
FROM money AS m
LEFT JOIN placed AS p USING (project_id)
LEFT JOIN core_district AS d ON d.district_code = p.district_code
UNION ALL
SELECT q.project_id, q.province_code, q.fiscal_year_be, q.measure, 'quarter', q.quarter, q.quarter, q.amount_baht
FROM core_quarter_amount AS q
UNION ALL
SELECT m.project_id, m.province_code, m.fiscal_year_be, m.measure, 'quarter', NULL, NULL, m.amount_baht - coalesce(q.amount_baht, 0)
FROM money AS m
LEFT JOIN quartered AS q USING (project_id, fiscal_year_be, measure)
WHERE q.amount_baht IS NULL OR m.amount_baht <> q.amount_baht
UNION ALL
SELECT m.project_id, m.province_code, m.fiscal_year_be, m.measure, 'plan', a.plan_id || ':' || a.item_code, i.title_th, m.amount_baht
FROM money AS m
LEFT JOIN core_project_alignment AS a ON a.project_id = m.project_id AND a.is_in_force
LEFT JOIN core_plan_item AS i ON i.plan_id = a.plan_id AND i.code = a.item_code
UNION ALL
SELECT m.project_id, m.province_code, m.fiscal_year_be, m.measure, 'theme', t.theme, t.theme_th, m.amount_baht
FROM money AS m
LEFT JOIN themed AS t USING (project_id)
