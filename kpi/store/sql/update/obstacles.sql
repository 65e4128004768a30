-- One row per reason why the last snapshot can't be gone on with, and how many cases speak for it. Grain: reason.
-- A record that was put back from a backup went other ways since. Facts don't keep with which multiplier they were made.
WITH gone AS (
    SELECT s.batch_number, s.organisation_code, s.kind, s.recorded_at, s.made_by, s."rows", s.accepted
    FROM snapshot.batch AS s
    EXCEPT
    SELECT b.batch_number, b.organisation_code, b.kind, b.recorded_at, b.made_by, b."rows", b.accepted
    FROM batch AS b
)

SELECT 'a batch is no longer in the record' AS reason, COUNT(*) AS cases FROM gone
UNION ALL
SELECT 'a figure has a multiplier of its own' AS reason, COUNT(*) AS cases
FROM snapshot.reported AS r
INNER JOIN indicator AS i USING (organisation_code, indicator_code)
INNER JOIN redone_indicator AS d USING (indicator_id)
WHERE r.multiplier <> i.multiplier
