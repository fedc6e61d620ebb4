-- one row per province (all of them; NULL: the nation), chain of justice, year that any step has a figure of, and step: the figure in its own unit; a share of another step only where both count the same unit in the same year, else why not. A step's cases are not those of the step before
WITH every_figure AS (
    SELECT province_code, indicator_code, year_be, period_basis, status, value, unit FROM out_indicator_rate
    UNION ALL
    SELECT CAST(NULL AS VARCHAR), indicator_code, year_be, period_basis,
           CASE WHEN is_suppressed THEN 'suppressed' ELSE 'value' END, CASE WHEN is_sum THEN value END, unit
    FROM out_indicator_area
    WHERE area_kind = 'nation' AND n_provinces = n_members
),
figure AS (
    SELECT f.*
    FROM every_figure AS f
    LEFT JOIN core_indicator_definition AS d USING (indicator_code)
    QUALIFY row_number() OVER (
        PARTITION BY f.province_code, f.indicator_code, f.year_be ORDER BY f.period_basis = d.period_basis DESC, f.period_basis
    ) = 1
),
place AS (
    SELECT province_code FROM core_province UNION ALL SELECT CAST(NULL AS VARCHAR)
),
asked AS (
    SELECT p.province_code, s.*, y.year_be
    FROM place AS p
    CROSS JOIN core_chain_step AS s
    JOIN (
        SELECT DISTINCT s.chain, f.year_be FROM figure AS f JOIN core_chain_step AS s USING (indicator_code)
        WHERE f.status IN ('value', 'suppressed') AND f.province_code IS NOT NULL
    ) AS y USING (chain)
),
told AS (
    SELECT a.*, coalesce(f.status, 'none') AS status, f.value, coalesce(f.unit, d.unit) AS unit, f.period_basis
    FROM asked AS a
    LEFT JOIN figure AS f
        ON f.indicator_code = a.indicator_code AND f.year_be = a.year_be AND f.province_code IS NOT DISTINCT FROM a.province_code
    LEFT JOIN core_indicator_definition AS d ON d.indicator_code = a.indicator_code
)
SELECT t.province_code, t.chain, t.chain_name, t.chain_order, t.year_be, t.step_order, t.step, t.step_name, t.indicator_code,
       t.status, t.value, t.unit, t.period_basis, t.of_step,
       CASE WHEN o.unit = t.unit AND o.period_basis = t.period_basis AND o.value > 0 THEN 100 * t.value / o.value END AS share_pct,
       CASE WHEN t.of_step IS NULL THEN NULL WHEN t.value IS NULL OR o.value IS NULL THEN 'no_figure'
            WHEN o.unit IS DISTINCT FROM t.unit THEN 'other_unit' WHEN o.period_basis IS DISTINCT FROM t.period_basis THEN 'other_period'
            WHEN o.value = 0 THEN 'of_zero' END AS no_share
FROM told AS t
LEFT JOIN told AS o
    ON o.chain = t.chain AND o.step = t.of_step AND o.year_be = t.year_be AND o.province_code IS NOT DISTINCT FROM t.province_code
