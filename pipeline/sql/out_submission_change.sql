-- one row per project that a replacing submission adds or removes, per value that it changes, and per unit on which two extractions disagree
SELECT c.change, c.province_code, p.name_th, c.fiscal_year_be, c.subject, c.field, c.old_value, c.new_value,
       coalesce(e.path, h.path) AS earlier_path, c.earlier_sheet, c.earlier_row_number, f.path, c.sheet, c.row_number
FROM quality_change AS c
LEFT JOIN raw_file AS e ON e.file_id = c.earlier_file_id
LEFT JOIN (SELECT file_id, any_value(path) AS path FROM quality_former_submission GROUP BY file_id) AS h
    ON h.file_id = c.earlier_file_id
JOIN raw_file AS f ON f.file_id = c.file_id
LEFT JOIN core_province AS p USING (province_code)
ORDER BY f.path, c.sheet, list_position(['conflict', 'removed', 'added', 'changed'], c.change),
         c.earlier_row_number, c.row_number, c.subject, c.field
