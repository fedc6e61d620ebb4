-- one row per province and year: registered persons, houses and households at the end of the year; NULL where no source has them
SELECT province_code, year_be,
       max(value) FILTER (indicator_code = 'population_registered_total') AS population,
       max(value) FILTER (indicator_code = 'population_registered_male') AS male,
       max(value) FILTER (indicator_code = 'population_registered_female') AS female,
       max(value) FILTER (indicator_code = 'house_registered_total') AS houses,
       max(value) FILTER (indicator_code = 'household_registered_total') AS households,
       max(source) FILTER (indicator_code = 'population_registered_total') AS source,
       max(path) FILTER (indicator_code = 'population_registered_total') AS path,
       max(n_sources) FILTER (indicator_code = 'population_registered_total') AS n_sources,
       bool_or(is_conflict) AS is_conflict
FROM out_chosen_value
WHERE period_basis = 'point'
  AND period = 'year'
  AND province_code IS NOT NULL
  AND (indicator_code LIKE 'population\_registered\_%' ESCAPE '\' AND unit = 'คน'
       OR indicator_code = 'house_registered_total' AND unit = 'หลัง'
       OR indicator_code = 'household_registered_total' AND unit = 'ครัวเรือน')
GROUP BY province_code, year_be
