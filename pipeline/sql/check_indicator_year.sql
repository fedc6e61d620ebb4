-- one row per indicator, source, year and period: the earlier year, if any, in which every province had the same figure
WITH years AS (
    -- A column that nobody has named yet has a code of its own in every year: there the columns of a sheet are compared.
    SELECT i.indicator_code, i.source, i.year_be, i.period_basis, i.period,
           any_value(i.file_id) AS file_id,
           any_value(i.sheet) AS sheet,
           CASE WHEN starts_with(i.indicator_code, 'unnamed_') THEN concat(any_value(i.file_id), any_value(i.sheet))
                ELSE i.indicator_code END AS series,
           arg_min(i.cell, i.province_code) AS cell,
           count(*) AS provinces,
           count(DISTINCT i.value) AS different_values,
           md5(string_agg(i.province_code || '=' || i.value, ';' ORDER BY i.province_code)) AS figures
    FROM core_indicator AS i
    LEFT JOIN raw_file AS f USING (file_id)
    WHERE f.status IS DISTINCT FROM 'superseded' AND i.value IS NOT NULL AND i.province_code IS NOT NULL
    GROUP BY i.indicator_code, i.source, i.year_be, i.period_basis, i.period
),
twins AS (
    SELECT y.indicator_code, y.source, y.year_be, y.period_basis, y.period, max(e.year_be) AS twin_year_be
    FROM years AS y
    JOIN years AS e
        ON e.series = y.series AND e.source IS NOT DISTINCT FROM y.source
       AND e.period_basis = y.period_basis AND e.period = y.period AND e.figures = y.figures AND e.year_be < y.year_be
    GROUP BY ALL
)
SELECT y.* EXCLUDE (figures, series), t.twin_year_be
FROM years AS y
LEFT JOIN twins AS t
    ON t.indicator_code = y.indicator_code AND t.source IS NOT DISTINCT FROM y.source AND t.year_be = y.year_be
   AND t.period_basis = y.period_basis AND t.period = y.period
