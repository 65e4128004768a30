-- All consolidated figures, for the period and to date. Grain: unit_id, indicator_id, months, start_month.
CREATE TABLE consolidated (
    unit_id INTEGER, indicator_id INTEGER, months INTEGER, start_month INTEGER, "year" INTEGER,
    value DOUBLE, numerator DOUBLE, denominator DOUBLE, target DOUBLE, target_high DOUBLE,
    parts_expected BIGINT, parts_present BIGINT, is_partial_sum BOOLEAN, verification INTEGER, origin INTEGER,
    batch_number BIGINT,
    to_date_value DOUBLE, to_date_numerator DOUBLE, to_date_denominator DOUBLE, to_date_target DOUBLE,
    to_date_target_high DOUBLE, to_date_parts_expected BIGINT, to_date_parts_present BIGINT,
    to_date_is_partial_sum BOOLEAN, to_date_verification INTEGER, to_date_batch_number BIGINT
)
