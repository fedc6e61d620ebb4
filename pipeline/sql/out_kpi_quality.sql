-- one row per project: what its indicator of success says and lacks: none at all, no number, no unit, no target, no baseline, or only that something was done
WITH said AS (
    SELECT project_id, province_code, fiscal_year_be, project_name, agency_name, kpi, target,
           coalesce(kpi, '') || ' ' || coalesce(target, '') AS whole
    FROM core_project
    WHERE is_current
),
-- Few texts are written many times: each is looked at once.
text AS (
    SELECT t.whole, regexp_matches(t.whole, '[0-9๐-๙]') AS has_number, bool_or(w.kind = 'unit') AS has_unit,
           bool_or(w.kind = 'baseline') AS has_baseline, bool_or(w.kind = 'activity') AS says_activity, bool_or(w.kind = 'result') AS says_result
    FROM (SELECT DISTINCT whole FROM said) AS t
    LEFT JOIN core_word AS w ON contains(t.whole, w.word)
    GROUP BY t.whole
)
SELECT s.project_id, s.province_code, s.fiscal_year_be, s.project_name, s.agency_name, s.kpi, s.target,
       trim(coalesce(s.kpi, '')) = '' AS is_without_kpi, trim(coalesce(s.target, '')) = '' AND NOT t.has_number AS is_without_target,
       NOT t.has_number AS is_without_number, NOT coalesce(t.has_unit, false) AS is_without_unit,
       NOT coalesce(t.has_baseline, false) AS is_without_baseline,
       coalesce(t.says_activity, false) AND NOT coalesce(t.says_result, false) AS is_activity_only
FROM said AS s
JOIN text AS t USING (whole)
