-- one row per project, fiscal year and measure of out_project_amount: the amount with the file, sheet and first cell that it stands in, and in how many cells
-- A shorter cell stands first: E9 before E10, Z9 before AA9.
WITH place AS (
    SELECT project_id, fiscal_year_be, measure,
           CASE WHEN fund_source IS NOT NULL THEN 5
                WHEN category IS NOT NULL THEN 4
                WHEN period = 'year' THEN 1
                WHEN period LIKE 'Q%' THEN 2
                ELSE 3 END AS level,
           struct_pack(file_id := min(file_id), sheet := min(sheet), cell := ltrim(min(lpad(cell, 12, ' '))), n_cells := count(*)) AS stands
    FROM core_amount
    WHERE amount_baht IS NOT NULL
    GROUP BY ALL
),
located AS (
    SELECT project_id, fiscal_year_be, measure, arg_min(stands, level) AS stands
    FROM place
    GROUP BY ALL
)
SELECT a.project_id, a.province_code, a.fiscal_year_be, a.measure, a.project_name, a.agency_name,
       p.plan_group, p.fund_source, a.amount_baht, f.path, l.stands.sheet AS sheet, l.stands.cell AS cell, l.stands.n_cells AS n_cells
FROM out_project_amount AS a
JOIN located AS l USING (project_id, fiscal_year_be, measure)
JOIN core_project AS p USING (project_id)
JOIN raw_file AS f ON f.file_id = l.stands.file_id
