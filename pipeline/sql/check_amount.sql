-- one row per amount of a submission that counts, beside its project, its like and its peers: same sheet, measure, kind of period
WITH projects AS (
    SELECT project_id, any_value(province_code) AS province_code, any_value(is_current) AS is_current
    FROM core_project
    GROUP BY project_id
),
live AS (
    SELECT a.*, regexp_replace(a.period, '[0-9]+', '') AS period_kind,
           j.province_code, j.project_id IS NOT NULL AS is_of_known_project,
           count(*) OVER (
               PARTITION BY a.project_id, a.fiscal_year_be, a.measure, a.period, a.category, a.fund_source
           ) AS same_key
    FROM core_amount AS a
    LEFT JOIN projects AS j ON j.project_id = a.project_id
    WHERE j.is_current IS DISTINCT FROM false
),
peers AS (
    SELECT file_id, sheet, measure, period_kind,
           count(*) AS peers,
           median(amount_baht) AS median_baht,
           quantile_cont(log10(amount_baht), 0.75) - quantile_cont(log10(amount_baht), 0.25) AS spread_decades
    FROM live
    WHERE amount_baht > 0
    GROUP BY ALL
)
SELECT l.project_id, l.province_code, l.fiscal_year_be, l.measure, l.period, l.amount_baht, l.unit,
       l.file_id, l.sheet, l.cell,
       l.is_of_known_project, l.same_key,
       p.peers, p.median_baht, p.spread_decades,
       CASE WHEN l.amount_baht > 0 THEN l.amount_baht / p.median_baht END AS times_median
FROM live AS l
LEFT JOIN peers AS p USING (file_id, sheet, measure, period_kind)
