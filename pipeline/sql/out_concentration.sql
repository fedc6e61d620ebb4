-- one row per province, fiscal year, stage of money and what holds it (project or agency; of a budget document project): how many hold it, the share of the largest few, and the Herfindahl-Hirschman index (sum of the squared shares in percent, 10,000 where one holds all); amounts below zero are left out
WITH held AS (
    SELECT 'project' AS figure, 'project' AS holder, province_code, fiscal_year_be, measure AS stage, amount_baht FROM out_project_amount
    UNION ALL
    SELECT 'project', 'agency', province_code, fiscal_year_be, measure, amount_baht FROM out_money_by_part
    WHERE dimension = 'agency' AND code IS NOT NULL
    UNION ALL
    SELECT 'budget_line', 'project', province_code, fiscal_year_be, stage, amount_baht FROM out_budget_by_project
    WHERE name IS NOT NULL
),
ranked AS (
    SELECT *, row_number() OVER largest AS place,
           amount_baht / sum(amount_baht) OVER (PARTITION BY figure, holder, province_code, fiscal_year_be, stage) AS share
    FROM held
    WHERE amount_baht > 0
    WINDOW largest AS (PARTITION BY figure, holder, province_code, fiscal_year_be, stage ORDER BY amount_baht DESC)
)
SELECT province_code, figure, holder, fiscal_year_be, stage, count(*) AS n_holders,
       CAST(sum(amount_baht) AS DECIMAL(18, 2)) AS amount_baht,
       100 * sum(share) FILTER (place <= (SELECT value FROM core_setting WHERE setting = 'top_count')) AS top_share_pct,
       CAST((SELECT value FROM core_setting WHERE setting = 'top_count') AS INTEGER) AS top_count,
       sum(pow(100 * share, 2)) AS hhi
FROM ranked
GROUP BY ALL
