-- one row per headline figure that is not what the release before showed: both values, and why: new_data (a file that it had not), corrected_data (another file in its stead), withdrawn_data (a file that is gone), changed_rule (the same files, read or counted otherwise); none where there was no release before
WITH before AS (
    SELECT DISTINCT unnest(string_split(sources, ' ')) AS source FROM core_previous_figure
),
kept AS (
    SELECT sha256 AS source FROM raw_file WHERE status IN ('loaded', 'duplicate') AND sha256 IS NOT NULL
),
compared AS (
    SELECT coalesce(n.figure, o.figure) AS figure, coalesce(n.province_code, o.province_code) AS province_code,
           coalesce(n.code, o.code) AS code, coalesce(n.year_be, o.year_be) AS year_be,
           coalesce(n.period_basis, o.period_basis) AS period_basis, coalesce(n.period, o.period) AS period,
           o.value AS old_value, n.value AS new_value, n.figure IS NULL AS is_gone, o.figure IS NULL AS is_new,
           string_split(o.sources, ' ') AS old_sources, string_split(n.sources, ' ') AS new_sources
    FROM out_figure AS n
    FULL JOIN core_previous_figure AS o
        ON o.figure = n.figure AND o.province_code IS NOT DISTINCT FROM n.province_code AND o.code = n.code
        AND o.year_be = n.year_be AND o.period_basis = n.period_basis AND o.period = n.period
    WHERE EXISTS (SELECT 1 FROM core_previous_figure) AND (o.value IS DISTINCT FROM n.value OR n.figure IS NULL OR o.figure IS NULL)
)
SELECT c.figure, c.province_code, c.code, c.year_be, c.period_basis, c.period, c.old_value, c.new_value,
       c.new_value - c.old_value AS difference,
       CASE WHEN c.is_gone AND NOT list_has_all((SELECT list(source) FROM kept), c.old_sources) THEN 'withdrawn_data'
            WHEN c.is_gone THEN 'changed_rule'
            WHEN c.is_new AND NOT list_has_all((SELECT list(source) FROM before), c.new_sources) THEN 'new_data'
            WHEN c.is_new THEN 'changed_rule'
            WHEN c.old_sources = c.new_sources THEN 'changed_rule'
            WHEN list_has_all(c.new_sources, c.old_sources) THEN 'new_data'
            ELSE 'corrected_data' END AS why,
       (SELECT min(release_name) FROM core_previous_figure) AS release_name
FROM compared AS c
