-- one row per table of a received sheet: what it was read as, whether it was taken in, why not, how sure that is, and how many columns nobody knew
WITH unknown AS (
    SELECT file_id, sheet, count(*) AS n_unknown_heads
    FROM quality_issue
    WHERE rule IN ('column_unknown', 'indicator_unnamed')
    GROUP BY ALL
)
SELECT coalesce(t.province_code, f.named_province_code) AS province_code, f.path, t.sheet, t.cell_range, t.kind, t.status,
       t.reason, t.decided_by ->> '$.refused' AS refused_rule, t.confidence, t.records AS n_records,
       CASE WHEN t.table_number = min(t.table_number) OVER (PARTITION BY t.file_id, t.sheet)
            THEN coalesce(u.n_unknown_heads, 0) ELSE 0 END AS n_unknown_heads,
       f.received_on
FROM raw_table AS t
JOIN raw_file AS f USING (file_id)
LEFT JOIN unknown AS u ON u.file_id = t.file_id AND u.sheet = t.sheet
