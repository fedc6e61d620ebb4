-- one row per province with a failed identity of money or a stated total that its rows do not bear out
SELECT province_code, count(*) AS n_failed, count(DISTINCT rule) AS n_rules
FROM quality_issue
WHERE rule_group = 'reconciled' AND severity IN ('error', 'warning') AND province_code IS NOT NULL
GROUP BY province_code
