-- one row per project that is named as, or nearly as, an earlier one of its province: of another agency, or nearly so in any year; with the first such, and how alike; to be looked at, never merged
WITH ordered AS (
    SELECT *, row_number() OVER (ORDER BY province_code, fiscal_year_be NULLS LAST, file_id, sheet, "row_number", project_id) AS place
    FROM core_project_key
),
-- The first project of a name, and the first of each of its agencies.
same AS (
    SELECT province_code, name_key, agency_key, min(place) AS place
    FROM ordered
    WHERE agency_key IS NOT NULL
    GROUP BY ALL
),
named AS (
    SELECT o.place, min(s.place) AS like_place, 100.0 AS score, 'same_name_other_agency' AS how
    FROM ordered AS o
    JOIN same AS s ON s.province_code = o.province_code AND s.name_key = o.name_key AND s.agency_key <> o.agency_key AND s.place < o.place
    GROUP BY o.place
),
first AS (
    SELECT province_code, name_key, min(place) AS place FROM ordered GROUP BY ALL
),
near AS (
    SELECT o.place, f.place AS like_place, l.score, 'near_name' AS how
    FROM core_name_likeness AS l
    JOIN ordered AS o USING (province_code, name_key)
    JOIN first AS f ON f.province_code = l.province_code AND f.name_key = l.like_name_key
)
SELECT o.province_code, o.project_id, o.project_name, o.agency_name, o.fiscal_year_be, n.how, n.score,
       e.project_id AS like_project_id, e.project_name AS like_project_name, e.agency_name AS like_agency_name,
       e.fiscal_year_be AS like_fiscal_year_be, o.agency_key <> e.agency_key AS is_other_agency,
       o.fiscal_year_be <> e.fiscal_year_be AS is_other_year
FROM (SELECT * FROM named UNION ALL SELECT * FROM near) AS n
JOIN ordered AS o USING (place)
JOIN ordered AS e ON e.place = n.like_place
