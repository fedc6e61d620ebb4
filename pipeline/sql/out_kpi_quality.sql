-- one row per project: what its indicator of success says and lacks: none at all, no number, no unit, no target, no baseline, or only that something was done
WITH said AS (
    SELECT p.project_id, p.province_code, p.fiscal_year_be, p.project_name, p.agency_name, nullif(trim(p.kpi), '') AS kpi,
           nullif(trim(p.target), '') AS target,
           translate(coalesce(p.kpi, '') || ' ' || coalesce(p.target, ''), '๐๑๒๓๔๕๖๗๘๙', '0123456789') AS whole
    FROM core_project AS p
    WHERE p.is_current
),
-- Few texts are written many times: each is looked at once.
text AS (
    SELECT t.whole, bool_or(w.kind = 'unit') AS has_unit, bool_or(w.kind = 'baseline') AS has_baseline,
           bool_or(w.kind = 'activity') AS says_activity, bool_or(w.kind = 'result') AS says_result
    FROM (SELECT DISTINCT whole FROM said) AS t
    JOIN core_word AS w ON contains(t.whole, w.word)
    GROUP BY t.whole
)
SELECT s.project_id, s.province_code, s.fiscal_year_be, s.project_name, s.agency_name, s.kpi, s.target,
       s.kpi IS NULL AS is_without_kpi, s.target IS NULL AND NOT regexp_matches(s.whole, '[0-9]') AS is_without_target,
       NOT regexp_matches(s.whole, '[0-9]') AS is_without_number, NOT coalesce(t.has_unit, false) AS is_without_unit,
       NOT coalesce(t.has_baseline, false) AS is_without_baseline,
       coalesce(t.says_activity, false) AND NOT coalesce(t.says_result, false) AS is_activity_only
FROM said AS s
LEFT JOIN text AS t USING (whole)
