-- one row per province with data: how complete, valid, reconciled and in time that is (0 to 100, with what was counted of how many), the weighted score over what could be judged, and its letter
WITH entry AS (
    SELECT province_code, file_id, sheet, "row_number" FROM core_project WHERE is_current
    UNION
    SELECT province_code, file_id, sheet, "row_number" FROM core_budget_line
    UNION
    SELECT province_code, file_id, sheet, TRY_CAST(regexp_extract(cell, '[0-9]+') AS INTEGER) FROM core_indicator
),
wrong AS (
    SELECT DISTINCT file_id, sheet, TRY_CAST(regexp_extract(cell, '[0-9]+') AS INTEGER) AS "row_number"
    FROM quality_issue
    WHERE severity = 'error' AND cell IS NOT NULL
),
kept AS (
    SELECT e.province_code, count(*) FILTER (w.file_id IS NULL) AS n, count(*) AS n_of
    FROM entry AS e
    JOIN raw_file AS f USING (file_id)
    LEFT JOIN wrong AS w USING (file_id, sheet, "row_number")
    WHERE f.status <> 'superseded' AND e.province_code IS NOT NULL
    GROUP BY e.province_code
),
-- A sheet that is set aside and a form that is blank have nothing that could be wrong.
refused AS (
    SELECT coalesce(i.province_code, t.province_code, f.named_province_code) AS province_code, 0 AS n, count(*) AS n_of
    FROM raw_row AS r
    JOIN raw_table AS t USING (table_id)
    JOIN raw_file AS f ON f.file_id = r.file_id
    LEFT JOIN (
        SELECT file_id, sheet, TRY_CAST(regexp_extract(cell, '[0-9]+') AS INTEGER) AS "row_number",
               min(province_code) AS province_code
        FROM quality_issue
        WHERE severity = 'error' AND cell IS NOT NULL
        GROUP BY ALL
    ) AS i ON i.file_id = r.file_id AND i.sheet = r.sheet AND i."row_number" = r."row_number"
    WHERE r.role = 'refused' AND t.status IN ('loaded', 'refused') AND f.status IN ('loaded', 'refused')
      AND coalesce(t.decided_by ->> '$.refused', '') NOT IN ('set_aside', 'table_blank')
    GROUP BY ALL
),
received AS (
    SELECT p.province_code, 'project' AS kind, coalesce(p.fiscal_year_be, a.fiscal_year_be) AS fiscal_year_be,
           min(f.received_on) AS received_on
    FROM core_project AS p
    JOIN raw_file AS f USING (file_id)
    LEFT JOIN core_amount AS a ON a.project_id = p.project_id AND p.fiscal_year_be IS NULL
    GROUP BY ALL
    UNION ALL
    SELECT b.province_code, 'budget_line', b.fiscal_year_be, min(f.received_on)
    FROM core_budget_line AS b JOIN raw_file AS f USING (file_id) GROUP BY ALL
    UNION ALL
    SELECT i.province_code, 'indicator', i.year_be, min(f.received_on)
    FROM core_indicator AS i JOIN raw_file AS f USING (file_id) GROUP BY ALL
),
-- What is not here yet is late from the day after it was due.
in_time AS (
    SELECT p.province_code, count(*) FILTER (r.received_on <= d.due_on) AS n, count(*) AS n_of
    FROM quality_due AS d
    CROSS JOIN (SELECT province_code FROM kept UNION SELECT province_code FROM quality_asked) AS p
    LEFT JOIN received AS r
        ON r.province_code = p.province_code AND r.kind = d.kind AND r.fiscal_year_be = d.fiscal_year_be
    WHERE r.received_on IS NOT NULL OR d.due_on < (SELECT max(built_on) FROM core_release)
    GROUP BY p.province_code
),
counted AS (
    SELECT province_code, 'validity' AS component, n, n_of FROM (FROM kept UNION ALL FROM refused)
    UNION ALL
    SELECT q.province_code, c.component, q.n_checked - q.n_failed, q.n_checked
    FROM quality_check AS q
    JOIN quality_component AS c USING (rule_group)
    WHERE q.province_code IS NOT NULL
    UNION ALL
    SELECT province_code, 'timeliness', n, n_of FROM in_time
),
component AS (
    SELECT c.province_code, c.component, w.weight, sum(c.n) AS n, sum(c.n_of) AS n_of,
           100.0 * sum(c.n) / nullif(sum(c.n_of), 0) AS pct
    FROM counted AS c
    JOIN quality_component AS w USING (component)
    WHERE c.province_code IN (SELECT province_code FROM kept UNION SELECT province_code FROM refused)
    GROUP BY c.province_code, c.component, w.weight
),
scored AS (
    SELECT province_code,
           max(n) FILTER (component = 'completeness')::BIGINT AS n_complete,
           max(n_of) FILTER (component = 'completeness')::BIGINT AS n_complete_of,
           max(pct) FILTER (component = 'completeness') AS completeness_pct,
           max(n) FILTER (component = 'validity')::BIGINT AS n_valid,
           max(n_of) FILTER (component = 'validity')::BIGINT AS n_valid_of,
           max(pct) FILTER (component = 'validity') AS validity_pct,
           max(n) FILTER (component = 'reconciliation')::BIGINT AS n_reconciled,
           max(n_of) FILTER (component = 'reconciliation')::BIGINT AS n_reconciled_of,
           max(pct) FILTER (component = 'reconciliation') AS reconciliation_pct,
           max(n) FILTER (component = 'timeliness')::BIGINT AS n_in_time,
           max(n_of) FILTER (component = 'timeliness')::BIGINT AS n_in_time_of,
           max(pct) FILTER (component = 'timeliness') AS timeliness_pct,
           sum(weight * pct) FILTER (pct IS NOT NULL) / sum(weight) FILTER (pct IS NOT NULL) AS score
    FROM component
    GROUP BY province_code
)
SELECT s.*, (SELECT arg_max(l.letter, l.at_least) FROM quality_letter AS l WHERE s.score >= l.at_least) AS grade
FROM scored AS s
WHERE s.score IS NOT NULL
