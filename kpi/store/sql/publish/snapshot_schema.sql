-- The tables of a snapshot, grain each its own: written once, then only read. Laid out for reading: both fact tables hold the same rows.

CREATE TABLE snapshot.meta (
    version VARCHAR NOT NULL, record_version BIGINT NOT NULL, published_at TIMESTAMP NOT NULL, today DATE NOT NULL,
    as_known_at DATE, made_with VARCHAR NOT NULL
);

CREATE TABLE snapshot.organisation (
    organisation_code VARCHAR NOT NULL, name VARCHAR NOT NULL, year_starts_in INTEGER NOT NULL,
    is_synthetic BOOLEAN NOT NULL
);

CREATE TABLE snapshot.unit (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, name VARCHAR NOT NULL, parent_code VARCHAR,
    "level" INTEGER NOT NULL, is_leaf BOOLEAN NOT NULL, valid_from DATE, valid_to DATE, successor_code VARCHAR,
    successor_share DOUBLE, weight_in_parent DOUBLE
);

CREATE TABLE snapshot.agreement (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, indicator_code VARCHAR NOT NULL,
    "year" INTEGER NOT NULL, weight DOUBLE NOT NULL, batch_number BIGINT NOT NULL
);

CREATE TABLE snapshot.carrier (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, indicator_code VARCHAR NOT NULL,
    has_values BOOLEAN NOT NULL, months INTEGER NOT NULL, first_year INTEGER NOT NULL, every_years INTEGER NOT NULL
);

CREATE TABLE snapshot.reported (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, indicator_code VARCHAR NOT NULL,
    grain VARCHAR NOT NULL, period_start DATE NOT NULL, period_end DATE NOT NULL, value DOUBLE, numerator DOUBLE,
    denominator DOUBLE, multiplier DOUBLE, target DOUBLE, target_high DOUBLE, verification VARCHAR, note VARCHAR,
    batch_number BIGINT, target_batch_number BIGINT, line BIGINT, target_line BIGINT
);

CREATE TABLE snapshot.facts_by_unit (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, indicator_code VARCHAR NOT NULL,
    grain VARCHAR NOT NULL, period_start DATE NOT NULL, period_end DATE NOT NULL, span_start DATE NOT NULL,
    "year" INTEGER NOT NULL, value DOUBLE, numerator DOUBLE, denominator DOUBLE, target DOUBLE, target_high DOUBLE,
    parts_expected BIGINT NOT NULL, parts_present BIGINT NOT NULL, is_partial_sum BOOLEAN NOT NULL,
    is_finished BOOLEAN NOT NULL, verification VARCHAR, origin VARCHAR NOT NULL, batch_number BIGINT NOT NULL,
    weight DOUBLE, to_date_value DOUBLE, to_date_numerator DOUBLE, to_date_denominator DOUBLE, to_date_target DOUBLE,
    to_date_target_high DOUBLE, to_date_parts_expected BIGINT, to_date_parts_present BIGINT,
    to_date_is_partial_sum BOOLEAN, to_date_verification VARCHAR, to_date_batch_number BIGINT
);

CREATE TABLE snapshot.facts_by_indicator (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, indicator_code VARCHAR NOT NULL,
    grain VARCHAR NOT NULL, period_start DATE NOT NULL, period_end DATE NOT NULL, span_start DATE NOT NULL,
    "year" INTEGER NOT NULL, value DOUBLE, numerator DOUBLE, denominator DOUBLE, target DOUBLE, target_high DOUBLE,
    parts_expected BIGINT NOT NULL, parts_present BIGINT NOT NULL, is_partial_sum BOOLEAN NOT NULL,
    is_finished BOOLEAN NOT NULL, verification VARCHAR, origin VARCHAR NOT NULL, batch_number BIGINT NOT NULL,
    weight DOUBLE, to_date_value DOUBLE, to_date_numerator DOUBLE, to_date_denominator DOUBLE, to_date_target DOUBLE,
    to_date_target_high DOUBLE, to_date_parts_expected BIGINT, to_date_parts_present BIGINT,
    to_date_is_partial_sum BOOLEAN, to_date_verification VARCHAR, to_date_batch_number BIGINT
);

CREATE TABLE snapshot.unit_index (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, grain VARCHAR NOT NULL, period_start DATE NOT NULL,
    period_end DATE NOT NULL, is_to_date BOOLEAN NOT NULL, "index" DOUBLE, coverage DOUBLE, rating VARCHAR,
    is_rated BOOLEAN NOT NULL, weight_scored DOUBLE, weight_agreed DOUBLE, indicators_scored BIGINT,
    indicators_agreed BIGINT, weights_are_equal BOOLEAN, basis VARCHAR NOT NULL, profile_code VARCHAR NOT NULL,
    verification VARCHAR
);

CREATE TABLE snapshot.loss (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, grain VARCHAR NOT NULL, period_start DATE NOT NULL,
    period_end DATE NOT NULL, is_to_date BOOLEAN NOT NULL, source_unit_code VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL, loss DOUBLE NOT NULL
);

