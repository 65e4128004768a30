-- Copies what the record says of one organisation, but its figures; the definitions lie beside it (~). Grain: each table its own.
ATTACH '~/definitions.duckdb' AS definitions (READ_ONLY);

INSERT INTO record.batch BY NAME
FROM definitions.batch
WHERE organisation_code = (SELECT c.organisation_code FROM chosen AS c);

INSERT INTO record.organisation BY NAME
FROM definitions.organisation
WHERE organisation_code = (SELECT c.organisation_code FROM chosen AS c);

INSERT INTO record.unit BY NAME
FROM definitions.unit
WHERE organisation_code = (SELECT c.organisation_code FROM chosen AS c);

INSERT INTO record.indicator BY NAME
FROM definitions.indicator
WHERE organisation_code = (SELECT c.organisation_code FROM chosen AS c);

INSERT INTO record.agreement BY NAME
FROM definitions.agreement
WHERE organisation_code = (SELECT c.organisation_code FROM chosen AS c);

INSERT INTO record.profile_choice BY NAME
FROM definitions.profile_choice
WHERE organisation_code = (SELECT c.organisation_code FROM chosen AS c);

INSERT INTO record.event BY NAME
FROM definitions.event
WHERE organisation_code = (SELECT c.organisation_code FROM chosen AS c);

INSERT INTO record.alias BY NAME
FROM definitions.alias
WHERE organisation_code = (SELECT c.organisation_code FROM chosen AS c);

INSERT INTO record.period_state BY NAME
FROM definitions.period_state
WHERE organisation_code = (SELECT c.organisation_code FROM chosen AS c);

INSERT INTO record.reporting_rule BY NAME
FROM definitions.reporting_rule
WHERE organisation_code = (SELECT c.organisation_code FROM chosen AS c);

INSERT INTO record.commentary BY NAME
FROM definitions.commentary
WHERE organisation_code = (SELECT c.organisation_code FROM chosen AS c);

INSERT INTO record.statement BY NAME
FROM definitions.statement
WHERE organisation_code = (SELECT c.organisation_code FROM chosen AS c);

INSERT INTO record.batch_finding BY NAME
FROM definitions.batch_finding
WHERE batch_number IN (SELECT b.batch_number FROM record.batch AS b);

INSERT INTO record.place BY NAME
FROM definitions.place
WHERE batch_number IN (SELECT b.batch_number FROM record.batch AS b);

DETACH definitions
