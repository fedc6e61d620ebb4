-- one row per name, agency and province of projects that count and that neither column, rule nor analyst has placed, the dearest first;
-- a text that a spreadsheet would run as a formula has an apostrophe before it
WITH money AS (
    SELECT project_id, max(amount_baht) AS amount_baht FROM core_amount GROUP BY project_id
),
tags AS (
    SELECT project_id, string_agg(tag_code, '|' ORDER BY tag_code) AS tags FROM core_project_tag GROUP BY project_id
)
SELECT '' AS project_id, regexp_replace(p.project_name, '^([=+@-])', '''\1') AS project_name,
       regexp_replace(coalesce(p.agency_name, ''), '^([=+@-])', '''\1') AS agency_name, any_value(v.name_th) AS province,
       a.plan_id, '' AS item_code, '' AS tags, '' AS who, '' AS why, '' AS "when",
       count(*) AS projects, string_agg(DISTINCT p.fiscal_year_be, '|' ORDER BY p.fiscal_year_be) AS fiscal_years_be,
       sum(m.amount_baht) AS largest_amount_baht,
       coalesce(any_value(a.candidates), '') AS candidates, coalesce(any_value(a.words), '') AS words,
       coalesce(any_value(t.tags), '') AS tags_by_rule
FROM core_project_alignment AS a
JOIN core_project AS p USING (project_id)
JOIN core_province AS v USING (province_code)
LEFT JOIN money AS m USING (project_id)
LEFT JOIN tags AS t USING (project_id)
WHERE a.how = 'unsure' AND p.is_current
GROUP BY p.province_code, p.project_name, p.agency_name, a.plan_id
ORDER BY largest_amount_baht DESC NULLS LAST, p.province_code, p.project_name, p.agency_name, a.plan_id
