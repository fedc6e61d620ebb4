-- one row per area (a cluster, a region, or the nation) and province in it
SELECT 'cluster' AS area_kind, cluster AS area, province_code, count(*) OVER (PARTITION BY cluster) AS n_members
FROM core_province
WHERE cluster IS NOT NULL
UNION ALL
SELECT 'region', region4, province_code, count(*) OVER (PARTITION BY region4) FROM core_province
UNION ALL
SELECT 'nation', 'nation', province_code, count(*) OVER () FROM core_province
