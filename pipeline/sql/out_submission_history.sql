-- one row per table that was ever received, the newest of its kind, province and year first: what became of it, what replaced it and how much changed
WITH changes AS (
    SELECT earlier_file_id, earlier_sheet, file_id, sheet,
           count(DISTINCT "row_number") FILTER (change = 'added') AS n_added,
           count(DISTINCT earlier_row_number) FILTER (change = 'removed') AS n_removed,
           count(DISTINCT "row_number") FILTER (change = 'changed') AS n_changed
    FROM quality_change
    GROUP BY ALL
)
SELECT t.kind, t.province_code, t.year_be AS fiscal_year_be, f.path, t.sheet, f.received_on, t.status,
       r.path AS replaced_by_path, n.sheet AS replaced_by_sheet, c.n_added, c.n_removed, c.n_changed,
       t.records AS n_rows, CAST(NULL AS VARCHAR) AS last_release, t.table_id
FROM raw_table AS t
JOIN raw_file AS f ON f.file_id = t.file_id
LEFT JOIN raw_table AS n ON n.table_id = t.replaced_by
LEFT JOIN raw_file AS r ON r.file_id = n.file_id
LEFT JOIN changes AS c ON c.earlier_file_id = t.file_id AND c.earlier_sheet = t.sheet
    AND c.file_id = n.file_id AND c.sheet = n.sheet
WHERE t.kind IS NOT NULL AND t.status IN ('loaded', 'superseded', 'duplicate')
UNION ALL BY NAME
SELECT h.* EXCLUDE (file_id), 'gone' AS status, r.path AS replaced_by_path, c.sheet AS replaced_by_sheet, c.n_added,
       c.n_removed, c.n_changed
FROM quality_former_submission AS h
LEFT JOIN changes AS c ON c.earlier_file_id = h.file_id AND c.earlier_sheet = h.sheet
LEFT JOIN raw_file AS r ON r.file_id = c.file_id
ORDER BY kind, province_code, fiscal_year_be, received_on DESC, path, sheet, table_id
