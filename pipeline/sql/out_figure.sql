-- one row per headline figure: money of projects and of budget documents by province, year and stage, and every indicator; with the digests of the content of the files that it stands on
WITH money AS (
    SELECT a.province_code, a.measure AS code, a.fiscal_year_be AS year_be, sum(a.amount_baht) AS value, p.file_id
    FROM out_project_amount AS a
    JOIN core_project AS p USING (project_id)
    GROUP BY ALL
),
lines AS (
    SELECT province_code, stage AS code, fiscal_year_be AS year_be, sum(amount_baht) AS value, file_id
    FROM core_budget_line
    WHERE province_code IS NOT NULL
    GROUP BY ALL
)
SELECT 'project' AS figure, m.province_code, m.code, m.year_be, 'FY' AS period_basis, 'year' AS period,
       CAST(sum(m.value) AS DECIMAL(38, 6)) AS value, string_agg(DISTINCT f.sha256, ' ' ORDER BY f.sha256) AS sources
FROM money AS m
JOIN raw_file AS f USING (file_id)
GROUP BY ALL
UNION ALL
SELECT 'budget_line', l.province_code, l.code, l.year_be, 'FY', 'year', CAST(sum(l.value) AS DECIMAL(38, 6)),
       string_agg(DISTINCT f.sha256, ' ' ORDER BY f.sha256)
FROM lines AS l
JOIN raw_file AS f USING (file_id)
WHERE f.status <> 'superseded'
GROUP BY ALL
UNION ALL
SELECT 'indicator', v.province_code, v.indicator_code, v.year_be, v.period_basis, v.period,
       CAST(round(v.value, 6) AS DECIMAL(38, 6)), f.sha256
FROM out_chosen_value AS v
JOIN (SELECT path, min(sha256) AS sha256 FROM raw_file GROUP BY path) AS f USING (path)
