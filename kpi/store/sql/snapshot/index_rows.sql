-- One row per indicator that a unit carries in the year, for each period of the unit with a fact, also where the fact is absent.
-- Grain: unit_code, grain, period_start, is_to_date, indicator_code. What a unit's index is made of; of one grain and
-- some of its periods alone where these are given.
WITH figure AS (
    SELECT
        f.unit_code, f.indicator_code, f.grain, f.period_start, f.period_end, f."year", f.weight, FALSE AS is_to_date,
        f.value, f.target, f.target_high, f.is_partial_sum, f.verification
    FROM facts_by_unit AS f
    WHERE f.organisation_code = $organisation_code AND f."year" BETWEEN $first_year AND $last_year
        AND ($unit_codes IS NULL OR f.unit_code IN (SELECT UNNEST(CAST($unit_codes AS VARCHAR[]))))
        AND ($grain IS NULL OR f.grain = $grain)
        AND ($first IS NULL OR f.period_end BETWEEN $first AND $last)
    UNION ALL
    SELECT
        f.unit_code, f.indicator_code, f.grain, f.period_start, f.period_end, f."year", f.weight, TRUE AS is_to_date,
        f.to_date_value, f.to_date_target, f.to_date_target_high, f.to_date_is_partial_sum, f.to_date_verification
    FROM facts_by_unit AS f
    WHERE f.organisation_code = $organisation_code AND f."year" BETWEEN $first_year AND $last_year
        AND ($unit_codes IS NULL OR f.unit_code IN (SELECT UNNEST(CAST($unit_codes AS VARCHAR[]))))
        AND ($grain IS NULL OR f.grain = $grain)
        AND ($first IS NULL OR f.period_end BETWEEN $first AND $last)
        AND f.to_date_parts_expected IS NOT NULL
),

occasion AS (
    SELECT DISTINCT f.unit_code, f.grain, f.period_start, f.period_end, f."year", f.is_to_date
    FROM figure AS f
),

carried AS (
    SELECT f.unit_code, f.indicator_code, f."year"
    FROM facts_by_unit AS f
    WHERE f.organisation_code = $organisation_code AND f."year" BETWEEN $first_year AND $last_year
        AND ($unit_codes IS NULL OR f.unit_code IN (SELECT UNNEST(CAST($unit_codes AS VARCHAR[]))))
    UNION
    SELECT a.unit_code, a.indicator_code, a."year"
    FROM agreement AS a
    WHERE a.organisation_code = $organisation_code AND a."year" BETWEEN $first_year AND $last_year
)

SELECT
    o.unit_code, c.indicator_code, o.grain, o.period_start, o.period_end, o."year", o.is_to_date, f.value, f.target,
    f.target_high, COALESCE(f.is_partial_sum, FALSE) AS is_partial_sum, a.weight, i.polarity, i.worst_value,
    i.is_full_at_target, i.conversion_scale, f.verification
FROM occasion AS o
INNER JOIN carried AS c ON o.unit_code = c.unit_code AND o."year" = c."year"
INNER JOIN indicator AS i
    ON i.organisation_code = $organisation_code AND c.indicator_code = i.indicator_code
LEFT JOIN figure AS f
    ON o.unit_code = f.unit_code AND c.indicator_code = f.indicator_code AND o.grain = f.grain
    AND o.period_start = f.period_start AND o.is_to_date = f.is_to_date
LEFT JOIN agreement AS a
    ON a.organisation_code = $organisation_code AND o.unit_code = a.unit_code
    AND c.indicator_code = a.indicator_code AND o."year" = a."year"
ORDER BY o.unit_code, o.grain, o.period_start, o.is_to_date, c.indicator_code
