-- one row per province, province like it (NULL: the province alone) and variable: both values, and how much of the squared distance the variable makes; a variable that a province lacks says so
SELECT v.province_code, n.peer_order, n.peer_code, v.variable, v.variable_name, v.unit, v.year_be, v.value,
       w.value AS peer_value, v.z, w.z AS peer_z, pow(v.z - w.z, 2) / n.n_variables AS distance_part,
       v.value IS NULL AS is_lacking, w.value IS NULL AS is_peer_lacking
FROM core_peer_value AS v
JOIN out_peer AS n USING (province_code)
JOIN core_peer_value AS w ON w.province_code = n.peer_code AND w.variable = v.variable
UNION ALL BY NAME
SELECT province_code, variable, variable_name, unit, year_be, value, z, value IS NULL AS is_lacking
FROM core_peer_value
