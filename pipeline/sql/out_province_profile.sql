-- one row per province (all of them) and item: its value in the province's newest year with one beside its cluster, region and the nation (sums, or ratios of sums, over the provinces that have the item that year, and how many of how many those are); NULL where the province has none
WITH counted AS (
    UNPIVOT out_population ON population, male, female, houses, households INTO NAME item VALUE numerator
),
part AS (
    SELECT province_code, year_be, item, numerator, CAST(NULL AS DOUBLE) AS denominator, 1 AS scale FROM counted
    UNION ALL
    SELECT province_code, year_be, 'female_share', female, male + female, 100 FROM out_population
    UNION ALL
    SELECT province_code, year_be, 'persons_per_house', population, houses, 1 FROM out_population
),
known AS (
    SELECT a.*, p.cluster, p.region4, a.denominator IS NULL AS is_sum
    FROM part AS a
    JOIN core_province AS p USING (province_code)
    WHERE a.numerator IS NOT NULL
      AND (a.denominator > 0 OR a.item IN ('population', 'male', 'female', 'houses', 'households'))
),
compared AS (
    SELECT province_code, year_be, item, is_sum, scale * numerator / coalesce(denominator, 1) AS value,
           scale * sum(numerator) OVER cluster / coalesce(sum(denominator) OVER cluster, 1) AS cluster_value,
           count(*) OVER cluster AS n_cluster,
           scale * sum(numerator) OVER region / coalesce(sum(denominator) OVER region, 1) AS region_value,
           count(*) OVER region AS n_region,
           scale * sum(numerator) OVER nation / coalesce(sum(denominator) OVER nation, 1) AS nation_value,
           count(*) OVER nation AS n_nation
    FROM known
    WINDOW cluster AS (PARTITION BY cluster, item, year_be),
           region AS (PARTITION BY region4, item, year_be),
           nation AS (PARTITION BY item, year_be)
),
rated AS (
    SELECT r.province_code, r.year_be, 'crime_' || regexp_extract(r.indicator_code, '^crime_(.+)_reported$', 1) || '_rate' AS item,
           false AS is_sum, r.rate AS value, k.rate AS cluster_value, k.n_rates AS n_cluster, g.rate AS region_value,
           g.n_rates AS n_region, n.rate AS nation_value, n.n_rates AS n_nation
    FROM out_indicator_rate AS r
    JOIN core_province AS p USING (province_code)
    LEFT JOIN out_indicator_area AS k ON k.area_kind = 'cluster' AND k.area = p.cluster
        AND k.indicator_code = r.indicator_code AND k.year_be = r.year_be AND k.period_basis = r.period_basis
    LEFT JOIN out_indicator_area AS g ON g.area_kind = 'region' AND g.area = p.region4
        AND g.indicator_code = r.indicator_code AND g.year_be = r.year_be AND g.period_basis = r.period_basis
    LEFT JOIN out_indicator_area AS n ON n.area_kind = 'nation'
        AND n.indicator_code = r.indicator_code AND n.year_be = r.year_be AND n.period_basis = r.period_basis
    WHERE regexp_matches(r.indicator_code, '^crime_.+_reported$') AND r.rate IS NOT NULL
),
newest AS (
    SELECT * FROM (SELECT * FROM compared UNION ALL BY NAME SELECT * FROM rated)
    QUALIFY year_be = max(year_be) OVER (PARTITION BY province_code, item)
),
asked AS (
    SELECT p.province_code, i.item, i.is_sum,
           CASE WHEN p.cluster IS NOT NULL THEN count(*) OVER (PARTITION BY p.cluster, i.item) END AS n_cluster_members,
           count(*) OVER (PARTITION BY p.region4, i.item) AS n_region_members, count(*) OVER (PARTITION BY i.item) AS n_nation_members
    FROM core_province AS p
    CROSS JOIN (SELECT DISTINCT item, is_sum FROM newest) AS i
)
SELECT a.province_code, a.item, c.year_be, a.is_sum, c.value,
       CASE WHEN a.n_cluster_members IS NOT NULL THEN c.cluster_value END AS cluster_value,
       CASE WHEN a.n_cluster_members IS NOT NULL THEN c.n_cluster END AS n_cluster, a.n_cluster_members,
       c.region_value, c.n_region, a.n_region_members, c.nation_value, c.n_nation, a.n_nation_members
FROM asked AS a
LEFT JOIN newest AS c USING (province_code, item)
