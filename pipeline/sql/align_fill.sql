-- one row per project and plan: what its words came to, or what an analyst settled
WITH plans AS (
    SELECT plan_id, min(be_from) AS be_from, max(be_to) AS be_to FROM core_plan_item GROUP BY plan_id
),
years AS (
    SELECT project_id, max(fiscal_year_be) AS fiscal_year_be FROM core_amount GROUP BY project_id
)
SELECT p.project_id, d.plan_id,
       CASE WHEN s.line IS NULL THEN d.item_code ELSE nullif(s.item_code, '-') END AS item_code,
       CASE WHEN s.line IS NULL THEN d.how ELSE 'settled' END AS how,
       CASE WHEN s.line IS NULL THEN d.words END AS words,
       CASE WHEN s.line IS NULL THEN d.candidates END AS candidates,
       coalesce(coalesce(p.fiscal_year_be, y.fiscal_year_be) BETWEEN l.be_from AND l.be_to, false) AS is_in_force,
       s.told AS settled_by
FROM align_project AS p
JOIN align_text AS t USING (name, support, plan_text, section_text)
JOIN align_decision AS d USING (text_id)
JOIN plans AS l ON l.plan_id = d.plan_id
LEFT JOIN years AS y ON y.project_id = p.project_id
LEFT JOIN (
    SELECT m.project_id, s.line, s.plan_id, s.item_code, s.told
    FROM align_match AS m
    JOIN align_settled AS s USING (line)
    WHERE m.settles = 'item' AND m.place = 1
) AS s ON s.project_id = p.project_id AND s.plan_id = d.plan_id
ORDER BY p.project_id, d.plan_id
