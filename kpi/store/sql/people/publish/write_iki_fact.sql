-- Joins value and target in force of each individual indicator and period. Grain: employee, indicator, grain, period.
INSERT INTO snapshot.iki_fact
WITH measured AS (
    SELECT
        m.organisation_code, m.employee_code, m.indicator_code, m.grain, m.period_start, m.period_end, m.value,
        m.numerator, m.denominator, m.multiplier, m.verification, m.note, m.batch_number,
        ROW_NUMBER() OVER (
            PARTITION BY m.organisation_code, m.employee_code, m.indicator_code, m.grain, m.period_start
            ORDER BY m.batch_number DESC
        ) AS age
    FROM record.iki_measurement AS m
    INNER JOIN record.standing_batch AS b USING (batch_number)
),

aimed AS (
    SELECT
        t.organisation_code, t.employee_code, t.indicator_code, t.grain, t.period_start, t.period_end, t.target,
        t.target_high, t.batch_number,
        ROW_NUMBER() OVER (
            PARTITION BY t.organisation_code, t.employee_code, t.indicator_code, t.grain, t.period_start
            ORDER BY t.batch_number DESC
        ) AS age
    FROM record.iki_target AS t
    INNER JOIN record.standing_batch AS b USING (batch_number)
)

SELECT
    organisation_code, employee_code, indicator_code, grain, period_start,
    COALESCE(m.period_end, t.period_end) AS period_end, m.value, m.numerator, m.denominator, m.multiplier, t.target,
    t.target_high, m.verification, m.note, m.batch_number, t.batch_number AS target_batch_number
FROM (FROM measured WHERE age = 1) AS m
FULL JOIN (FROM aimed WHERE age = 1) AS t
    USING (organisation_code, employee_code, indicator_code, grain, period_start)
ORDER BY organisation_code, employee_code, indicator_code, grain, period_start
