-- one row per area (a cluster, or the nation), calendar year and police crime group: cases and rate over the provinces that have both figures, and how many of the area's provinces those are; NULL where a small number could be worked out from it
SELECT area_kind, area, year_be, regexp_extract(indicator_code, '^crime_(.+)_reported$', 1) AS crime_group,
       rate_events AS reported, rate_persons AS population, rate AS rate_per_100000, n_rates AS n_provinces, n_members, is_suppressed
FROM out_indicator_area
WHERE area_kind IN ('cluster', 'nation') AND period_basis = 'CY' AND n_rates > 0
  AND regexp_matches(indicator_code, '^crime_.+_reported$')
