-- one row per project, fiscal year and measure: the year's amount in baht, from its own cell, else the sum of its periods
WITH stated AS (
    SELECT a.project_id, a.fiscal_year_be, a.measure, a.period, a.amount_baht
    FROM core_amount AS a
    JOIN raw_file AS f USING (file_id)
    WHERE f.status <> 'superseded'
      AND a.amount_baht IS NOT NULL
      AND a.category IS NULL
      AND a.fund_source IS NULL
),
by_level AS (
    SELECT project_id, fiscal_year_be, measure,
           CASE WHEN period = 'year' THEN 1 WHEN period LIKE 'Q%' THEN 2 ELSE 3 END AS level,
           sum(amount_baht) AS amount_baht
    FROM stated
    GROUP BY ALL
),
parts AS (
    SELECT a.project_id, a.fiscal_year_be, a.measure, 4 AS level, sum(a.amount_baht) AS amount_baht
    FROM core_amount AS a
    JOIN raw_file AS f USING (file_id)
    WHERE f.status <> 'superseded'
      AND a.amount_baht IS NOT NULL
      AND a.period = 'year'
      AND (a.category IS NOT NULL OR a.fund_source IS NOT NULL)
    GROUP BY ALL
),
best AS (
    SELECT * FROM by_level
    UNION ALL
    SELECT * FROM parts
    QUALIFY row_number() OVER (PARTITION BY project_id, fiscal_year_be, measure ORDER BY level) = 1
)
SELECT b.project_id, p.province_code, p.project_name, p.agency_name, b.fiscal_year_be, b.measure,
       CAST(b.amount_baht AS DECIMAL(18, 2)) AS amount_baht
FROM best AS b
JOIN core_project AS p USING (project_id)
