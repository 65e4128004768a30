-- Writes the tables that are copied as they stand: organisations, units, agreements, carriers, batches, choices, events. Grain: each its own.
INSERT INTO snapshot.organisation
SELECT o.organisation_code, o.name, o.year_starts_in, o.is_synthetic
FROM organisation AS o
ORDER BY o.organisation_code;

INSERT INTO snapshot.unit
SELECT
    u.organisation_code, u.unit_code, u.name, u.parent_code, u."level", u.is_leaf, u.valid_from, u.valid_to,
    u.successor_code, u.successor_share, u.weight_in_parent
FROM unit AS u
ORDER BY u.unit_id;

INSERT INTO snapshot.agreement
SELECT a.organisation_code, a.unit_code, a.indicator_code, a."year", a.weight, a.batch_number
FROM agreement AS a
ORDER BY a.unit_id, a.indicator_id, a."year";

INSERT INTO snapshot.carrier
SELECT
    u.organisation_code, u.unit_code, i.indicator_code, c.has_values = 1, c.months, c.first_year, c.every_years
FROM carrier AS c
INNER JOIN unit AS u USING (unit_id)
INNER JOIN indicator AS i USING (indicator_id)
ORDER BY c.unit_id, c.indicator_id;

INSERT INTO snapshot.batch
SELECT
    b.batch_number, b.organisation_code, b.kind, b.recorded_at, b.made_by, b.reason, b.file_name, b.file_digest,
    b."rows", b.accepted, b.unchanged, b.rejected, b.held, b.withdraws, b.is_withdrawn
FROM batch AS b
ORDER BY b.batch_number;

INSERT INTO snapshot.profile_choice
SELECT p.organisation_code, p.from_year, p.profile_code, p.batch_number
FROM profile_choice AS p
ORDER BY p.organisation_code, p.batch_number;

INSERT INTO snapshot.event
SELECT
    e.organisation_code, e.event_code, NULLIF(e.unit_code, ''), NULLIF(e.indicator_code, ''), e.happened_on, e.kind,
    e.text, e.author, e.rebases_limits, e.batch_number
FROM event AS e
ORDER BY e.organisation_code, e.happened_on, e.event_code, e.unit_code, e.indicator_code
