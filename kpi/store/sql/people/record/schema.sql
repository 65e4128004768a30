-- The tables of the people's record, grain each its own. Rows are added only; the newest batch that stands wins.

CREATE TABLE batch (
    batch_number BIGINT PRIMARY KEY CHECK (batch_number > 0),
    organisation_code VARCHAR NOT NULL CHECK (organisation_code <> ''),
    kind VARCHAR NOT NULL CHECK (kind IN ('import', 'demo', 'form', 'withdrawal')),
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
    withdraws BIGINT,
    CHECK ("rows" = accepted + unchanged + rejected + held),
    CHECK ((withdraws IS NOT NULL) = (kind = 'withdrawal')),
    CHECK (withdraws IS NULL OR withdraws < batch_number)
);

CREATE TABLE employee (
    organisation_code VARCHAR NOT NULL,
    employee_code VARCHAR NOT NULL CHECK (employee_code <> ''),
    name VARCHAR NOT NULL CHECK (name <> ''),
    "position" VARCHAR NOT NULL CHECK ("position" <> ''),
    unit_code VARCHAR NOT NULL CHECK (unit_code <> ''),
    valid_from DATE NOT NULL,
    valid_to DATE,
    superior_code VARCHAR,
    functional_level VARCHAR CHECK (functional_level IN (
        'ahli_pertama', 'ahli_muda', 'ahli_madya', 'ahli_utama', 'pemula', 'terampil', 'mahir', 'penyelia'
    )),
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, employee_code, valid_from, batch_number),
    CHECK (valid_to IS NULL OR valid_from <= valid_to),
    CHECK (superior_code IS NULL OR superior_code <> employee_code)
);

CREATE TABLE iki (
    organisation_code VARCHAR NOT NULL,
    employee_code VARCHAR NOT NULL CHECK (employee_code <> ''),
    indicator_code VARCHAR NOT NULL CHECK (indicator_code <> ''),
    name VARCHAR NOT NULL CHECK (name <> ''),
    "cascade" VARCHAR NOT NULL CHECK ("cascade" IN ('direct', 'partial', 'new')),
    unit_of_measure VARCHAR NOT NULL,
    polarity VARCHAR CHECK (polarity IN ('maximize', 'minimize', 'stabilize', 'neutral')),
    grain VARCHAR NOT NULL CHECK (grain IN ('month', 'quarter', 'semester', 'year')),
    multiplier DOUBLE NOT NULL CHECK (multiplier > 0 AND isfinite(multiplier)),
    decimals INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 9),
    from_unit_code VARCHAR,
    from_indicator_code VARCHAR,
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, employee_code, indicator_code, batch_number),
    CHECK (("cascade" = 'new') = (from_unit_code IS NULL)),
    CHECK (("cascade" = 'new') = (from_indicator_code IS NULL))
);

CREATE TABLE appraisal (
    organisation_code VARCHAR NOT NULL,
    employee_code VARCHAR NOT NULL CHECK (employee_code <> ''),
    kind VARCHAR NOT NULL CHECK (kind IN ('periodic', 'annual')),
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    superior_code VARCHAR NOT NULL CHECK (superior_code <> employee_code),
    work_result VARCHAR NOT NULL CHECK (work_result IN ('above', 'as_expected', 'below')),
    behaviour VARCHAR NOT NULL CHECK (behaviour IN ('above', 'as_expected', 'below')),
    service VARCHAR CHECK (service IN ('above', 'as_expected', 'below')),
    accountable VARCHAR CHECK (accountable IN ('above', 'as_expected', 'below')),
    competent VARCHAR CHECK (competent IN ('above', 'as_expected', 'below')),
    harmonious VARCHAR CHECK (harmonious IN ('above', 'as_expected', 'below')),
    loyal VARCHAR CHECK (loyal IN ('above', 'as_expected', 'below')),
    adaptive VARCHAR CHECK (adaptive IN ('above', 'as_expected', 'below')),
    collaborative VARCHAR CHECK (collaborative IN ('above', 'as_expected', 'below')),
    note VARCHAR,
    rule_mark VARCHAR NOT NULL CHECK (rule_mark IN ('V', 'S', 'R', 'D')),
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, employee_code, kind, period_end, batch_number),
    CHECK (day(period_start) = 1),
    CHECK (period_end = last_day(period_end)),
    CHECK (period_start <= period_end),
    CHECK (period_end < period_start + to_years(1)) -- both are in one year of twelve months
);

