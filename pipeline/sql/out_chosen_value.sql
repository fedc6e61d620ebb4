-- one row per province (NULL: the nation), indicator, year, period basis and period: the value of the preferred source (lowest source_rank, then file_id), NULL where it may not be shown
SELECT v.province_code, v.indicator_code, v.year_be, v.period_basis, v.period,
       CASE WHEN h.is_suppressed IS NULL THEN v.value END AS value, v.unit, v.source, v.path, v.sheet, v.cell,
       v.n_sources, v.is_conflict, h.is_suppressed IS NOT NULL AS is_suppressed
FROM core_chosen_value AS v
LEFT JOIN core_hidden_value AS h
    ON h.province_code IS NOT DISTINCT FROM v.province_code AND h.indicator_code = v.indicator_code
    AND h.year_be = v.year_be AND h.period_basis = v.period_basis AND h.period = v.period
