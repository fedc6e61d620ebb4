-- one row per project and fiscal year of a submission that counts: the year's amount of each stage, with its cell
WITH projects AS (
    SELECT project_id, any_value(province_code) AS province_code
    FROM core_project
    WHERE is_current
    GROUP BY project_id
),
stated AS (
    SELECT a.project_id, a.fiscal_year_be, a.measure,
           any_value(a.file_id) AS file_id,
           any_value(a.sheet) AS sheet,
           max(a.amount_baht) AS amount_baht,
           arg_max(a.cell, a.amount_baht) AS cell,
           max(coalesce(r.rounding_baht, 1)) AS rounding_baht
    FROM core_amount AS a
    LEFT JOIN check_rounding AS r USING (unit)
    WHERE a.period = 'year' AND a.category IS NULL AND a.fund_source IS NULL AND a.amount_baht IS NOT NULL
    GROUP BY a.project_id, a.fiscal_year_be, a.measure
),
staged AS (
    SELECT project_id, fiscal_year_be,
           any_value(file_id) AS file_id,
           any_value(sheet) AS sheet,
           max(rounding_baht) AS rounding_baht,
           max(amount_baht) FILTER (measure = 'requested') AS requested_baht,
           max(amount_baht) FILTER (measure = 'allocated') AS allocated_baht,
           max(amount_baht) FILTER (measure = 'transferred') AS transferred_baht,
           max(amount_baht) FILTER (measure = 'net_allocated') AS net_allocated_baht,
           max(amount_baht) FILTER (measure = 'budget') AS budget_baht,
           max(amount_baht) FILTER (measure = 'committed') AS committed_baht,
           max(amount_baht) FILTER (measure = 'disbursed') AS disbursed_baht,
           max(amount_baht) FILTER (measure = 'spent') AS spent_baht,
           max(amount_baht) FILTER (measure = 'remaining') AS remaining_baht,
           max(cell) FILTER (measure = 'allocated') AS allocated_cell,
           max(cell) FILTER (measure = 'net_allocated') AS net_allocated_cell,
           max(cell) FILTER (measure = 'disbursed') AS disbursed_cell,
           max(cell) FILTER (measure = 'spent') AS spent_cell,
           max(cell) FILTER (measure = 'remaining') AS remaining_cell
    FROM stated
    GROUP BY project_id, fiscal_year_be
),
expected AS (
    SELECT *,
           coalesce(net_allocated_baht, allocated_baht + coalesce(transferred_baht, 0), budget_baht) AS net_baht,
           allocated_baht + transferred_baht AS expected_net_baht,
           disbursed_baht + committed_baht AS expected_spent_baht,
           -- Forms differ in whether money that is committed but not yet paid still counts as remaining.
           net_baht - disbursed_baht AS remaining_unpaid_baht,
           net_baht - coalesce(spent_baht, disbursed_baht + committed_baht, disbursed_baht) AS remaining_unspent_baht
    FROM staged
),
compared AS (
    SELECT *,
           abs(remaining_baht - remaining_unpaid_baht) <= rounding_baht AS is_unpaid,
           abs(remaining_baht - remaining_unspent_baht) <= rounding_baht AS is_unspent,
           is_unpaid <> is_unspent AS tells_form
    FROM expected
),
-- The form of a sheet: what most of at least three rows that tell the two apart say.
formed AS (
    SELECT *,
           count(*) FILTER (tells_form) OVER by_sheet AS telling,
           count(*) FILTER (tells_form AND is_unspent) OVER by_sheet AS telling_unspent
    FROM compared
    WINDOW by_sheet AS (PARTITION BY file_id, sheet)
)
SELECT e.* EXCLUDE (rounding_baht, is_unpaid, is_unspent, tells_form, telling, telling_unspent, remaining_unspent_baht),
       j.province_code,
       net_baht + rounding_baht AS net_limit_baht,
       requested_baht + rounding_baht AS requested_limit_baht,
       -- A gap is NULL where there is nothing to compare, so that only what was compared is counted.
       CASE WHEN abs(net_allocated_baht - expected_net_baht) > rounding_baht
            THEN abs(net_allocated_baht - expected_net_baht)
            WHEN net_allocated_baht - expected_net_baht IS NOT NULL THEN 0 END AS net_gap_baht,
       CASE WHEN abs(spent_baht - expected_spent_baht) > rounding_baht
            THEN abs(spent_baht - expected_spent_baht)
            WHEN spent_baht - expected_spent_baht IS NOT NULL THEN 0 END AS spent_gap_baht,
       CASE WHEN telling >= 3 AND telling_unspent < 0.2 * telling THEN remaining_unpaid_baht
            ELSE remaining_unspent_baht END AS expected_remaining_baht,
       CASE WHEN NOT (is_unpaid OR is_unspent)
              OR (telling >= 3 AND telling_unspent < 0.2 * telling AND NOT is_unpaid)
              OR (telling >= 3 AND telling_unspent > 0.8 * telling AND NOT is_unspent)
            THEN abs(remaining_baht - expected_remaining_baht)
            WHEN remaining_baht - expected_remaining_baht IS NOT NULL THEN 0 END AS remaining_gap_baht
FROM formed AS e
JOIN projects AS j USING (project_id)
