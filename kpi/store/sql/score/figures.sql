-- One row per figure to be scored, for the period and to date. Grain: unit_number, indicator_number, grain, period_start, is_to_date.
-- Of some years, units and periods alone where these are given. checked: 0 reported, 1 verified, 2 locked.
CREATE OR REPLACE TEMP TABLE figure AS
WITH fact AS (
    SELECT
        u.unit_number, i.indicator_number, f.grain, f.period_start, f.period_end, f."year", f.value, f.target,
        f.target_high, f.is_partial_sum, f.verification, f.to_date_value, f.to_date_target, f.to_date_target_high,
        f.to_date_parts_expected, f.to_date_is_partial_sum, f.to_date_verification
    FROM facts_by_unit AS f
    INNER JOIN numbered_unit AS u USING (unit_code)
    INNER JOIN numbered_indicator AS i USING (indicator_code)
    WHERE f.organisation_code = $organisation_code
        AND ($first_year IS NULL OR f."year" BETWEEN $first_year AND $last_year)
        AND ($unit_codes IS NULL OR f.unit_code IN (SELECT UNNEST(CAST($unit_codes AS VARCHAR[]))))
        AND ($grain IS NULL OR f.grain = $grain)
        AND ($first IS NULL OR f.period_end >= $first) AND ($last IS NULL OR f.period_end <= $last)
)

SELECT
    f.unit_number, f.indicator_number, f.grain, f.period_start, f.period_end, f."year", FALSE AS is_to_date, f.value,
    f.target, f.target_high, f.is_partial_sum,
    CASE f.verification WHEN 'reported' THEN 0 WHEN 'verified' THEN 1 WHEN 'locked' THEN 2 END AS checked
FROM fact AS f
UNION ALL
SELECT
    f.unit_number, f.indicator_number, f.grain, f.period_start, f.period_end, f."year", TRUE, f.to_date_value,
    f.to_date_target, f.to_date_target_high, f.to_date_is_partial_sum,
    CASE f.to_date_verification WHEN 'reported' THEN 0 WHEN 'verified' THEN 1 WHEN 'locked' THEN 2 END
FROM fact AS f
WHERE f.to_date_parts_expected IS NOT NULL
