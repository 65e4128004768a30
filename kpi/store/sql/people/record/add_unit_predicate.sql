-- Adds one version of each incoming predicate of a unit. Grain: unit_code, kind, period_end, batch_number.
INSERT INTO unit_predicate (
    organisation_code, unit_code, kind, period_start, period_end, predicate, given_by, note, batch_number
)
SELECT
    t.organisation_code, t.unit_code, t.kind, t.period_start, t.period_end, t.predicate, t.given_by, t.note,
    $batch_number
FROM incoming AS t
