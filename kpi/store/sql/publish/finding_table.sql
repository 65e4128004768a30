-- What publishing noticed. Grain: kind, unit_id, indicator_id, months, start_month.
CREATE TABLE finding (
    kind VARCHAR, unit_id INTEGER, indicator_id INTEGER, months INTEGER, start_month INTEGER, reported DOUBLE, other DOUBLE,
    parts_expected BIGINT, parts_present BIGINT
)
