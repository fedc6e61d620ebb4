-- one row per total that a sheet states: the stated and the computed sum in baht, with the file's path
SELECT t.province_code, f.path, t.sheet, t.cell, t.measure, t.stated_baht, t.computed_baht, t.difference_baht,
       t.first_row, t.last_row, t.explanation_th, t.explains_cell
FROM quality_total AS t
JOIN raw_file AS f USING (file_id)
WHERE f.status <> 'superseded'
