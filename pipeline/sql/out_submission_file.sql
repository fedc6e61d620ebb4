-- one row per province (NULL: not known), kind of data and file that came of it: what became of the file, and how many findings of level error it has there
WITH sheets AS (
    SELECT file_id, sheet, coalesce(kind, 'unknown') AS kind, status, province_code
    FROM raw_table
    WHERE decided_by ->> '$.refused' IS DISTINCT FROM 'set_aside' AND kind IS DISTINCT FROM 'feedback'
),
held AS (
    SELECT DISTINCT file_id, 'project' AS kind, province_code FROM core_project
    UNION ALL
    SELECT DISTINCT file_id, 'budget_line', province_code FROM core_budget_line WHERE province_code IS NOT NULL
    UNION ALL
    SELECT DISTINCT file_id, 'indicator', province_code FROM core_indicator WHERE province_code IS NOT NULL
),
-- What gave no record is its table's province's, else that which the file's folders and name say.
sent AS (
    SELECT file_id, kind, province_code FROM held
    UNION
    SELECT f.file_id, coalesce(s.kind, 'unknown'), coalesce(s.province_code, f.named_province_code)
    FROM raw_file AS f
    LEFT JOIN sheets AS s USING (file_id)
    WHERE f.status IN ('refused', 'duplicate', 'superseded') AND f.file_id NOT IN (SELECT file_id FROM held)
      -- What readers of a brief say of it is no data of the province.
      AND f.file_id NOT IN (SELECT file_id FROM raw_table WHERE kind = 'feedback')
),
loaded AS (
    SELECT file_id, sheet, list(DISTINCT kind) AS kinds FROM sheets WHERE status = 'loaded' GROUP BY ALL
),
mistake AS (
    SELECT i.file_id, i.province_code, l.kinds, count(*) AS errors
    FROM quality_issue AS i
    LEFT JOIN loaded AS l USING (file_id, sheet)
    WHERE i.severity = 'error' AND i.file_id IS NOT NULL
    GROUP BY ALL
),
alone AS (
    SELECT file_id FROM sent GROUP BY file_id HAVING count(DISTINCT province_code) <= 1
)
SELECT s.province_code, s.kind, s.file_id, f.path, f.received_on, coalesce(sum(m.errors), 0)::BIGINT AS n_errors,
       CASE WHEN f.status IN ('superseded', 'duplicate') THEN 'replaced'
            WHEN f.status = 'refused' THEN 'refused'
            WHEN coalesce(sum(m.errors), 0) > 0 THEN 'waiting'
            ELSE 'passed' END AS state
FROM sent AS s
JOIN raw_file AS f USING (file_id)
LEFT JOIN mistake AS m
    ON m.file_id = s.file_id
   AND (m.province_code = s.province_code OR (m.province_code IS NULL AND m.file_id IN (SELECT file_id FROM alone)))
   AND (m.kinds IS NULL OR list_contains(m.kinds, s.kind))
GROUP BY s.province_code, s.kind, s.file_id, f.path, f.received_on, f.status
