-- one row per province, project by its name (without its year), and fiscal year in which it stands: its rows and agencies that year, its money by stage, its first and last year, and the change of its money (net of transfers, else allocated, budgeted or requested) from the year before where both are of one stage; years are of one project only as far as the name says so
WITH of_project AS (
    SELECT project_id, fiscal_year_be,
           sum(amount_baht) FILTER (measure = 'requested') AS requested_baht,
           sum(amount_baht) FILTER (measure = 'budget') AS budget_baht,
           sum(amount_baht) FILTER (measure = 'allocated') AS allocated_baht,
           sum(amount_baht) FILTER (measure = 'net_allocated') AS net_allocated_baht,
           sum(amount_baht) FILTER (measure = 'disbursed') AS disbursed_baht,
           sum(amount_baht) FILTER (measure = 'spent') AS spent_baht
    FROM out_project_amount
    GROUP BY ALL
),
yearly AS (
    SELECT k.province_code, k.name_key, coalesce(a.fiscal_year_be, k.fiscal_year_be) AS fiscal_year_be,
           max(k.project_name) AS project_name, count(*) AS n_rows,
           nullif(array_to_string(list_sort(list_distinct(list(k.agency_name))), ' · '), '') AS agencies_th,
           sum(a.requested_baht) AS requested_baht, sum(a.budget_baht) AS budget_baht, sum(a.allocated_baht) AS allocated_baht,
           sum(a.net_allocated_baht) AS net_allocated_baht, sum(a.disbursed_baht) AS disbursed_baht, sum(a.spent_baht) AS spent_baht
    FROM core_project_key AS k
    LEFT JOIN of_project AS a USING (project_id)
    WHERE coalesce(a.fiscal_year_be, k.fiscal_year_be) IS NOT NULL
    GROUP BY ALL
),
staged AS (
    SELECT *, coalesce(net_allocated_baht, allocated_baht, budget_baht, requested_baht) AS given_baht,
           CASE WHEN net_allocated_baht IS NOT NULL THEN 'net_allocated' WHEN allocated_baht IS NOT NULL THEN 'allocated'
                WHEN budget_baht IS NOT NULL THEN 'budget' WHEN requested_baht IS NOT NULL THEN 'requested' END AS given_measure
    FROM yearly
),
lived AS (
    SELECT *, count(*) OVER life AS n_years, first_value(fiscal_year_be) OVER life AS first_year_be, last_value(fiscal_year_be) OVER life AS last_year_be,
           lag(fiscal_year_be) OVER years AS before_year_be, lag(given_baht) OVER years AS before_given_baht, lag(given_measure) OVER years AS before_measure
    FROM staged
    WINDOW life AS (PARTITION BY province_code, name_key ORDER BY fiscal_year_be ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
           years AS (PARTITION BY province_code, name_key ORDER BY fiscal_year_be)
)
SELECT province_code, name_key, fiscal_year_be, project_name, n_rows, agencies_th, requested_baht, budget_baht, allocated_baht,
       net_allocated_baht, disbursed_baht, spent_baht, given_measure, n_years, first_year_be, last_year_be,
       CASE WHEN before_year_be = fiscal_year_be - 1 AND before_measure = given_measure THEN given_baht - before_given_baht END AS change_baht,
       before_year_be
FROM lived
