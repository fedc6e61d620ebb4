-- one row per project of a submission that counts: its amounts, what its form asks for, and whether the same row stands elsewhere
WITH amounts AS (
    SELECT project_id,
           count(amount_baht) AS amounts,
           min(fiscal_year_be) AS first_year_be,
           max(fiscal_year_be) AS last_year_be,
           bool_or(fund_source IS NOT NULL) AS has_fund_part,
           sum(hash(fiscal_year_be, measure, period, category, fund_source, amount_baht)) AS fingerprint
    FROM core_amount
    GROUP BY project_id
),
forms AS (
    SELECT table_id, decided_by -> '$.fields' AS letters
    FROM raw_table
    WHERE status = 'loaded'
),
measured AS (
    SELECT r.table_id, r."row_number", trim(coalesce(r.cells ->> ('$.' || (f.letters ->> '$.unit_of_measure')), '')) = ''
               AS lacks_measure
    FROM forms AS f
    JOIN raw_row AS r USING (table_id)
    WHERE f.letters ->> '$.unit_of_measure' IS NOT NULL AND r.role = 'record'
),
owned AS (
    SELECT *, regexp_replace(project_id, '-[0-9]+$', '') AS table_id
    FROM core_project
    WHERE is_current
),
live AS (
    SELECT p.*, f.path AS own_path, coalesce(a.amounts, 0) AS amounts, a.fingerprint,
           least(p.fiscal_year_be, a.first_year_be) AS first_year_be,
           greatest(p.fiscal_year_be, a.last_year_be) AS last_year_be,
           coalesce(a.has_fund_part, false) AS has_fund_part,
           hash(lower(regexp_replace(p.project_name, '\s', '', 'g'))) AS name_key,
           n.twin_project_id,
           coalesce(m.lacks_measure, false) AS lacks_measure,
           l.letters ->> '$.project_name' || p."row_number" AS name_cell,
           l.letters ->> '$.agency' || p."row_number" AS agency_cell,
           l.letters ->> '$.kpi' || p."row_number" AS kpi_cell,
           l.letters ->> '$.unit_of_measure' || p."row_number" AS measure_cell,
           l.letters ->> '$.plan_group' || p."row_number" AS plan_cell,
           l.letters ->> '$.fund_source' || p."row_number" AS fund_cell,
           coalesce(l.letters ->> '$.fiscal_year', l.letters ->> '$.year') || p."row_number" AS year_cell,
           coalesce(l.letters ->> '$.start_date', l.letters ->> '$.period_text') || p."row_number" AS start_cell,
           coalesce(l.letters ->> '$.end_date', l.letters ->> '$.period_text') || p."row_number" AS end_cell
    FROM owned AS p
    LEFT JOIN raw_file AS f USING (file_id)
    LEFT JOIN amounts AS a USING (project_id)
    LEFT JOIN forms AS l USING (table_id)
    LEFT JOIN measured AS m ON m.table_id = p.table_id AND m."row_number" = p."row_number"
    LEFT JOIN check_near AS n USING (project_id)
),
placed AS (
    SELECT *,
           mode(fiscal_year_be) OVER (PARTITION BY file_id, sheet) AS sheet_year_be,
           row_number() OVER equal_rows AS occurrence,
           min("row_number") OVER equal_rows AS first_row,
           min(own_path) OVER (
               PARTITION BY province_code, fiscal_year_be, project_name, agency_name, activity, fingerprint
           ) AS first_path,
           min(agency_name) OVER alike <> max(agency_name) OVER alike AS has_two_agencies,
           first_value(own_path) OVER alike_in_order AS agency_path,
           first_value("row_number") OVER alike_in_order AS agency_row,
           first_value(agency_name) OVER alike_in_order <> agency_name AS is_other_agency
    FROM live
    WINDOW equal_rows AS (
        PARTITION BY file_id, sheet, fiscal_year_be, project_name, agency_name, plan_group, section, activity, objective,
                     target, target_group, kpi, area, period_text, fund_source, expense_category, note, fingerprint
        ORDER BY "row_number" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
    ),
    alike AS (PARTITION BY province_code, fiscal_year_be, name_key, fingerprint),
    alike_in_order AS (
        PARTITION BY province_code, fiscal_year_be, name_key, fingerprint ORDER BY own_path, sheet, "row_number"
    )
)
SELECT p.project_id, p.province_code, p.fiscal_year_be, p.file_id, p.sheet, p."row_number", p.amounts, p.occurrence,
       p.first_row, p.first_path, p.amounts > 0 AND p.own_path <> p.first_path AS is_in_earlier_file,
       p.name_cell, p.agency_cell, p.kpi_cell, p.measure_cell, p.plan_cell, p.fund_cell, p.year_cell, p.start_cell,
       p.end_cell, p.start_date, p.end_date, p.first_year_be, p.last_year_be,
       p.first_year_be || CASE WHEN p.last_year_be > p.first_year_be THEN '–' || p.last_year_be ELSE '' END AS fiscal_years,
       p.sheet_year_be, abs(p.fiscal_year_be - p.sheet_year_be) AS years_off,
       p.kpi, p.agency_name, p.lacks_measure,
       coalesce(p.plan_group, p.section) IS NULL AS lacks_plan,
       p.fund_source IS NULL AND NOT p.has_fund_part AS lacks_fund,
       coalesce(p.start_date NOT BETWEEN make_date(p.first_year_be - 544, 10, 1)
                                     AND make_date(p.last_year_be - 543, 9, 30), false) AS starts_outside,
       coalesce(p.end_date NOT BETWEEN make_date(p.first_year_be - 544, 10, 1)
                                   AND make_date(p.last_year_be - 543, 9, 30), false) AS ends_outside,
       coalesce(p.has_two_agencies AND p.is_other_agency AND p.amounts > 0, false) AS is_counted_twice,
       p.agency_path, p.agency_row,
       t.project_id IS NOT NULL AS has_near_twin, t.own_path AS twin_path, t."row_number" AS twin_row
FROM placed AS p
LEFT JOIN live AS t ON t.project_id = p.twin_project_id
