-- one row per percentage that a sheet states of a project's money in a year, beside what its amounts come to
WITH amounts AS (
    SELECT a.project_id, a.fiscal_year_be, a.measure,
           max(a.amount_baht)::DOUBLE AS amount_baht,
           any_value(a.file_id || a.sheet) AS place
    FROM core_amount AS a
    WHERE a.period = 'year' AND a.category IS NULL AND a.fund_source IS NULL AND a.amount_baht IS NOT NULL
      AND a.project_id IN (SELECT project_id FROM quality_percent)
    GROUP BY a.project_id, a.fiscal_year_be, a.measure
),
used AS (
    SELECT project_id, fiscal_year_be, measure, amount_baht,
           bool_or(measure = 'disbursed') OVER (PARTITION BY project_id, fiscal_year_be) AS has_disbursed
    FROM amounts
    UNION ALL
    -- เบิกจ่ายรวม PO: some forms have no column for the sum that their percentage is of.
    SELECT project_id, fiscal_year_be, 'spent', sum(amount_baht), true
    FROM amounts
    WHERE measure IN ('disbursed', 'committed')
    GROUP BY project_id, fiscal_year_be
    HAVING count(*) = 2
),
wholes AS (
    SELECT project_id, fiscal_year_be, measure, measure AS part, amount_baht FROM amounts
    UNION ALL
    -- A share of the column's total.
    SELECT project_id, fiscal_year_be, 'column', measure, sum(amount_baht) OVER (PARTITION BY place, fiscal_year_be, measure)
    FROM amounts
),
candidates AS (
    SELECT p.file_id, p.sheet, p.cell, p.stated_pct, p.decimals, p.project_id, p.fiscal_year_be,
           100 * u.amount_baht / w.amount_baht AS computed_pct,
           CASE WHEN abs(p.stated_pct) <= 1.5 AND abs(100 * p.stated_pct - 100 * u.amount_baht / w.amount_baht)
                     < abs(p.stated_pct - 100 * u.amount_baht / w.amount_baht)
                THEN 100 ELSE 1 END AS times
    FROM quality_percent AS p
    JOIN used AS u ON u.project_id = p.project_id AND u.fiscal_year_be = p.fiscal_year_be
                  AND (p.measure IS NULL OR u.measure = p.measure
                       OR (p.measure = 'disbursed' AND u.measure = 'spent' AND u.has_disbursed))
    JOIN wholes AS w ON w.project_id = u.project_id AND w.fiscal_year_be = u.fiscal_year_be AND w.measure <> u.measure
                    AND (w.measure <> 'column' OR w.part = u.measure) AND w.amount_baht > 0
),
nearest AS (
    SELECT *, times * stated_pct AS said_pct,
           greatest(0.05, times * 0.5 * power(10, -decimals)) AS tolerance_pct
    FROM candidates
    QUALIFY row_number() OVER (
        PARTITION BY file_id, sheet, cell ORDER BY abs(times * stated_pct - computed_pct), computed_pct
    ) = 1
)
SELECT j.province_code, n.project_id, n.fiscal_year_be, n.file_id, n.sheet, n.cell, n.said_pct, n.computed_pct,
       CASE WHEN abs(n.said_pct - n.computed_pct) > n.tolerance_pct
            THEN abs(n.said_pct - n.computed_pct) ELSE 0 END AS gap_pct
FROM nearest AS n
JOIN (SELECT project_id, any_value(province_code) AS province_code FROM core_project WHERE is_current
      GROUP BY project_id) AS j USING (project_id)
