-- one row per project: its own words, squeezed, with every number alike, so that projects that say the same are read once;
-- a text without any word of the rules ($words is their pattern) is as good as none
WITH plain AS (
    SELECT p.project_id, p.province_code, p.fiscal_year_be,
           lower(replace(p.project_name, ' ', '')) AS name_plain,
           lower(replace(coalesce(p.agency_name, ''), ' ', '')) AS agency_plain,
           lower(replace(concat_ws('|', p.section, p.activity, p.objective, p.target_group, p.kpi), ' ', '')) AS support_plain,
           lower(replace(coalesce(p.plan_group, ''), ' ', '')) AS plan_text,
           lower(replace(coalesce(p.section, ''), ' ', '')) AS section_text
    FROM core_project AS p
)
SELECT * EXCLUDE (support_plain),
       CASE WHEN regexp_matches(name_plain, $words)
            THEN regexp_replace(name_plain, '[0-9๐-๙]+', '0', 'g') ELSE '' END AS name,
       CASE WHEN regexp_matches(support_plain, $words)
            THEN regexp_replace(support_plain, '[0-9๐-๙]+', '0', 'g') ELSE '' END AS support
FROM plain
