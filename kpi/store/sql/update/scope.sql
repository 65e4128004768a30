-- Puts what the record says of the redone units in the place of the whole, the places and findings of new batches alone. Grain: each table its own.
DROP VIEW record.measurement;
CREATE TABLE record.measurement AS FROM book.measurement SEMI JOIN redone_unit USING (organisation_code, unit_code);

DROP VIEW record.target;
CREATE TABLE record.target AS FROM book.target SEMI JOIN redone_unit USING (organisation_code, unit_code);

DROP VIEW record.agreement;
CREATE TABLE record.agreement AS FROM book.agreement SEMI JOIN redone_unit USING (organisation_code, unit_code);

DROP VIEW record.period_state;
CREATE TABLE record.period_state AS FROM book.period_state SEMI JOIN redone_unit USING (organisation_code, unit_code);

DROP VIEW record.commentary;
CREATE TABLE record.commentary AS FROM book.commentary SEMI JOIN redone_unit USING (organisation_code, unit_code);

DROP VIEW record.place;
CREATE TABLE record.place AS FROM book.place SEMI JOIN changed_batch USING (batch_number);

DROP VIEW record.batch_finding;
CREATE TABLE record.batch_finding AS FROM book.batch_finding SEMI JOIN changed_batch USING (batch_number)
