-- The tables of the record, grain each its own. Rows are added only; the newest batch that is not withdrawn wins for each key.

CREATE TABLE batch (
    batch_number BIGINT PRIMARY KEY CHECK (batch_number > 0),
    organisation_code VARCHAR NOT NULL CHECK (organisation_code <> ''),
    kind VARCHAR NOT NULL CHECK (kind IN (
        'import', 'demo', 'form', 'profile', 'event', 'alias', 'state', 'deadline', 'statement', 'commentary', 'withdrawal'
    )),
    recorded_at TIMESTAMP NOT NULL, -- UTC
    made_by VARCHAR NOT NULL,
    reason VARCHAR,
    file_name VARCHAR,
    file_digest VARCHAR,
    "rows" BIGINT NOT NULL CHECK ("rows" >= 0),
    accepted BIGINT NOT NULL CHECK (accepted >= 0),
    unchanged BIGINT NOT NULL CHECK (unchanged >= 0),
    rejected BIGINT NOT NULL CHECK (rejected >= 0),
    held BIGINT NOT NULL CHECK (held >= 0),
    measurements BIGINT NOT NULL CHECK (measurements >= 0),
    targets BIGINT NOT NULL CHECK (targets >= 0),
    agreements BIGINT NOT NULL CHECK (agreements >= 0),
    definitions BIGINT NOT NULL CHECK (definitions >= 0),
    withdraws BIGINT,
    CHECK ("rows" = accepted + unchanged + rejected + held),
    CHECK ((withdraws IS NOT NULL) = (kind = 'withdrawal')),
    CHECK (withdraws IS NULL OR withdraws < batch_number)
);

CREATE TABLE organisation (
    organisation_code VARCHAR NOT NULL CHECK (organisation_code <> ''),
    name VARCHAR NOT NULL CHECK (name <> ''),
    year_starts_in INTEGER NOT NULL CHECK (year_starts_in BETWEEN 1 AND 12),
    is_synthetic BOOLEAN NOT NULL,
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, batch_number)
);

CREATE TABLE unit (
    organisation_code VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL CHECK (unit_code <> ''),
    name VARCHAR NOT NULL CHECK (name <> ''),
    parent_code VARCHAR,
    valid_from DATE,
    valid_to DATE,
    successor_code VARCHAR,
    successor_share DOUBLE CHECK (successor_share > 0 AND successor_share <= 1),
    weight_in_parent DOUBLE CHECK (weight_in_parent >= 0 AND isfinite(weight_in_parent)),
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, unit_code, batch_number),
    CHECK ((parent_code IS NULL) = (unit_code = organisation_code)), -- the organisation is the root, and no one else
    CHECK (parent_code IS NULL OR parent_code <> unit_code),
    CHECK (valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to),
    CHECK (successor_share IS NULL OR successor_code IS NOT NULL),
    CHECK (successor_code IS NULL OR valid_to IS NOT NULL)
);

CREATE TABLE indicator (
    organisation_code VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL CHECK (indicator_code <> ''),
    name VARCHAR NOT NULL CHECK (name <> ''),
    unit_of_measure VARCHAR NOT NULL,
    polarity VARCHAR CHECK (polarity IN ('maximize', 'minimize', 'stabilize', 'neutral')),
    grain VARCHAR NOT NULL CHECK (grain IN ('month', 'quarter', 'semester', 'year')),
    every_years INTEGER NOT NULL CHECK (every_years >= 1),
    aggregation_over_periods VARCHAR NOT NULL
        CHECK (aggregation_over_periods IN ('sum', 'mean', 'last', 'ratio', 'none')),
    aggregation_over_units VARCHAR NOT NULL CHECK (aggregation_over_units IN ('sum', 'mean', 'ratio', 'none')),
    multiplier DOUBLE NOT NULL CHECK (multiplier > 0 AND isfinite(multiplier)),
    decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 15),
    lowest_possible DOUBLE CHECK (isfinite(lowest_possible)),
    highest_possible DOUBLE CHECK (isfinite(highest_possible)),
    worst_value DOUBLE CHECK (isfinite(worst_value)),
    is_full_at_target BOOLEAN NOT NULL,
    conversion_scale VARCHAR,
    ordinal_levels VARCHAR,
    numerator_indicator_code VARCHAR,
    denominator_indicator_code VARCHAR,
    perspective VARCHAR,
    strategic_objective VARCHAR,
    objective_description VARCHAR,
    definition VARCHAR,
    formula VARCHAR,
    purpose VARCHAR,
    target_aspect VARCHAR,
    control_level VARCHAR CHECK (control_level IN ('low', 'moderate', 'high')),
    validity_level VARCHAR CHECK (validity_level IN ('exact', 'proxy', 'activity')),
    responsible VARCHAR,
    data_provider VARCHAR,
    data_source VARCHAR,
    baseline VARCHAR,
    reviewed_on DATE,
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, indicator_code, batch_number),
    CHECK ((numerator_indicator_code IS NULL) = (denominator_indicator_code IS NULL)),
    CHECK (numerator_indicator_code IS NULL OR numerator_indicator_code <> indicator_code),
    CHECK (denominator_indicator_code IS NULL OR denominator_indicator_code <> indicator_code),
    CHECK (every_years = 1 OR grain = 'year'),
    CHECK (lowest_possible IS NULL OR highest_possible IS NULL OR lowest_possible <= highest_possible)
);

