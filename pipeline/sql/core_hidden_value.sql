-- one row per province (NULL: the nation), indicator, year, period basis and period that may not be shown: a small number of a sensitive indicator, or one that would give such a number away
SELECT v.province_code, v.indicator_code, v.year_be, v.period_basis, v.period, true AS is_suppressed
FROM core_chosen_value AS v
JOIN core_indicator_definition AS d USING (indicator_code)
JOIN core_unit AS u ON u.unit = v.unit AND u.is_event
WHERE d.is_sensitive AND v.value < (SELECT value FROM core_setting WHERE setting = 'suppress_below')
UNION
SELECT province_code, indicator_code, year_be, period_basis, period, true
FROM core_suppression
WHERE area_kind IS NULL OR area_kind = 'nation'
