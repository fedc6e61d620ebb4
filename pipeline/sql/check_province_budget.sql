-- one row per province, fiscal year and stage of a budget document, with or without lines
WITH live AS (
    SELECT l.province_code, l.fiscal_year_be, l.stage
    FROM core_budget_line AS l
    LEFT JOIN raw_file AS f USING (file_id)
    WHERE f.status IS DISTINCT FROM 'superseded' AND l.province_code IS NOT NULL
),
documents AS (
    SELECT fiscal_year_be, stage, count(DISTINCT province_code) AS provinces_with_lines
    FROM live
    GROUP BY ALL
),
lines AS (
    SELECT province_code, fiscal_year_be, stage, count(*) AS lines
    FROM live
    GROUP BY ALL
)
SELECT p.province_code, d.fiscal_year_be, d.stage, d.provinces_with_lines,
       100.0 * d.provinces_with_lines / (SELECT count(*) FROM core_province) AS share_pct,
       coalesce(l.lines, 0) AS lines
FROM core_province AS p
CROSS JOIN documents AS d
LEFT JOIN lines AS l USING (province_code, fiscal_year_be, stage)