CREATE TABLE agreement (
    organisation_code VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    "year" INTEGER NOT NULL CHECK ("year" BETWEEN 1900 AND 2200),
    weight DOUBLE NOT NULL CHECK (weight >= 0 AND isfinite(weight)),
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, unit_code, indicator_code, "year", batch_number)
);

CREATE TABLE profile_choice (
    organisation_code VARCHAR NOT NULL,
    from_year INTEGER NOT NULL CHECK (from_year BETWEEN 0 AND 2200), -- 0: for all years
    profile_code VARCHAR NOT NULL CHECK (profile_code <> ''),
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, from_year, batch_number)
);

CREATE TABLE event (
    organisation_code VARCHAR NOT NULL,
    event_code VARCHAR NOT NULL CHECK (event_code <> ''),
    unit_code VARCHAR NOT NULL, -- '': every unit
    indicator_code VARCHAR NOT NULL, -- '': every indicator
    happened_on DATE NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN (
        'programme_started', 'definition_changed', 'census_revised', 'reorganisation', 'outbreak', 'disaster', 'other'
    )),
    text VARCHAR NOT NULL CHECK (text <> ''),
    author VARCHAR NOT NULL CHECK (author <> ''),
    rebases_limits BOOLEAN NOT NULL,
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, event_code, unit_code, indicator_code, batch_number)
);

CREATE TABLE alias (
    organisation_code VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN ('unit', 'indicator')),
    name VARCHAR NOT NULL CHECK (name <> ''), -- as files write it
    code VARCHAR NOT NULL CHECK (code <> ''),
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, kind, name, batch_number)
);

CREATE TABLE batch_finding (
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    place BIGINT NOT NULL CHECK (place > 0), -- among the batch's findings
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning', 'info')),
    line BIGINT,
    sheet VARCHAR,
    cell VARCHAR,
    text VARCHAR NOT NULL CHECK (text <> ''), -- an English msgid with {places}
    values_json VARCHAR NOT NULL CHECK (json_valid(values_json)),
    PRIMARY KEY (batch_number, place)
);

-- How far a unit's figures of a period have been checked, whatever each of them says.
CREATE TABLE period_state (
    organisation_code VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    period_start DATE NOT NULL CHECK (day(period_start) = 1),
    period_end DATE NOT NULL CHECK (period_end = last_day(period_end)),
    state VARCHAR NOT NULL CHECK (state IN ('reported', 'verified', 'locked')),
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, unit_code, period_start, period_end, batch_number),
    CHECK (period_start <= period_end)
);

-- How many working days after a period's end its figures are due.
CREATE TABLE reporting_rule (
    organisation_code VARCHAR NOT NULL,
    grain VARCHAR NOT NULL CHECK (grain IN ('month', 'quarter', 'semester', 'year')),
    working_days INTEGER NOT NULL CHECK (working_days BETWEEN 1 AND 250),
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, grain, batch_number)
);

