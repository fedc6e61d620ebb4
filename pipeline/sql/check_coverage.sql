-- one row per province and kind of data in the release before: what it had then, and what it has now
WITH now AS (
    SELECT province_code, 'project' AS kind, count(*) AS records FROM core_project WHERE is_current GROUP BY ALL
    UNION ALL
    SELECT province_code, 'budget_line', count(*) FROM core_budget_line WHERE province_code IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT province_code, 'indicator', count(value) FROM core_indicator WHERE province_code IS NOT NULL GROUP BY ALL
)
SELECT b.province_code, b.kind, b.records AS earlier_records, coalesce(n.records, 0) AS records,
       100.0 * coalesce(n.records, 0) / b.records AS kept_pct
FROM quality_previous AS b
LEFT JOIN now AS n USING (province_code, kind)
WHERE b.records > 0
