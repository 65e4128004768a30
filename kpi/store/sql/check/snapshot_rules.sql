-- One row per rule of a snapshot and how many cases break it. Grain: rule.
WITH twice AS (
    SELECT f.organisation_code, f.unit_code, f.indicator_code, f.grain, f.period_start
    FROM facts_by_unit AS f
    GROUP BY f.organisation_code, f.unit_code, f.indicator_code, f.grain, f.period_start
    HAVING COUNT(*) > 1
),

by_unit AS (SELECT COUNT(*) AS facts, BIT_XOR(HASH(f)) AS digest FROM facts_by_unit AS f),

by_indicator AS (SELECT COUNT(*) AS facts, BIT_XOR(HASH(f)) AS digest FROM facts_by_indicator AS f),

differing AS (
    SELECT 1 AS found
    FROM by_unit AS u
    CROSS JOIN by_indicator AS i
    WHERE u.facts <> i.facts OR u.digest IS DISTINCT FROM i.digest
),

contradicted AS (
    SELECT r.unit_code
    FROM reported AS r
    LEFT JOIN facts_by_unit AS f USING (organisation_code, unit_code, indicator_code, grain, period_start)
    WHERE (r.value IS NOT NULL AND (f.value IS DISTINCT FROM r.value OR f.origin <> 'reported'))
        OR (r.target IS NOT NULL AND f.target IS DISTINCT FROM r.target)
),

invented AS (
    SELECT f.unit_code
    FROM facts_by_unit AS f
    ANTI JOIN reported AS r USING (organisation_code, unit_code, indicator_code, grain, period_start)
    WHERE f.origin = 'reported'
),

homeless AS (
    SELECT f.unit_code
    FROM facts_by_unit AS f
    WHERE NOT EXISTS (
        SELECT 1 FROM unit AS u WHERE u.organisation_code = f.organisation_code AND u.unit_code = f.unit_code
    )
        OR NOT EXISTS (
            SELECT 1
            FROM indicator AS i
            WHERE i.organisation_code = f.organisation_code AND i.indicator_code = f.indicator_code
        )
),

overfull AS (
    SELECT f.unit_code
    FROM facts_by_unit AS f
    WHERE f.parts_present > f.parts_expected OR f.to_date_parts_present > f.to_date_parts_expected
        OR (f.value IS NULL AND f.parts_present > 0) OR (f.value IS NULL AND f.target IS NULL)
),

indexed_twice AS (
    SELECT x.unit_code
    FROM unit_index AS x
    GROUP BY x.organisation_code, x.unit_code, x.grain, x.period_start, x.is_to_date
    HAVING COUNT(*) > 1
),

commented_wrongly AS (
    SELECT c.unit_code
    FROM commentary AS c
    GROUP BY c.organisation_code, c.unit_code, c.indicator_code, c.grain, c.period_start
    HAVING COUNT(*) FILTER (c.is_current) <> 1
        OR MAX(c.batch_number) <> MAX(c.batch_number) FILTER (c.is_current)
)

SELECT 'snapshot: one row says what it shows' AS rule, ABS(COUNT(*) - 1) AS cases FROM meta
UNION ALL SELECT 'snapshot: a unit, indicator, grain and period has one fact' AS rule, COUNT(*) AS cases FROM twice
UNION ALL SELECT 'snapshot: both orders hold the same facts' AS rule, COUNT(*) AS cases FROM differing
UNION ALL SELECT 'snapshot: every reported figure is the fact, unaltered' AS rule, COUNT(*) AS cases FROM contradicted
UNION ALL SELECT 'snapshot: every fact called reported was reported' AS rule, COUNT(*) AS cases FROM invented
UNION ALL SELECT 'snapshot: every fact has its unit and indicator' AS rule, COUNT(*) AS cases FROM homeless
UNION ALL SELECT 'snapshot: no fact has more parts than expected, or none of value and target' AS rule, COUNT(*) AS cases FROM overfull
UNION ALL SELECT 'snapshot: a unit, grain, period and span has one index' AS rule, COUNT(*) AS cases FROM indexed_twice
UNION ALL SELECT 'snapshot: of each comment the newest version counts, and it alone' AS rule, COUNT(*) AS cases FROM commented_wrongly
