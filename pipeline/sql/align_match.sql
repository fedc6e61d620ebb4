-- one row per project, line of alignment.csv that speaks of it and thing that it settles; the most particular line is in place 1
WITH named AS (
    SELECT p.project_id, s.line, s.plan_id, s.item_code, s.tags, 0 AS vague
    FROM align_settled AS s
    JOIN align_project AS p ON p.project_id = s.project_id
    UNION ALL
    SELECT p.project_id, s.line, s.plan_id, s.item_code, s.tags,
           1 + CAST(s.agency IS NULL AS INTEGER) + CAST(s.province_code IS NULL AS INTEGER) AS vague
    FROM align_settled AS s
    JOIN align_project AS p ON p.name_plain = s.name
    WHERE (s.agency IS NULL OR s.agency = p.agency_plain)
      AND (s.province_code IS NULL OR s.province_code = p.province_code)
)
SELECT project_id, line, 'item' AS settles,
       row_number() OVER (PARTITION BY project_id, plan_id ORDER BY vague, line) AS place
FROM named
WHERE item_code IS NOT NULL
UNION ALL
SELECT project_id, line, 'tags', row_number() OVER (PARTITION BY project_id ORDER BY vague, line)
FROM named
WHERE tags IS NOT NULL
