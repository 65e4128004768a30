-- One row per consolidated figure in the words of a snapshot, with the numbers to sort by. Grain: unit, indicator, grain, period.
CREATE VIEW presented AS
SELECT
    c.unit_id, c.indicator_id, c.months, c.start_month,
    u.organisation_code, u.unit_code, i.indicator_code, l.grain,
    MAKE_DATE(c.start_month // 12, c.start_month % 12 + 1, 1) AS period_start,
    LAST_DAY(MAKE_DATE((c.start_month + c.months - 1) // 12, (c.start_month + c.months - 1) % 12 + 1, 1)) AS period_end,
    MAKE_DATE(c."year" - CASE WHEN u.year_offset > 0 THEN 1 ELSE 0 END, u.year_offset + 1, 1) AS span_start,
    c."year", c.value, c.numerator, c.denominator, c.target, c.target_high, c.parts_expected, c.parts_present,
    c.is_partial_sum,
    LAST_DAY(MAKE_DATE((c.start_month + c.months - 1) // 12, (c.start_month + c.months - 1) % 12 + 1, 1)) < t.today
        AS is_finished,
    CASE c.verification WHEN 0 THEN 'reported' WHEN 1 THEN 'verified' WHEN 2 THEN 'locked' END AS verification,
    CASE c.origin WHEN 0 THEN 'reported' WHEN 1 THEN 'computed' WHEN 2 THEN 'periods' ELSE 'units' END AS origin,
    c.batch_number, a.weight, c.to_date_value, c.to_date_numerator, c.to_date_denominator, c.to_date_target,
    c.to_date_target_high, c.to_date_parts_expected, c.to_date_parts_present, c.to_date_is_partial_sum,
    CASE c.to_date_verification WHEN 0 THEN 'reported' WHEN 1 THEN 'verified' WHEN 2 THEN 'locked' END
        AS to_date_verification,
    c.to_date_batch_number
FROM consolidated AS c
INNER JOIN unit AS u USING (unit_id)
INNER JOIN indicator AS i USING (indicator_id)
INNER JOIN length AS l ON c.months = l.months
CROSS JOIN cut AS t
LEFT JOIN agreement AS a ON c.unit_id = a.unit_id AND c.indicator_id = a.indicator_id AND c."year" = a."year"
