-- Writes what tells where figures come from: places, findings kept with batches, aliases, states, statements. Grain: each its own.
INSERT INTO snapshot.place
SELECT p.batch_number, p.line, p.field, p.sheet, p.cell
FROM place AS p
ORDER BY p.batch_number, p.line, p.field;

INSERT INTO snapshot.batch_finding
SELECT f.batch_number, f.place, f.severity, f.line, f.sheet, f.cell, f.text, f.values_json
FROM batch_finding AS f
ORDER BY f.batch_number, f.place;

INSERT INTO snapshot.alias
SELECT a.organisation_code, a.kind, a.name, a.code, a.batch_number
FROM alias AS a
ORDER BY a.organisation_code, a.kind, a.name;

INSERT INTO snapshot.period_state
SELECT p.organisation_code, p.unit_code, p.period_start, p.period_end, p.state, p.batch_number, p.is_current
FROM period_state AS p
ORDER BY p.organisation_code, p.unit_code, p.period_end, p.period_start, p.batch_number;

INSERT INTO snapshot.statement
SELECT
    t.organisation_code, t.statement_code, t.unit_code, t.indicator_code, t."year", t.state, t.body, t.batch_number,
    t.is_current
FROM statement AS t
ORDER BY t.organisation_code, t.statement_code, t.batch_number
