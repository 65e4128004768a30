-- Consolidated figures of some years while they are made. Grain: unit_id, indicator_id, months, start_month.
-- origin 0 reported, 1 computed, 2 from periods, 3 from units; verification 0 reported, 1 verified, 2 locked. `expected` counts the
-- parts by the definitions alone, `expected_to_date` from the start of the year to the end of the period.
CREATE OR REPLACE TEMP TABLE fact (
    unit_id INTEGER, indicator_id INTEGER, months INTEGER, start_month INTEGER, "year" INTEGER,
    value DOUBLE, numerator DOUBLE, denominator DOUBLE, multiplier DOUBLE, target DOUBLE, target_high DOUBLE,
    parts_expected BIGINT, parts_present BIGINT, expected BIGINT, expected_to_date BIGINT,
    is_partial_sum INTEGER, is_own_target INTEGER, verification INTEGER, origin INTEGER, batch_number BIGINT
)