-- An indicator that a unit states for a year, on its way: what is written down of it is JSON until it is agreed.
CREATE TABLE statement (
    organisation_code VARCHAR NOT NULL,
    statement_code VARCHAR NOT NULL CHECK (statement_code <> ''),
    unit_code VARCHAR NOT NULL CHECK (unit_code <> ''),
    indicator_code VARCHAR NOT NULL CHECK (indicator_code <> ''),
    "year" INTEGER NOT NULL CHECK ("year" BETWEEN 1900 AND 2200),
    state VARCHAR NOT NULL CHECK (state IN ('draft', 'agreed', 'dropped')),
    body VARCHAR NOT NULL CHECK (json_valid(body)),
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, statement_code, batch_number)
);

-- What a unit says of a figure: why it missed its target, and what is done about it.
CREATE TABLE commentary (
    organisation_code VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    grain VARCHAR NOT NULL CHECK (grain IN ('month', 'quarter', 'semester', 'year')),
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    cause VARCHAR NOT NULL CHECK (cause <> ''),
    obstacle VARCHAR NOT NULL, -- '': none named
    follow_up VARCHAR NOT NULL CHECK (follow_up <> ''),
    owner VARCHAR NOT NULL CHECK (owner <> ''),
    due DATE NOT NULL,
    author VARCHAR NOT NULL CHECK (author <> ''),
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, unit_code, indicator_code, grain, period_start, batch_number),
    CHECK (day(period_start) = 1),
    CHECK (period_end = last_day(period_start + to_months(CASE grain
        WHEN 'month' THEN 0 WHEN 'quarter' THEN 2 WHEN 'semester' THEN 5 ELSE 11 END)))
);

-- No index on the large tables: at 36 million rows it would cost more than the figures. The append keeps their
-- keys unique within a batch, and `check` proves it. `corrects`: an earlier row stood under this key when it was added.
CREATE TABLE measurement (
    organisation_code VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    grain VARCHAR NOT NULL CHECK (grain IN ('month', 'quarter', 'semester', 'year')),
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    value DOUBLE NOT NULL CHECK (isfinite(value)),
    numerator DOUBLE CHECK (isfinite(numerator)),
    denominator DOUBLE CHECK (denominator > 0 AND isfinite(denominator)),
    multiplier DOUBLE CHECK (multiplier > 0 AND isfinite(multiplier)),
    verification VARCHAR NOT NULL CHECK (verification IN ('reported', 'verified', 'locked')),
    note VARCHAR,
    corrects BOOLEAN NOT NULL,
    line BIGINT, -- of the batch's file; null: not from a file
    batch_number BIGINT NOT NULL,
    CHECK ((numerator IS NULL) = (denominator IS NULL)),
    CHECK (period_start <= period_end),
    CHECK (day(period_start) = 1),
    CHECK (period_end = last_day(period_start + to_months(CASE grain
        WHEN 'month' THEN 0 WHEN 'quarter' THEN 2 WHEN 'semester' THEN 5 ELSE 11 END)))
);

CREATE TABLE target (
    organisation_code VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    grain VARCHAR NOT NULL CHECK (grain IN ('month', 'quarter', 'semester', 'year')),
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    target DOUBLE NOT NULL CHECK (isfinite(target)),
    target_high DOUBLE CHECK (isfinite(target_high)),
    corrects BOOLEAN NOT NULL,
    line BIGINT, -- of the batch's file; null: not from a file
    batch_number BIGINT NOT NULL,
    CHECK (target_high IS NULL OR target_high >= target),
    CHECK (period_start <= period_end),
    CHECK (day(period_start) = 1),
    CHECK (period_end = last_day(period_start + to_months(CASE grain
        WHEN 'month' THEN 0 WHEN 'quarter' THEN 2 WHEN 'semester' THEN 5 ELSE 11 END)))
);

-- The cells of a workbook that a line was read from.
CREATE TABLE place (
    batch_number BIGINT NOT NULL,
    line BIGINT NOT NULL,
    field VARCHAR NOT NULL CHECK (field <> ''),
    sheet VARCHAR,
    cell VARCHAR NOT NULL CHECK (cell <> '')
);

-- One row per batch that no later batch withdraws. Grain: batch_number.
CREATE VIEW standing_batch AS
SELECT b.batch_number, b.organisation_code, b.recorded_at
FROM batch AS b
WHERE NOT EXISTS (SELECT 1 FROM batch AS w WHERE w.withdraws = b.batch_number);
