-- one row per project, fiscal year and measure of out_project_amount: the amount with the file, sheet and first cell that it stands in, and in how many cells
WITH place AS (
    SELECT a.project_id, a.fiscal_year_be, a.measure, f.path, a.sheet, a.cell,
           CASE WHEN a.fund_source IS NOT NULL THEN 5
                WHEN a.category IS NOT NULL THEN 4
                WHEN a.period = 'year' THEN 1
                WHEN a.period LIKE 'Q%' THEN 2
                ELSE 3 END AS level
    FROM core_amount AS a
    JOIN raw_file AS f USING (file_id)
    WHERE a.amount_baht IS NOT NULL
    QUALIFY level = min(level) OVER (PARTITION BY a.project_id, a.fiscal_year_be, a.measure)
),
located AS (
    SELECT project_id, fiscal_year_be, measure, min(path) AS path, min(sheet) AS sheet,
           min_by(cell, (length(cell), cell)) AS cell, count(*) AS n_cells
    FROM place
    GROUP BY ALL
)
SELECT a.project_id, a.province_code, a.fiscal_year_be, a.measure, a.project_name, a.agency_name,
       p.plan_group, p.fund_source, a.amount_baht, l.path, l.sheet, l.cell, l.n_cells
FROM out_project_amount AS a
JOIN located AS l USING (project_id, fiscal_year_be, measure)
JOIN core_project AS p USING (project_id)
