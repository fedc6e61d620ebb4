-- one row per row that was refused, and per table that was refused as a whole: where it stands and why
WITH reasons AS (
    SELECT file_id, sheet, TRY_CAST(regexp_extract(cell, '[0-9]+') AS INTEGER) AS "row_number",
           min(province_code) AS province_code,
           string_agg(DISTINCT message_th, ' · ' ORDER BY message_th) AS reason
    FROM quality_issue
    WHERE stage = 'ingest' AND severity = 'error' AND cell IS NOT NULL
    GROUP BY ALL
)
SELECT coalesce(i.province_code, t.province_code) AS province_code, f.path, r.sheet,
       r."row_number" || ':' || r."row_number" AS cell, 1 AS n_rows,
       coalesce(i.reason, 'แถวนี้เป็นส่วนของแถวที่ถูกปฏิเสธ') AS reason
FROM raw_row AS r
JOIN raw_table AS t USING (table_id)
JOIN raw_file AS f ON f.file_id = r.file_id
LEFT JOIN reasons AS i ON i.file_id = r.file_id AND i.sheet = r.sheet AND i."row_number" = r."row_number"
WHERE r.role = 'refused' AND t.status = 'loaded'
UNION ALL
SELECT t.province_code, f.path, t.sheet, t.cell_range,
       (SELECT count(*) FROM raw_row AS r WHERE r.table_id = t.table_id), t.reason
FROM raw_table AS t
JOIN raw_file AS f USING (file_id)
WHERE t.status = 'refused'
