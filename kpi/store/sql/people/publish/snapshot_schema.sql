-- The tables of a private snapshot, grain each its own: written once, then only read. is_newest: in force.

CREATE TABLE snapshot.meta (
    version VARCHAR NOT NULL, record_version BIGINT NOT NULL, published_at TIMESTAMP NOT NULL, today DATE NOT NULL,
    as_known_at DATE
);

CREATE TABLE snapshot.employee (
    organisation_code VARCHAR NOT NULL, employee_code VARCHAR NOT NULL, name VARCHAR, position VARCHAR, unit_code
    VARCHAR, valid_from DATE NOT NULL, valid_to DATE, superior_code VARCHAR, functional_level VARCHAR, batch_number
    BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, made_by VARCHAR NOT NULL, is_newest BOOLEAN NOT NULL
);

CREATE TABLE snapshot.iki (
    organisation_code VARCHAR NOT NULL, employee_code VARCHAR NOT NULL, indicator_code VARCHAR NOT NULL, name VARCHAR,
    "cascade" VARCHAR, unit_of_measure VARCHAR, polarity VARCHAR, grain VARCHAR, multiplier DOUBLE, decimals INTEGER,
    from_unit_code VARCHAR, from_indicator_code VARCHAR, batch_number BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL,
    made_by VARCHAR NOT NULL, is_newest BOOLEAN NOT NULL
);

CREATE TABLE snapshot.appraisal (
    organisation_code VARCHAR NOT NULL, employee_code VARCHAR NOT NULL, kind VARCHAR NOT NULL, period_start DATE,
    period_end DATE NOT NULL, superior_code VARCHAR, work_result VARCHAR, behaviour VARCHAR, service VARCHAR,
    accountable VARCHAR, competent VARCHAR, harmonious VARCHAR, loyal VARCHAR, adaptive VARCHAR, collaborative
    VARCHAR, note VARCHAR, rule_mark VARCHAR, batch_number BIGINT NOT NULL, recorded_at TIMESTAMP NOT NULL, made_by
    VARCHAR NOT NULL, is_newest BOOLEAN NOT NULL
);

CREATE TABLE snapshot.unit_predicate (
    organisation_code VARCHAR NOT NULL, unit_code VARCHAR NOT NULL, kind VARCHAR NOT NULL, period_start DATE,
    period_end DATE NOT NULL, predicate VARCHAR, given_by VARCHAR, note VARCHAR, batch_number BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL, made_by VARCHAR NOT NULL, is_newest BOOLEAN NOT NULL
);

CREATE TABLE snapshot.follow_up (
    organisation_code VARCHAR NOT NULL, follow_up_code VARCHAR NOT NULL, employee_code VARCHAR, kind VARCHAR,
    owner_code VARCHAR, due_on DATE, state VARCHAR, text VARCHAR, reason VARCHAR, outcome VARCHAR, batch_number BIGINT
    NOT NULL, recorded_at TIMESTAMP NOT NULL, made_by VARCHAR NOT NULL, is_newest BOOLEAN NOT NULL
);

CREATE TABLE snapshot.feedback_note (
    organisation_code VARCHAR NOT NULL, note_code VARCHAR NOT NULL, employee_code VARCHAR, author_code VARCHAR,
    written_on DATE, text VARCHAR, about_period_end DATE, batch_number BIGINT NOT NULL, recorded_at TIMESTAMP NOT
    NULL, made_by VARCHAR NOT NULL, is_newest BOOLEAN NOT NULL
);

CREATE TABLE snapshot.iki_fact (
    organisation_code VARCHAR NOT NULL, employee_code VARCHAR NOT NULL, indicator_code VARCHAR NOT NULL,
    grain VARCHAR NOT NULL, period_start DATE NOT NULL, period_end DATE NOT NULL, value DOUBLE, numerator DOUBLE,
    denominator DOUBLE, multiplier DOUBLE, target DOUBLE, target_high DOUBLE, verification VARCHAR, note VARCHAR,
    batch_number BIGINT, target_batch_number BIGINT
);

CREATE TABLE snapshot.batch (
    batch_number BIGINT NOT NULL, organisation_code VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL, made_by VARCHAR NOT NULL, reason VARCHAR, file_name VARCHAR, file_digest VARCHAR,
    "rows" BIGINT NOT NULL, accepted BIGINT NOT NULL, unchanged BIGINT NOT NULL, rejected BIGINT NOT NULL,
    held BIGINT NOT NULL, withdraws BIGINT, is_withdrawn BOOLEAN NOT NULL
);
