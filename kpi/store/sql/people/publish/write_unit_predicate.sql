-- Copies each standing version, with who entered it and when. Grain: organisation, unit_code, kind, period_end, batch.
INSERT INTO snapshot.unit_predicate
SELECT
    t.organisation_code, t.unit_code, t.kind, t.period_start, t.period_end, t.predicate, t.given_by, t.note,
    t.batch_number, b.recorded_at, b.made_by,
    ROW_NUMBER() OVER (
        PARTITION BY t.organisation_code, t.unit_code, t.kind, t.period_end ORDER BY t.batch_number DESC
    ) = 1 AS is_newest
FROM record.unit_predicate AS t
INNER JOIN record.standing_batch AS b USING (batch_number)
ORDER BY t.organisation_code, t.unit_code, t.kind, t.period_end, t.batch_number
