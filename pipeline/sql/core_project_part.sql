-- one row per project, fiscal year, measure, kind of part (category or fund_source) and part: the baht that its form states for the part
WITH part AS (
    SELECT p.province_code, a.project_id, a.fiscal_year_be, a.measure, a.amount_baht, k.kind,
           CASE k.kind WHEN 'category' THEN a.category ELSE a.fund_source END AS name,
           CASE WHEN a.period = 'year' THEN 1 WHEN a.period LIKE 'Q%' THEN 2 ELSE 3 END
           + CASE WHEN a.category IS NOT NULL AND a.fund_source IS NOT NULL THEN 3 ELSE 0 END AS level
    FROM core_amount AS a
    JOIN core_project AS p USING (project_id)
    CROSS JOIN (VALUES ('category'), ('fund_source')) AS k (kind)
    WHERE p.is_current AND a.amount_baht IS NOT NULL AND (a.category IS NOT NULL OR a.fund_source IS NOT NULL)
),
chosen AS (
    SELECT *
    FROM part
    WHERE name IS NOT NULL
    QUALIFY level = min(level) OVER (PARTITION BY project_id, fiscal_year_be, measure, kind)
)
SELECT project_id, province_code, fiscal_year_be, measure, kind, name, CAST(sum(amount_baht) AS DECIMAL(18, 2)) AS amount_baht
FROM chosen
GROUP BY ALL
