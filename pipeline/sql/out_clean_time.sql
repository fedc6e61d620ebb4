-- one row per province, kind of data and year of it (NULL: no year is known) that it sent: when the first file came, when the first that has no error, and the days between; NULL where none has come yet
WITH sent AS (
    SELECT DISTINCT p.file_id, 'project' AS kind, p.province_code, coalesce(p.fiscal_year_be, a.fiscal_year_be) AS year_be
    FROM core_project AS p
    LEFT JOIN core_amount AS a ON a.project_id = p.project_id AND p.fiscal_year_be IS NULL
    UNION
    SELECT DISTINCT file_id, 'budget_line', province_code, fiscal_year_be
    FROM core_budget_line WHERE province_code IS NOT NULL
    UNION
    SELECT DISTINCT file_id, 'indicator', province_code, year_be FROM core_indicator WHERE province_code IS NOT NULL
    UNION
    SELECT t.file_id, t.kind, coalesce(t.province_code, f.named_province_code), t.year_be
    FROM raw_table AS t
    JOIN raw_file AS f USING (file_id)
    WHERE t.status = 'refused' AND t.kind <> 'feedback' AND coalesce(t.province_code, f.named_province_code) IS NOT NULL
),
wrong AS (
    SELECT DISTINCT file_id, province_code FROM quality_issue WHERE severity = 'error' AND file_id IS NOT NULL
),
judged AS (
    SELECT s.province_code, s.kind, s.year_be, s.file_id, f.received_on,
           f.status IN ('loaded', 'superseded') AND NOT EXISTS (
               FROM wrong AS w
               WHERE w.file_id = s.file_id AND (w.province_code IS NULL OR w.province_code = s.province_code)
           ) AS is_clean
    FROM sent AS s
    JOIN raw_file AS f USING (file_id)
)
SELECT province_code, kind, year_be, count(DISTINCT file_id) AS n_files, min(received_on) AS first_received_on,
       min(received_on) FILTER (is_clean) AS first_clean_on,
       min(received_on) FILTER (is_clean) - min(received_on) AS days_to_clean
FROM judged
GROUP BY province_code, kind, year_be
