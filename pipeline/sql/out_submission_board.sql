-- one row per province (NULL: not known) and kind of data, every kind of each province that sent or was asked for: how many files came and what became of them, and how many days ago
WITH shown AS (
    SELECT province_code, kind
    FROM (SELECT province_code FROM quality_asked
          UNION SELECT province_code FROM out_submission_file WHERE province_code IS NOT NULL)
    CROSS JOIN (SELECT unnest(['project', 'budget_line', 'indicator']) AS kind)
    UNION
    SELECT province_code, kind FROM out_submission_file
),
today AS (SELECT max(built_on) AS built_on FROM core_release)
SELECT w.province_code, p.name_th, w.kind,
       count(j.file_id) AS n_received,
       count(*) FILTER (j.state = 'refused') AS n_refused,
       count(*) FILTER (j.state = 'waiting') AS n_waiting,
       count(*) FILTER (j.state = 'passed') AS n_passed,
       count(*) FILTER (j.state = 'replaced') AS n_replaced,
       coalesce(sum(j.n_errors), 0)::BIGINT AS n_errors,
       max(j.received_on) AS received_on,
       any_value(t.built_on) - max(j.received_on) AS days_received,
       any_value(t.built_on) - min(j.received_on) FILTER (j.state IN ('waiting', 'refused')) AS days_waiting,
       CASE WHEN count(j.file_id) = 0 THEN 'none'
            WHEN n_waiting > 0 THEN 'waiting'
            WHEN n_refused > 0 THEN 'refused'
            WHEN n_passed > 0 THEN 'passed'
            ELSE 'replaced' END AS state
FROM shown AS w
CROSS JOIN today AS t
LEFT JOIN out_submission_file AS j ON j.province_code IS NOT DISTINCT FROM w.province_code AND j.kind = w.kind
LEFT JOIN core_province AS p ON p.province_code = w.province_code
GROUP BY w.province_code, p.name_th, w.kind
