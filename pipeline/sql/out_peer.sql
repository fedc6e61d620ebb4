-- one row per province and province that is most like it, and one that says so for a province that is like none for want of data: how far apart, over how many variables; for learning, not for ranking
WITH apart AS (
    SELECT a.province_code, b.province_code AS peer_code, sqrt(avg(pow(a.z - b.z, 2) ORDER BY a.variable)) AS distance,
           count(*) AS n_variables
    FROM core_peer_value AS a
    JOIN core_peer_value AS b USING (variable)
    WHERE a.province_code <> b.province_code AND a.z IS NOT NULL AND b.z IS NOT NULL
    GROUP BY a.province_code, b.province_code
    HAVING count(*) >= (SELECT value FROM core_setting WHERE setting = 'peer_min_variables')
),
nearest AS (
    SELECT *, row_number() OVER (PARTITION BY province_code ORDER BY distance, peer_code) AS peer_order
    FROM apart
    QUALIFY peer_order <= (SELECT value FROM core_setting WHERE setting = 'peer_count')
),
said AS (
    SELECT province_code, string_agg(variable_name, ' · ' ORDER BY variable_order) FILTER (z IS NOT NULL) AS variables_th,
           string_agg(variable_name, ' · ' ORDER BY variable_order) FILTER (z IS NULL) AS lacking_th
    FROM core_peer_value
    GROUP BY province_code
)
SELECT p.province_code, p.name_th AS province_name, n.peer_order, n.peer_code, q.name_th AS peer_name, n.distance,
       coalesce(n.n_variables, 0) AS n_variables, s.variables_th, s.lacking_th,
       q.cluster = p.cluster AS is_same_cluster, q.region4 = p.region4 AS is_same_region
FROM core_province AS p
LEFT JOIN nearest AS n USING (province_code)
LEFT JOIN core_province AS q ON q.province_code = n.peer_code
LEFT JOIN said AS s ON s.province_code = p.province_code
