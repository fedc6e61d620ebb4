-- one row per province, file, sheet and kind of figure that the province's figures come from: rows, years and when it was received
WITH fed AS (
    SELECT p.province_code, a.file_id, a.sheet, 'project' AS kind, count(DISTINCT p.project_id) AS n_rows,
           min(a.fiscal_year_be) AS first_year_be, max(a.fiscal_year_be) AS last_year_be, CAST(NULL AS VARCHAR) AS source
    FROM core_amount AS a
    JOIN core_project AS p USING (project_id)
    WHERE p.is_current
    GROUP BY ALL
    UNION ALL BY NAME
    SELECT province_code, file_id, sheet, 'budget_line' AS kind, count(*) AS n_rows,
           min(fiscal_year_be) AS first_year_be, max(fiscal_year_be) AS last_year_be, min(document) AS source
    FROM core_budget_line
    WHERE province_code IS NOT NULL
    GROUP BY ALL
    UNION ALL BY NAME
    SELECT province_code, file_id, sheet, 'indicator' AS kind, count(value) AS n_rows,
           min(year_be) FILTER (value IS NOT NULL) AS first_year_be, max(year_be) FILTER (value IS NOT NULL) AS last_year_be,
           min(source) AS source
    FROM core_indicator
    WHERE province_code IS NOT NULL
    GROUP BY ALL
),
titled AS (
    SELECT file_id, sheet, min_by(title, table_number) AS title
    FROM raw_table
    WHERE status = 'loaded'
    GROUP BY ALL
)
SELECT s.province_code, s.kind, f.path, s.sheet, t.title, s.source, s.n_rows, s.first_year_be, s.last_year_be,
       f.received_on, f.received_how
FROM fed AS s
JOIN raw_file AS f USING (file_id)
LEFT JOIN titled AS t USING (file_id, sheet)
WHERE f.status <> 'superseded'
