-- one row per project, fiscal year and measure: the year's amount in baht, from its own cell, else the sum of its periods, else of its parts
WITH summed AS (
    SELECT project_id, fiscal_year_be, measure, sum(amount_baht) AS amount_baht,
           CASE WHEN fund_source IS NOT NULL THEN 5
                WHEN category IS NOT NULL THEN 4
                WHEN period = 'year' THEN 1
                WHEN period LIKE 'Q%' THEN 2
                ELSE 3 END AS level
    FROM core_amount
    WHERE amount_baht IS NOT NULL
    GROUP BY ALL
),
best AS (
    SELECT project_id, fiscal_year_be, measure, arg_min(amount_baht, level) AS amount_baht
    FROM summed
    GROUP BY ALL
)
SELECT b.project_id, p.province_code, p.project_name, p.agency_name, b.fiscal_year_be, b.measure,
       CAST(b.amount_baht AS DECIMAL(18, 2)) AS amount_baht
FROM best AS b
JOIN core_project AS p USING (project_id)
WHERE p.is_current
