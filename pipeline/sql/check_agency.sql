-- one row per spelling of an agency in a sheet: its first row, and the commoner spelling that it is like
SELECT p.province_code, p.file_id, p.sheet,
       min(p."row_number") AS "row_number",
       count(*) AS projects,
       any_value(t.letters) || min(p."row_number") AS cell,
       any_value(v.like_path) AS like_path,
       any_value(v.like_row) AS like_row,
       bool_or(v.agency_name IS NOT NULL) AS has_commoner_spelling
FROM core_project AS p
LEFT JOIN (SELECT table_id, decided_by ->> '$.fields.agency' AS letters FROM raw_table) AS t
    ON t.table_id = regexp_replace(p.project_id, '-[0-9]+$', '')
LEFT JOIN check_agency_spelling AS v ON v.province_code = p.province_code AND v.agency_name = p.agency_name
WHERE p.is_current AND p.agency_name IS NOT NULL
GROUP BY p.province_code, p.file_id, p.sheet, p.agency_name
