-- one row per sheet, stage of money and fiscal year that stands in columns: the earlier year, if any, with the same amount in every row
WITH years AS (
    SELECT a.file_id, a.sheet, a.measure, a.period, a.fiscal_year_be,
           arg_min(a.cell, TRY_CAST(regexp_extract(a.cell, '[0-9]+') AS INTEGER)) AS cell,
           any_value(j.province_code) AS province_code,
           count(*) AS amounts,
           count(DISTINCT a.amount_baht) AS different_amounts,
           sum(hash(a.project_id, a.category, a.fund_source, a.amount_baht)) AS amounts_key
    FROM core_amount AS a
    JOIN (SELECT project_id, any_value(province_code) AS province_code FROM core_project WHERE is_current
          GROUP BY project_id) AS j USING (project_id)
    WHERE a.amount_baht > 0
    GROUP BY a.file_id, a.sheet, a.measure, a.period, a.fiscal_year_be
)
SELECT y.* EXCLUDE (amounts_key),
       lag(y.fiscal_year_be) OVER (
           PARTITION BY y.file_id, y.sheet, y.measure, y.period, y.amounts_key ORDER BY y.fiscal_year_be
       ) AS twin_year_be
FROM years AS y
