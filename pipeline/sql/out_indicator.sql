-- one row per province (NULL: the nation), indicator, year, period basis and period: the preferred value with its name and caution, NULL where it may not be shown
SELECT v.province_code, v.indicator_code, d.name_th AS indicator_name, d.topic, v.year_be, v.period_basis, v.period,
       v.value, v.unit, v.source, v.n_sources, v.is_conflict, v.is_suppressed, d.direction, d.caution_th,
       coalesce(d.is_verified, false) AS is_verified,
       coalesce(d.is_in_brief, false) AS is_in_brief, v.path, v.sheet, v.cell
FROM out_chosen_value AS v
LEFT JOIN core_indicator_definition AS d USING (indicator_code)
