-- one row per stated amount of a year or quarter that the same row of the sheet also splits: by quarter, month, category or fund
WITH projects AS (
    SELECT project_id, any_value(province_code) AS province_code
    FROM core_project
    WHERE is_current
    GROUP BY project_id
),
live AS (
    SELECT a.*, j.province_code, coalesce(r.rounding_baht, 1) AS rounding_baht
    FROM core_amount AS a
    JOIN projects AS j USING (project_id)
    LEFT JOIN check_rounding AS r USING (unit)
),
whole AS (
    SELECT * FROM live WHERE category IS NULL AND fund_source IS NULL
),
placed AS (
    SELECT project_id, fiscal_year_be, measure, 'quarter' AS split, 4 AS needed, 'year' AS period,
           period AS part, amount_baht
    FROM whole
    WHERE period LIKE 'Q%'
    UNION ALL
    SELECT project_id, fiscal_year_be, measure, 'month', 12, 'year',
           printf('%02d', (TRY_CAST(period[2:] AS INTEGER) + 2) % 12), amount_baht
    FROM whole
    WHERE period LIKE 'M%'
    UNION ALL
    -- The fiscal year begins in October: months 10 to 12 are its first quarter.
    SELECT project_id, fiscal_year_be, measure, 'month', 3,
           'Q' || ((TRY_CAST(period[2:] AS INTEGER) + 2) % 12 // 3 + 1),
           printf('%02d', (TRY_CAST(period[2:] AS INTEGER) + 2) % 12), amount_baht
    FROM whole
    WHERE period LIKE 'M%'
    UNION ALL
    SELECT project_id, fiscal_year_be, measure, 'category', 1, period, category, amount_baht
    FROM live
    WHERE category IS NOT NULL AND fund_source IS NULL
    UNION ALL
    SELECT project_id, fiscal_year_be, measure, 'fund_source', 1, period, fund_source, amount_baht
    FROM live
    WHERE fund_source IS NOT NULL AND category IS NULL
),
summed AS (
    SELECT project_id, fiscal_year_be, measure, split, needed, period,
           count(*) AS parts,
           sum(amount_baht) AS parts_baht,
           arg_max(amount_baht, part) AS last_baht
    FROM placed
    GROUP BY ALL
    HAVING count(*) >= needed AND sum(amount_baht) IS NOT NULL
),
compared AS (
    SELECT s.*, w.province_code, w.amount_baht AS whole_baht, w.file_id, w.sheet, w.cell,
           s.parts_baht - w.amount_baht AS difference_baht,
           w.rounding_baht * CASE WHEN w.rounding_baht > 1 THEN sqrt(s.parts) ELSE 1 END AS tolerance_baht,
           -- "เบิกจ่ายสะสม": each column includes those before it, and the last one is the year.
           abs(s.last_baht - w.amount_baht) <= w.rounding_baht AS is_cumulative
    FROM summed AS s
    JOIN whole AS w USING (project_id, fiscal_year_be, measure, period)
    WHERE w.amount_baht IS NOT NULL
)
SELECT project_id, province_code, fiscal_year_be, measure, period, split, split IN ('quarter', 'month') AS is_in_time,
       parts, whole_baht, parts_baht, difference_baht, file_id, sheet, cell,
       CASE WHEN abs(difference_baht) <= tolerance_baht THEN 0
            WHEN split IN ('quarter', 'month') AND is_cumulative THEN 0
            WHEN split NOT IN ('quarter', 'month') AND difference_baht < 0 THEN 0
            ELSE abs(difference_baht) END AS gap_baht,
       CASE WHEN split IN ('quarter', 'month') OR parts = 1 THEN NULL
            WHEN difference_baht < -tolerance_baht THEN -difference_baht ELSE 0 END AS short_baht
FROM compared
