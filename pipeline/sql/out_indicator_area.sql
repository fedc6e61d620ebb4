-- one row per area (a cluster, a region, or the nation), indicator and year: over its provinces that have the figure, their sum and rate, or the median of what does not add up, and how many of how many they are; NULL where a small number could be worked out from it
WITH summed AS (
    SELECT a.area_kind, a.area, a.n_members, r.indicator_code, r.year_be, r.period_basis, min(r.unit) AS unit,
           bool_and(r.is_additive) AS is_sum, count(*) AS n_provinces,
           CASE WHEN bool_and(r.is_additive) THEN sum(r.value ORDER BY r.province_code) ELSE median(r.value) END AS value,
           count(r.rate) AS n_rates, max(r.rate_per) AS rate_per,
           max(r.rate_per) * sum(r.value ORDER BY r.province_code) FILTER (r.rate IS NOT NULL) / sum(r.denominator ORDER BY r.province_code) FILTER (r.rate IS NOT NULL) AS rate,
           sum(r.value ORDER BY r.province_code) FILTER (r.rate IS NOT NULL) AS rate_events,
           sum(r.denominator ORDER BY r.province_code) FILTER (r.rate IS NOT NULL) AS rate_persons
    FROM core_rate AS r
    JOIN core_area AS a USING (province_code)
    WHERE r.value IS NOT NULL
    GROUP BY a.area_kind, a.area, a.n_members, r.indicator_code, r.year_be, r.period_basis
),
hidden AS (
    SELECT area_kind, area, indicator_code, year_be, period_basis, true AS is_suppressed
    FROM core_suppression
    WHERE area_kind IS NOT NULL AND period = 'year'
)
SELECT s.area_kind, s.area, s.indicator_code, d.name_th AS indicator_name, d.topic, s.year_be, s.period_basis, s.unit, s.is_sum,
       CASE WHEN h.is_suppressed IS NULL THEN s.value END AS value,
       CASE WHEN h.is_suppressed IS NULL THEN s.rate END AS rate,
       s.rate_per, CASE WHEN h.is_suppressed IS NULL THEN s.rate_events END AS rate_events, s.rate_persons,
       s.n_provinces, s.n_rates, s.n_members,
       100.0 * s.n_provinces / s.n_members >= (SELECT value FROM core_setting WHERE setting = 'area_min_pct') AS is_covered,
       h.is_suppressed IS NOT NULL AS is_suppressed
FROM summed AS s
LEFT JOIN hidden AS h USING (area_kind, area, indicator_code, year_be, period_basis)
LEFT JOIN core_indicator_definition AS d USING (indicator_code)
