-- Grain: none. Opens the working tables, which spill into the folder the snapshot is made in (~), and the record beside it.
-- What reads the record reads these views: an update puts the part that it needs in their place.
ATTACH ':memory:' AS work (COMPRESS);
ATTACH '~/../../record.duckdb' AS book (READ_ONLY);
USE work;

CREATE SCHEMA record;
CREATE VIEW record.batch AS FROM book.batch;
CREATE VIEW record.organisation AS FROM book.organisation;
CREATE VIEW record.unit AS FROM book.unit;
CREATE VIEW record.indicator AS FROM book.indicator;
CREATE VIEW record.agreement AS FROM book.agreement;
CREATE VIEW record.profile_choice AS FROM book.profile_choice;
CREATE VIEW record.event AS FROM book.event;
CREATE VIEW record.measurement AS FROM book.measurement;
CREATE VIEW record.target AS FROM book.target;
CREATE VIEW record.place AS FROM book.place;
CREATE VIEW record.batch_finding AS FROM book.batch_finding;
CREATE VIEW record.alias AS FROM book.alias;
CREATE VIEW record.period_state AS FROM book.period_state;
CREATE VIEW record.reporting_rule AS FROM book.reporting_rule;
CREATE VIEW record.statement AS FROM book.statement;
CREATE VIEW record.commentary AS FROM book.commentary
