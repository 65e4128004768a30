-- One row: how many batches changed what isn't figures or words about them, and how many figures changed. Grain: the update.
-- Units, indicators, weights, profiles, states and deadlines reach past the unit and year that they are entered for.
SELECT
    COUNT(*) FILTER (
        c.agreements > 0 OR c.definitions > 0
        OR c.kind NOT IN ('import', 'demo', 'form', 'event', 'alias', 'statement', 'commentary', 'withdrawal')
    ) AS far_reaching,
    CAST(COALESCE(SUM(c.measurements + c.targets), 0) AS BIGINT) AS figures
FROM changed_batch AS c
