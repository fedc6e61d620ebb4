-- one row per stated growth in a table of figures, with how many of the row's own figures are blank or nil
WITH heads AS (
    SELECT t.table_id, t.file_id, t.sheet,
           unnest(CAST(t.form -> '$.columns[*].head' AS VARCHAR[])) AS head,
           unnest(CAST(t.decided_by -> '$.letters' AS VARCHAR[])) AS letters
    FROM raw_table AS t
    WHERE t.kind = 'indicator' AND t.status = 'loaded'
),
growths AS (
    SELECT DISTINCT file_id, sheet, letters
    FROM heads
    WHERE regexp_matches(head, 'เพิ่ม|ลดลง|เปลี่ยนแปลง|ขยายตัว|growth|change')
),
figures AS (
    SELECT i.*, regexp_extract(i.cell, '[A-Z]+') AS letters, TRY_CAST(regexp_extract(i.cell, '[0-9]+') AS INTEGER) AS at_row
    FROM core_indicator AS i
    WHERE (i.file_id, i.sheet) IN (SELECT (file_id, sheet) FROM growths)
),
blanks AS (
    SELECT f.file_id, f.sheet, f.at_row, count(*) FILTER (f.value IS NULL OR f.value = 0) AS blank_figures
    FROM figures AS f
    ANTI JOIN growths AS g ON g.file_id = f.file_id AND g.sheet = f.sheet AND g.letters = f.letters
    GROUP BY ALL
)
SELECT f.province_code, f.indicator_code, f.year_be, f.file_id, f.sheet, f.cell, f.value,
       coalesce(b.blank_figures, 0) AS blank_figures
FROM figures AS f
JOIN growths AS g ON g.file_id = f.file_id AND g.sheet = f.sheet AND g.letters = f.letters
LEFT JOIN blanks AS b ON b.file_id = f.file_id AND b.sheet = f.sheet AND b.at_row = f.at_row
WHERE f.value IS NOT NULL