CREATE TABLE snapshot.period (
    organisation_code VARCHAR NOT NULL, grain VARCHAR NOT NULL, period_start DATE NOT NULL, period_end DATE NOT NULL,
    "year" INTEGER NOT NULL, value_count BIGINT NOT NULL, target_count BIGINT NOT NULL, is_finished BOOLEAN NOT NULL
);

CREATE TABLE snapshot.reporting (
    organisation_code VARCHAR NOT NULL, grain VARCHAR NOT NULL, period_end DATE NOT NULL, unit_code VARCHAR NOT NULL,
    reported BIGINT NOT NULL
);

CREATE TABLE snapshot.finding (
    organisation_code VARCHAR NOT NULL, kind VARCHAR NOT NULL, unit_code VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL, grain VARCHAR NOT NULL, period_start DATE NOT NULL, period_end DATE NOT NULL,
    reported DOUBLE NOT NULL, other DOUBLE, parts_expected BIGINT, parts_present BIGINT
);

CREATE TABLE snapshot.batch (
    batch_number BIGINT NOT NULL, organisation_code VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL, made_by VARCHAR NOT NULL, reason VARCHAR, file_name VARCHAR, file_digest VARCHAR,
    "rows" BIGINT NOT NULL, accepted BIGINT NOT NULL, unchanged BIGINT NOT NULL, rejected BIGINT NOT NULL,
    held BIGINT NOT NULL, withdraws BIGINT, is_withdrawn BOOLEAN NOT NULL
);

CREATE TABLE snapshot.profile_choice (
    organisation_code VARCHAR NOT NULL, from_year INTEGER NOT NULL, profile_code VARCHAR NOT NULL,
    batch_number BIGINT NOT NULL
);

CREATE TABLE snapshot.event (
    organisation_code VARCHAR NOT NULL, event_code VARCHAR NOT NULL, unit_code VARCHAR, indicator_code VARCHAR,
    happened_on DATE NOT NULL, kind VARCHAR NOT NULL, text VARCHAR NOT NULL, author VARCHAR NOT NULL,
    rebases_limits BOOLEAN NOT NULL, batch_number BIGINT NOT NULL
);

CREATE TABLE snapshot.place (
    batch_number BIGINT NOT NULL, line BIGINT NOT NULL, field VARCHAR NOT NULL, sheet VARCHAR, cell VARCHAR NOT NULL
);

CREATE TABLE snapshot.batch_finding (
    batch_number BIGINT NOT NULL, place BIGINT NOT NULL, severity VARCHAR NOT NULL, line BIGINT, sheet VARCHAR,
    cell VARCHAR, text VARCHAR NOT NULL, values_json VARCHAR NOT NULL
);

CREATE TABLE snapshot.alias (
    organisation_code VARCHAR NOT NULL, kind VARCHAR NOT NULL, name VARCHAR NOT NULL, code VARCHAR NOT NULL,
    batch_number BIGINT NOT NULL
);

CREATE TABLE snapshot.period_state (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, period_start DATE NOT NULL,
    period_end DATE NOT NULL, state VARCHAR NOT NULL, batch_number BIGINT NOT NULL, is_current BOOLEAN NOT NULL
);

CREATE TABLE snapshot.restatement (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, indicator_code VARCHAR NOT NULL,
    grain VARCHAR NOT NULL, period_start DATE NOT NULL, period_end DATE NOT NULL, field VARCHAR NOT NULL,
    kind VARCHAR NOT NULL, from_value DOUBLE, to_value DOUBLE, from_numerator DOUBLE, to_numerator DOUBLE,
    from_denominator DOUBLE, to_denominator DOUBLE, from_target DOUBLE, to_target DOUBLE, from_target_high DOUBLE,
    to_target_high DOUBLE, batch_number BIGINT NOT NULL
);

CREATE TABLE snapshot.punctuality (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, grain VARCHAR NOT NULL, period_start DATE NOT NULL,
    period_end DATE NOT NULL, due_on DATE NOT NULL, expected BIGINT NOT NULL, reported BIGINT NOT NULL,
    in_time BIGINT NOT NULL, first_reported_at TIMESTAMP, last_reported_at TIMESTAMP
);

CREATE TABLE snapshot.statement (
    organisation_code VARCHAR NOT NULL, statement_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL, "year" INTEGER NOT NULL, state VARCHAR NOT NULL, body VARCHAR NOT NULL,
    batch_number BIGINT NOT NULL, is_current BOOLEAN NOT NULL
);

CREATE TABLE snapshot.commentary (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, indicator_code VARCHAR NOT NULL,
    grain VARCHAR NOT NULL, period_start DATE NOT NULL, period_end DATE NOT NULL, cause VARCHAR NOT NULL,
    obstacle VARCHAR NOT NULL, follow_up VARCHAR NOT NULL, owner VARCHAR NOT NULL, due DATE NOT NULL,
    author VARCHAR NOT NULL, batch_number BIGINT NOT NULL, is_current BOOLEAN NOT NULL, verification VARCHAR NOT NULL
);