CREATE TABLE unit_predicate (
    organisation_code VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL CHECK (unit_code <> ''),
    kind VARCHAR NOT NULL CHECK (kind IN ('periodic', 'annual')),
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    predicate VARCHAR NOT NULL CHECK (predicate IN ('excellent', 'good', 'needs_improvement', 'poor', 'very_poor')),
    given_by VARCHAR NOT NULL CHECK (given_by <> ''),
    note VARCHAR,
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, unit_code, kind, period_end, batch_number),
    CHECK (period_start <= period_end)
);

CREATE TABLE follow_up (
    organisation_code VARCHAR NOT NULL,
    follow_up_code VARCHAR NOT NULL CHECK (follow_up_code <> ''),
    employee_code VARCHAR NOT NULL CHECK (employee_code <> ''),
    kind VARCHAR NOT NULL CHECK (kind IN (
        'coaching', 'mentoring', 'training', 'role_change', 'sanction_process', 'development', 'talent_pool'
    )),
    owner_code VARCHAR NOT NULL CHECK (owner_code <> ''),
    due_on DATE NOT NULL,
    state VARCHAR NOT NULL CHECK (state IN ('planned', 'under_way', 'done', 'dropped')),
    text VARCHAR NOT NULL CHECK (text <> ''),
    reason VARCHAR CHECK (reason IN ('low_predicate', 'falling', 'indicator_missed', 'unit_worsening', 'strong')),
    outcome VARCHAR,
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, follow_up_code, batch_number),
    CHECK (state IN ('planned', 'under_way') OR outcome <> '')
);

CREATE TABLE feedback_note (
    organisation_code VARCHAR NOT NULL,
    note_code VARCHAR NOT NULL CHECK (note_code <> ''),
    employee_code VARCHAR NOT NULL CHECK (employee_code <> ''),
    author_code VARCHAR NOT NULL CHECK (author_code <> ''),
    written_on DATE NOT NULL,
    text VARCHAR NOT NULL CHECK (text <> ''),
    about_period_end DATE,
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, note_code, batch_number)
);

CREATE TABLE iki_measurement (
    organisation_code VARCHAR NOT NULL,
    employee_code VARCHAR NOT NULL,
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
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, employee_code, indicator_code, grain, period_start, batch_number),
    CHECK ((numerator IS NULL) = (denominator IS NULL)),
    CHECK (day(period_start) = 1),
    CHECK (period_end = last_day(period_start + to_months(CASE grain
        WHEN 'month' THEN 0 WHEN 'quarter' THEN 2 WHEN 'semester' THEN 5 ELSE 11 END)))
);

CREATE TABLE iki_target (
    organisation_code VARCHAR NOT NULL,
    employee_code VARCHAR NOT NULL,
    indicator_code VARCHAR NOT NULL,
    grain VARCHAR NOT NULL CHECK (grain IN ('month', 'quarter', 'semester', 'year')),
    period_start DATE NOT NULL,
    period_end DATE NOT NULL,
    target DOUBLE NOT NULL CHECK (isfinite(target)),
    target_high DOUBLE CHECK (target_high >= target AND isfinite(target_high)),
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (organisation_code, employee_code, indicator_code, grain, period_start, batch_number),
    CHECK (day(period_start) = 1),
    CHECK (period_end = last_day(period_start + to_months(CASE grain
        WHEN 'month' THEN 0 WHEN 'quarter' THEN 2 WHEN 'semester' THEN 5 ELSE 11 END)))
);

-- One row per batch that no later batch withdraws. Grain: batch_number.
CREATE VIEW standing_batch AS
SELECT b.batch_number, b.organisation_code, b.recorded_at, b.made_by
FROM batch AS b
WHERE NOT EXISTS (SELECT 1 FROM batch AS w WHERE w.withdraws = b.batch_number);
