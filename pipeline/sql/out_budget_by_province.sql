-- one row per province (all of them), fiscal year and stage of a document that any province has lines of: baht, NULL where it has no line
WITH line AS (
    SELECT b.province_code, b.fiscal_year_be, b.stage, b.amount_baht
    FROM core_budget_line AS b
    JOIN raw_file AS f USING (file_id)
    WHERE f.status <> 'superseded' AND b.province_code IS NOT NULL
),
document AS (
    SELECT DISTINCT fiscal_year_be, stage FROM line
)
SELECT p.province_code, p.name_th AS province_name, p.cluster, d.fiscal_year_be, d.stage,
       CAST(sum(l.amount_baht) AS DECIMAL(18, 2)) AS amount_baht, count(l.amount_baht) AS n_lines
FROM core_province AS p
CROSS JOIN document AS d
LEFT JOIN line AS l USING (province_code, fiscal_year_be, stage)
GROUP BY ALL
