-- one row per project, fiscal year and measure: the year's amount in baht, from its own cell, else the sum of its periods, else of its parts
WITH stated AS (
    SELECT a.project_id, a.fiscal_year_be, a.measure, a.amount_baht,
           CASE WHEN a.fund_source IS NOT NULL THEN 5
                WHEN a.category IS NOT NULL THEN 4
                WHEN a.period = 'year' THEN 1
                WHEN a.period LIKE 'Q%' THEN 2
                ELSE 3 END AS level
    FROM core_amount AS a
    WHERE a.amount_baht IS NOT NULL
),
summed AS (
    SELECT project_id, fiscal_year_be, measure, level, sum(amount_baht) AS amount_baht
    FROM stated
    GROUP BY ALL
),
best AS (
    SELECT *
    FROM summed
    QUALIFY row_number() OVER (PARTITION BY project_id, fiscal_year_be, measure ORDER BY level) = 1
)
SELECT b.project_id, p.province_code, p.project_name, p.agency_name, b.fiscal_year_be, b.measure,
       CAST(b.amount_baht AS DECIMAL(18, 2)) AS amount_baht
FROM best AS b
JOIN core_project AS p USING (project_id)
WHERE p.is_current
