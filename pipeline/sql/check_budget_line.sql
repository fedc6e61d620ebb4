-- one row per line of a budget document, beside the other lines of its sheet: equal lines, lines with a budgetary unit
SELECT l.line_id, l.province_code, l.fiscal_year_be, l.stage, l.amount_baht, l.file_id, l.sheet, l."row_number", l.cell,
       l.budgetary_unit,
       count(l.budgetary_unit) OVER (PARTITION BY l.file_id, l.sheet) AS lines_with_unit,
       row_number() OVER (equal_lines ORDER BY l."row_number", l.cell) AS occurrence,
       min(l."row_number") OVER equal_lines AS first_row
FROM core_budget_line AS l
LEFT JOIN raw_file AS f USING (file_id)
WHERE f.status IS DISTINCT FROM 'superseded'
WINDOW equal_lines AS (
    PARTITION BY l.file_id, l.sheet, l.province_code, l.fiscal_year_be, l.ministry, l.budgetary_unit, l.plan, l.output,
                 l.project, l.category_1, l.category_2, l.category_3, l.category_4, l.category_5, l.category_6, l.item,
                 l.stage, l.amount_baht, l.is_obligation, l.document, l.page
)
