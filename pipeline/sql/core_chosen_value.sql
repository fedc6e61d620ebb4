-- one row per province (NULL: the nation), indicator, year, period basis and period: the value of the preferred source, small numbers too; what may be shown is in out_chosen_value
SELECT i.province_code, i.indicator_code, i.year_be, i.period_basis, i.period, i.value,
       coalesce(i.unit, d.unit) AS unit, i.source, f.path, i.sheet, i.cell,
       count(DISTINCT CASE WHEN i.value IS NOT NULL THEN i.file_id END) OVER every_source AS n_sources,
       count(DISTINCT i.value) OVER every_source > 1 AS is_conflict
FROM core_indicator AS i
JOIN raw_file AS f USING (file_id)
LEFT JOIN core_indicator_definition AS d USING (indicator_code)
WHERE f.status <> 'superseded'
WINDOW every_source AS (PARTITION BY i.province_code, i.indicator_code, i.year_be, i.period_basis, i.period)
QUALIFY row_number() OVER (
    PARTITION BY i.province_code, i.indicator_code, i.year_be, i.period_basis, i.period
    ORDER BY i.value IS NULL, i.source_rank, i.file_id, i.sheet, i.cell
) = 1
