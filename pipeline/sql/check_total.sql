-- one row per total that a sheet states, beside what its rows add up to
WITH units AS (
    SELECT file_id, sheet, mode(unit) AS unit
    FROM (SELECT file_id, sheet, unit FROM core_amount UNION ALL SELECT file_id, sheet, unit FROM core_budget_line)
    GROUP BY file_id, sheet
),
live AS (
    SELECT t.*, coalesce(t.last_row - t.first_row + 1, 1) AS added_rows, coalesce(r.rounding_baht, 1) AS rounding_baht
    FROM quality_total AS t
    LEFT JOIN raw_file AS f USING (file_id)
    LEFT JOIN units AS u USING (file_id, sheet)
    LEFT JOIN check_rounding AS r USING (unit)
    WHERE f.status IS DISTINCT FROM 'superseded'
)
SELECT province_code, measure, stated_baht, computed_baht, difference_baht, first_row, last_row, file_id, sheet, cell,
       coalesce(explanation_th, '') AS explanation_th,
       CASE WHEN abs(difference_baht) > rounding_baht * CASE WHEN rounding_baht > 1 THEN sqrt(added_rows) ELSE 1 END
            THEN abs(difference_baht) ELSE 0 END AS gap_baht,
       CASE WHEN stated_baht > 0 AND computed_baht > 0 THEN stated_baht / computed_baht END AS times_computed,
       coalesce(abs(abs(log10(times_computed)) - 3) < 0.01 OR abs(abs(log10(times_computed)) - 6) < 0.01, false)
           AS is_unit_suspect
FROM live
