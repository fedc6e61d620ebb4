-- one row per indicator, unit and period basis in one sheet, beside the indicator's definition
SELECT i.indicator_code, i.unit, i.period_basis, i.file_id, i.sheet,
       count(*) AS figures,
       arg_min(i.cell, TRY_CAST(regexp_extract(i.cell, '[0-9]+') AS INTEGER)) AS cell,
       starts_with(i.indicator_code, 'unnamed_') AS is_unnamed,
       d.indicator_code IS NOT NULL AS is_defined,
       d.unit AS definition_unit,
       d.period_basis AS definition_basis
FROM core_indicator AS i
LEFT JOIN raw_file AS f USING (file_id)
LEFT JOIN core_indicator_definition AS d ON d.indicator_code = i.indicator_code
WHERE f.status IS DISTINCT FROM 'superseded'
GROUP BY i.indicator_code, i.unit, i.period_basis, i.file_id, i.sheet, d.indicator_code, d.unit, d.period_basis
