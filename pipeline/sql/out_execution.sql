-- one row per province, fiscal year, quarter that it is told for, and measure (disbursed or spent): of the projects that state both, what was paid up to the quarter's end as a share of what they were given, beside the dated target of all spending; a fiscal year's note stands beside it
WITH given AS (
    SELECT project_id, province_code, fiscal_year_be,
           arg_min(amount_baht, list_position(['net_allocated', 'allocated', 'appropriated'], measure)) AS given_baht,
           arg_min(measure, list_position(['net_allocated', 'allocated', 'appropriated'], measure)) AS given_measure
    FROM out_project_amount
    WHERE measure IN ('net_allocated', 'allocated', 'appropriated')
    GROUP BY ALL
),
quarter AS (
    SELECT * FROM (VALUES ('Q1'), ('Q2'), ('Q3'), ('Q4')) AS q (quarter)
),
-- The year's own cell speaks for the year's end only; quarters speak up to the last one that any project of the province states.
paid AS (
    SELECT a.project_id, a.province_code, a.fiscal_year_be, a.measure, 'Q4' AS quarter, a.amount_baht
    FROM out_project_amount AS a
    WHERE a.measure IN ('disbursed', 'spent')
      AND NOT EXISTS (SELECT 1 FROM core_quarter_amount AS c WHERE c.project_id = a.project_id
                      AND c.fiscal_year_be = a.fiscal_year_be AND c.measure = a.measure)
    UNION ALL
    SELECT c.project_id, c.province_code, c.fiscal_year_be, c.measure, q.quarter, sum(c.amount_baht)
    FROM core_quarter_amount AS c
    JOIN quarter AS q ON c.quarter <= q.quarter
    WHERE c.measure IN ('disbursed', 'spent')
      AND q.quarter <= (SELECT max(l.quarter) FROM core_quarter_amount AS l WHERE l.province_code = c.province_code
                        AND l.fiscal_year_be = c.fiscal_year_be AND l.measure = c.measure)
    GROUP BY ALL
),
note AS (
    SELECT fiscal_year_be, string_agg(note_th, ' · ' ORDER BY note_th) AS note_th FROM core_fiscal_year_note GROUP BY ALL
)
SELECT p.province_code, p.fiscal_year_be, p.quarter, p.measure, count(*) AS n_projects,
       string_agg(DISTINCT g.given_measure, ' ' ORDER BY g.given_measure) AS given_measures,
       CAST(sum(g.given_baht) AS DECIMAL(18, 2)) AS given_baht, CAST(sum(p.amount_baht) AS DECIMAL(18, 2)) AS paid_baht,
       100 * sum(p.amount_baht) / nullif(sum(g.given_baht), 0) AS execution_pct,
       CAST(any_value(t.target_pct) AS DOUBLE) AS target_pct,
       100 * sum(p.amount_baht) / nullif(sum(g.given_baht), 0) - CAST(any_value(t.target_pct) AS DOUBLE) AS difference_points,
       any_value(t.is_verified) AS is_verified, any_value(t.source) AS source, any_value(n.note_th) AS note_th
FROM paid AS p
JOIN given AS g USING (project_id, fiscal_year_be)
LEFT JOIN core_spending_target AS t
    ON t.fiscal_year_be = p.fiscal_year_be AND t.quarter = p.quarter AND t.measure = p.measure AND t.scope_th = 'ภาพรวม'
LEFT JOIN note AS n ON n.fiscal_year_be = p.fiscal_year_be
GROUP BY p.province_code, p.fiscal_year_be, p.quarter, p.measure
