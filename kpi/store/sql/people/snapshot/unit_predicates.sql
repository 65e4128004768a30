-- One row per unit and period that was judged as a whole. Grain: unit_code, kind, period_end.
SELECT
    u.unit_code, u.kind, u.period_start, u.period_end, u.predicate, u.given_by, u.note, u.batch_number, u.recorded_at,
    u.made_by
FROM unit_predicate AS u
WHERE u.organisation_code = $organisation_code AND u.is_newest
    AND ($kind IS NULL OR u.kind = $kind)
    AND ($first IS NULL OR u.period_end >= $first)
    AND ($last IS NULL OR u.period_end <= $last)
ORDER BY u.unit_code, u.period_end, u.kind
