-- one row per province (NULL: the nation), indicator and year: the year's figure, else the sum of its twelve months where months add up, small numbers too; NULL in a year that the topic's sources leave at zero or blank in every count
WITH told AS (
    SELECT province_code, indicator_code, year_be, period_basis, value, unit, source, path, is_conflict, 'year' AS made_from
    FROM core_chosen_value
    WHERE period = 'year'
    UNION ALL BY NAME
    SELECT v.province_code, v.indicator_code, v.year_be, v.period_basis,
           CASE WHEN count(v.value) = 12 THEN sum(v.value) END AS value, any_value(v.unit) AS unit,
           max(v.source) AS source, max(v.path) AS path, bool_or(v.is_conflict) AS is_conflict,
           count(v.value) || ' months' AS made_from
    FROM core_chosen_value AS v
    JOIN core_indicator_part AS m ON m.indicator_code = v.indicator_code AND m.part_kind = 'month'
    WHERE v.period LIKE 'M%'
    GROUP BY v.province_code, v.indicator_code, v.year_be, v.period_basis
),
best AS (
    SELECT *
    FROM told
    QUALIFY row_number() OVER (
        PARTITION BY province_code, indicator_code, year_be, period_basis ORDER BY value IS NULL, made_from = 'year' DESC
    ) = 1
),
-- A province without a single count of any group is a province that did not exist that year (บึงกาฬ before 2554).
voided AS (
    SELECT b.*, d.topic, coalesce(u.is_event, false) AS is_event, coalesce(u.is_additive, false) AS is_additive,
           b.province_code IS NOT NULL AND coalesce(u.is_event, false)
           AND count(*) FILTER (u.is_event) OVER whole > 1
           AND coalesce(max(b.value) FILTER (u.is_event) OVER whole, 0) = 0 AS is_void
    FROM best AS b
    LEFT JOIN core_indicator_definition AS d USING (indicator_code)
    LEFT JOIN core_unit AS u ON u.unit = b.unit
    WINDOW whole AS (PARTITION BY b.province_code, b.year_be, d.topic)
)
SELECT province_code, indicator_code, year_be, period_basis, CASE WHEN NOT is_void THEN value END AS value,
       unit, is_event, is_additive, is_void, made_from, source, path, is_conflict
FROM voided
