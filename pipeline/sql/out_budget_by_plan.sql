-- one row per province, fiscal year, stage of the document and plan: its lines in baht and their share of the province's total
SELECT b.province_code, b.fiscal_year_be, b.stage, b.plan AS name,
       CAST(sum(b.amount_baht) AS DECIMAL(18, 2)) AS amount_baht, count(*) AS n_lines,
       100 * sum(b.amount_baht) / nullif(sum(sum(b.amount_baht)) OVER whole, 0) AS share_pct
FROM core_budget_line AS b
JOIN raw_file AS f USING (file_id)
WHERE f.status <> 'superseded' AND b.province_code IS NOT NULL
GROUP BY b.province_code, b.fiscal_year_be, b.stage, b.plan
WINDOW whole AS (PARTITION BY b.province_code, b.fiscal_year_be, b.stage)
