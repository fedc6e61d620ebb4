-- one row per province (NULL: no province is known), severity and rule: findings, the files they are in, and the first one's words
SELECT province_code, severity, rule, count(*) AS n_issues, count(DISTINCT path) AS n_files,
       min_by(message_th, (coalesce(path, ''), coalesce(sheet, ''), coalesce(cell, ''), message_th)) AS example_th
FROM quality_issue
GROUP BY ALL
