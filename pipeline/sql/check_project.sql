-- one row per project of a submission that counts: its amounts, and whether the same row stands elsewhere
WITH amounts AS (
    SELECT project_id,
           count(amount_baht) AS amounts,
           sum(hash(fiscal_year_be, measure, period, category, fund_source, amount_baht)) AS fingerprint
    FROM core_amount
    GROUP BY project_id
),
live AS (
    SELECT p.*, f.path AS own_path, coalesce(a.amounts, 0) AS amounts, a.fingerprint
    FROM core_project AS p
    LEFT JOIN raw_file AS f USING (file_id)
    LEFT JOIN amounts AS a USING (project_id)
    WHERE p.is_current
)
SELECT project_id, province_code, fiscal_year_be, file_id, sheet, "row_number", amounts,
       row_number() OVER (equal_rows ORDER BY "row_number") AS occurrence,
       min("row_number") OVER equal_rows AS first_row,
       min(own_path) OVER (PARTITION BY province_code, fiscal_year_be, project_name, agency_name, activity, fingerprint)
           AS first_path,
       amounts > 0 AND own_path <> first_path AS is_in_earlier_file
FROM live
WINDOW equal_rows AS (
    PARTITION BY file_id, sheet, fiscal_year_be, project_name, agency_name, plan_group, section, activity, objective,
                 target, target_group, kpi, area, period_text, fund_source, expense_category, note, fingerprint
)
