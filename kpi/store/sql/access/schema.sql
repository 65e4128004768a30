-- The tables of the access record: who has which role, and the folded access log. Grain each its own; rows are added only.

CREATE TABLE batch (
    batch_number BIGINT PRIMARY KEY CHECK (batch_number > 0),
    kind VARCHAR NOT NULL CHECK (kind IN ('roles', 'public', 'log')),
    recorded_at TIMESTAMP NOT NULL, -- UTC
    made_by VARCHAR NOT NULL CHECK (made_by <> ''),
    reason VARCHAR CHECK (reason <> ''),
    CHECK ((reason IS NULL) = (kind = 'log'))
);

CREATE TABLE assignment ( -- all roles of one identity from then on; one without a row in assigned_role has none left
    batch_number BIGINT PRIMARY KEY REFERENCES batch (batch_number),
    identity VARCHAR NOT NULL CHECK (identity <> '')
);

CREATE TABLE assigned_role (
    batch_number BIGINT NOT NULL REFERENCES assignment (batch_number),
    place INTEGER NOT NULL CHECK (place > 0),
    "role" VARCHAR NOT NULL CHECK ("role" IN (
        'leadership', 'planner', 'officer', 'verifier', 'people_manager', 'superior', 'employee', 'administrator'
    )),
    organisation_code VARCHAR CHECK (organisation_code <> ''),
    unit_code VARCHAR CHECK (unit_code <> ''),
    employee_code VARCHAR CHECK (employee_code <> ''),
    PRIMARY KEY (batch_number, place),
    CHECK (unit_code IS NULL OR organisation_code IS NOT NULL),
    CHECK ((employee_code IS NOT NULL) = ("role" IN ('superior', 'employee'))),
    CHECK (employee_code IS NULL OR (organisation_code IS NOT NULL AND unit_code IS NULL)),
    CHECK ("role" <> 'administrator' OR unit_code IS NULL)
);

CREATE TABLE public_switch (
    batch_number BIGINT PRIMARY KEY REFERENCES batch (batch_number),
    is_open BOOLEAN NOT NULL
);

CREATE TABLE folded_file ( -- how far a process's log file had been folded in
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    file_name VARCHAR NOT NULL CHECK (file_name <> ''),
    lines BIGINT NOT NULL CHECK (lines > 0),
    digest VARCHAR NOT NULL CHECK (digest <> ''), -- of the last of these lines
    PRIMARY KEY (file_name, lines)
);

CREATE TABLE log_entry (
    file_name VARCHAR NOT NULL,
    line BIGINT NOT NULL CHECK (line > 0),
    "at" TIMESTAMP NOT NULL, -- UTC
    act VARCHAR NOT NULL CHECK (act IN ('look', 'refused', 'roles', 'entered')),
    who VARCHAR NOT NULL,
    roles VARCHAR NOT NULL,
    organisation_code VARCHAR NOT NULL,
    employee_code VARCHAR NOT NULL,
    unit_code VARCHAR NOT NULL,
    whom VARCHAR NOT NULL,
    what VARCHAR NOT NULL,
    batch_number BIGINT NOT NULL REFERENCES batch (batch_number),
    PRIMARY KEY (file_name, line)
);
