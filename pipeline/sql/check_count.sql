-- one row per count of projects or lines that a sheet states, beside the rows that were loaded
SELECT c.* EXCLUDE (explanation_th), coalesce(c.explanation_th, '') AS explanation_th
FROM quality_count AS c
LEFT JOIN raw_file AS f USING (file_id)
WHERE f.status IS DISTINCT FROM 'superseded'
