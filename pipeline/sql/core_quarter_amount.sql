-- one row per project, fiscal year, measure and quarter that its form states by quarters, else by months: baht of the quarter
WITH period AS (
    SELECT project_id, fiscal_year_be, measure, amount_baht, period LIKE 'Q%' AS is_quarter,
           CASE WHEN period LIKE 'Q%' THEN period
                WHEN period IN ('M10', 'M11', 'M12') THEN 'Q1' WHEN period IN ('M01', 'M02', 'M03') THEN 'Q2'
                WHEN period IN ('M04', 'M05', 'M06') THEN 'Q3' ELSE 'Q4' END AS quarter
    FROM core_amount
    WHERE (period LIKE 'Q%' OR period LIKE 'M%') AND category IS NULL AND fund_source IS NULL AND amount_baht IS NOT NULL
),
chosen AS (
    SELECT * FROM period WHERE is_quarter
    UNION ALL
    SELECT m.*
    FROM period AS m
    ANTI JOIN (SELECT * FROM period WHERE is_quarter) AS q USING (project_id, fiscal_year_be, measure)
    WHERE NOT m.is_quarter
)
SELECT c.project_id, p.province_code, c.fiscal_year_be, c.measure, c.quarter, CAST(sum(c.amount_baht) AS DECIMAL(18, 2)) AS amount_baht
FROM chosen AS c
JOIN core_project AS p USING (project_id)
WHERE p.is_current
GROUP BY ALL
