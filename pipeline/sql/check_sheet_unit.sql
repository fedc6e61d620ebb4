-- one row per sheet and stage of money with several amounts, beside the middle of the other sheets
WITH projects AS (
    SELECT project_id, any_value(province_code) AS province_code FROM core_project WHERE is_current GROUP BY project_id
),
sheets AS (
    SELECT a.file_id, a.sheet, a.measure,
           CASE WHEN count(DISTINCT j.province_code) = 1 THEN any_value(j.province_code) END AS province_code,
           arg_min(a.cell, TRY_CAST(regexp_extract(a.cell, '[0-9]+') AS INTEGER)) AS cell,
           count(*) AS amounts,
           median(a.amount_baht::DOUBLE) AS median_baht
    FROM core_amount AS a
    JOIN projects AS j USING (project_id)
    WHERE a.amount_baht > 0 AND a.period = 'year' AND a.category IS NULL AND a.fund_source IS NULL
    GROUP BY a.file_id, a.sheet, a.measure
    HAVING count(*) >= 3
),
others AS (
    SELECT measure,
           count(*) - 1 AS other_sheets,
           median(median_baht) AS usual_baht,
           quantile_cont(log10(median_baht), 0.75) - quantile_cont(log10(median_baht), 0.25) AS spread_decades
    FROM sheets
    GROUP BY measure
)
SELECT s.*, o.other_sheets, o.usual_baht, o.spread_decades, s.median_baht / o.usual_baht AS times_usual
FROM sheets AS s
JOIN others AS o USING (measure)
