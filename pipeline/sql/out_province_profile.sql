-- one row per province and item, at the province's newest year: its value beside its cluster, region and the nation (sums, or ratios of sums, over the provinces that have the item that year, and how many of how many those are)
WITH counted AS (
    UNPIVOT out_population ON population, male, female, houses, households INTO NAME item VALUE numerator
),
part AS (
    SELECT province_code, year_be, item, numerator, CAST(NULL AS DOUBLE) AS denominator, 1 AS scale FROM counted
    UNION ALL
    SELECT province_code, year_be, 'female_share', female, male + female, 100 FROM out_population
    UNION ALL
    SELECT province_code, year_be, 'persons_per_house', population, houses, 1 FROM out_population
    UNION ALL
    SELECT province_code, year_be, 'crime_' || crime_group || '_rate', reported, population, 100000
    FROM out_crime_rate
    WHERE rate_per_100000 IS NOT NULL
),
known AS (
    SELECT a.*, p.cluster, p.region4,
           a.item IN ('population', 'male', 'female', 'houses', 'households') AS is_sum
    FROM part AS a
    JOIN core_province AS p USING (province_code)
    WHERE a.numerator IS NOT NULL
      AND (a.denominator > 0 OR a.item IN ('population', 'male', 'female', 'houses', 'households'))
),
compared AS (
    SELECT *,
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
size AS (
    SELECT province_code,
           CASE WHEN cluster IS NOT NULL THEN count(*) OVER (PARTITION BY cluster) END AS n_cluster_members,
           count(*) OVER (PARTITION BY region4) AS n_region_members, count(*) OVER () AS n_nation_members
    FROM core_province
)
SELECT c.province_code, c.item, c.year_be, c.is_sum, scale * numerator / coalesce(denominator, 1) AS value,
       CASE WHEN s.n_cluster_members IS NOT NULL THEN c.cluster_value END AS cluster_value,
       CASE WHEN s.n_cluster_members IS NOT NULL THEN c.n_cluster END AS n_cluster, s.n_cluster_members,
       c.region_value, c.n_region, s.n_region_members, c.nation_value, c.n_nation, s.n_nation_members
FROM compared AS c
JOIN size AS s USING (province_code)
QUALIFY c.year_be = max(c.year_be) OVER (PARTITION BY c.province_code, c.item)
