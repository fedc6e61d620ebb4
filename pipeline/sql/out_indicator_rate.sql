-- one row per province (all of them), indicator and year that any province has: the figure and its rate beside cluster, region, nation and the provinces like it, and its band among those; says why where there is none
WITH asked AS (
    SELECT p.province_code, p.cluster, p.region4, y.indicator_code, y.year_be, y.period_basis
    FROM core_province AS p
    CROSS JOIN (
        SELECT DISTINCT indicator_code, year_be, period_basis FROM core_rate WHERE province_code IS NOT NULL
    ) AS y
),
told AS (
    SELECT a.*, r.value, r.unit, r.is_event, r.is_additive, r.made_from, r.denominator_code, r.denominator, r.denominator_source,
           r.rate_per, r.rate, r.rate_low, r.rate_high, r.source, r.path, r.is_conflict,
           CASE WHEN r.indicator_code IS NULL THEN 'none' WHEN r.is_void THEN 'void' WHEN h.is_suppressed THEN 'suppressed'
                WHEN r.value IS NULL THEN 'nil' ELSE 'value' END AS status,
           r.is_event AND r.value < (SELECT value FROM core_setting WHERE setting = 'small_number') AS is_small_number
    FROM asked AS a
    LEFT JOIN core_rate AS r USING (province_code, indicator_code, year_be, period_basis)
    LEFT JOIN core_hidden_value AS h
        ON h.province_code = a.province_code AND h.indicator_code = a.indicator_code AND h.year_be = a.year_be
        AND h.period_basis = a.period_basis AND h.period = 'year'
),
-- What is compared: the rate; else a figure that does not grow with the province, such as a percentage. Never a bare count.
compared AS (
    SELECT *, coalesce(rate, CASE WHEN NOT is_additive THEN value END) AS comparable FROM told
),
friends AS (
    SELECT c.province_code, c.indicator_code, c.year_be, c.period_basis, count(*) AS n_peers,
           CASE WHEN NOT bool_or(f.status = 'suppressed')
                THEN coalesce(max(f.rate_per) * sum(f.value) FILTER (f.rate IS NOT NULL) / sum(f.denominator) FILTER (f.rate IS NOT NULL),
                              median(f.value) FILTER (NOT f.is_additive)) END AS peer_value,
           count(*) FILTER (f.status = 'value' AND NOT coalesce(f.is_small_number, false)) AS n_banded,
           count(*) FILTER (f.status = 'value' AND NOT coalesce(f.is_small_number, false) AND f.comparable < c.comparable) AS n_below
    FROM compared AS c
    JOIN out_peer AS p USING (province_code)
    JOIN compared AS f
        ON f.province_code = p.peer_code AND f.indicator_code = c.indicator_code AND f.year_be = c.year_be
        AND f.period_basis = c.period_basis AND f.comparable IS NOT NULL
    GROUP BY c.province_code, c.indicator_code, c.year_be, c.period_basis
),
area AS (
    SELECT *, CASE WHEN is_covered THEN coalesce(rate, CASE WHEN NOT is_sum THEN value END) END AS comparable FROM out_indicator_area
)
SELECT c.province_code, c.indicator_code, d.name_th AS indicator_name, d.topic, c.year_be, c.period_basis, c.status,
       CASE WHEN c.status = 'value' THEN c.value END AS value, c.unit,
       c.denominator_code, c.denominator, c.rate_per,
       CASE WHEN c.status = 'value' THEN c.rate END AS rate, CASE WHEN c.status = 'value' THEN c.rate_low END AS rate_low,
       CASE WHEN c.status = 'value' THEN c.rate_high END AS rate_high,
       CASE WHEN c.status = 'value' THEN c.is_small_number END AS is_small_number,
       k.comparable AS cluster_value, g.comparable AS region_value, n.comparable AS nation_value,
       f.peer_value, coalesce(f.n_peers, 0) AS n_peers,
       CASE WHEN c.status = 'value' AND NOT coalesce(c.is_small_number, false) AND c.comparable IS NOT NULL
                 AND f.n_banded + 1 >= (SELECT value FROM core_setting WHERE setting = 'band_min_members')
            THEN CAST(floor(f.n_below * (SELECT value FROM core_setting WHERE setting = 'band_count') / (f.n_banded + 1)) + 1 AS INTEGER)
       END AS band, CAST((SELECT value FROM core_setting WHERE setting = 'band_count') AS INTEGER) AS n_bands,
       d.direction, d.caution_th, coalesce(d.is_verified, false) AS is_verified, c.made_from, c.source, c.denominator_source,
       c.path, c.is_conflict
FROM compared AS c
LEFT JOIN friends AS f USING (province_code, indicator_code, year_be, period_basis)
LEFT JOIN core_indicator_definition AS d ON d.indicator_code = c.indicator_code
LEFT JOIN area AS k ON k.area_kind = 'cluster' AND k.area = c.cluster AND k.indicator_code = c.indicator_code
    AND k.year_be = c.year_be AND k.period_basis = c.period_basis
LEFT JOIN area AS g ON g.area_kind = 'region' AND g.area = c.region4 AND g.indicator_code = c.indicator_code
    AND g.year_be = c.year_be AND g.period_basis = c.period_basis
LEFT JOIN area AS n ON n.area_kind = 'nation' AND n.indicator_code = c.indicator_code AND n.year_be = c.year_be
    AND n.period_basis = c.period_basis
