-- One row per candidate: how many parts the definitions promise. Grain: unit_id, indicator_id, start_month.
-- Counts, for each source, the periods of its own length that overlap both the span and its life.
CREATE OR REPLACE TEMP TABLE expected AS
WITH span AS (
    SELECT
        c.unit_id, c.indicator_id, c.start_month, c."year", u.year_offset, e.basis, e.months, e.first_year,
        e.every_years, e.source_count, GREATEST(c.start_month, e.from_month) AS first_month,
        GREATEST(
            u.year_offset + CAST(FLOOR((c.start_month - u.year_offset) / 12) AS INTEGER) * 12, e.from_month
        ) AS first_month_to_date,
        LEAST(c.start_month + $months - 1, e.to_month) AS last_month
    FROM candidate AS c
    INNER JOIN unit AS u USING (unit_id)
    INNER JOIN expectation AS e ON c.unit_id = e.unit_id AND c.indicator_id = e.indicator_id
    WHERE e.months <= $months
),

counted AS (
    SELECT
        s.unit_id, s.indicator_id, s.start_month, s.basis,
        CASE
            WHEN s.every_years > 1 AND (s."year" - s.first_year) % s.every_years <> 0 THEN 0
            WHEN s.last_month < s.first_month THEN 0
            ELSE s.source_count * (
                CAST(FLOOR((s.last_month - s.year_offset) / s.months) AS BIGINT)
                - CAST(FLOOR((s.first_month - s.year_offset) / s.months) AS BIGINT) + 1
            )
        END AS parts,
        CASE
            WHEN s.every_years > 1 AND (s."year" - s.first_year) % s.every_years <> 0 THEN 0
            WHEN s.last_month < s.first_month_to_date THEN 0
            ELSE s.source_count * (
                CAST(FLOOR((s.last_month - s.year_offset) / s.months) AS BIGINT)
                - CAST(FLOOR((s.first_month_to_date - s.year_offset) / s.months) AS BIGINT) + 1
            )
        END AS parts_to_date
    FROM span AS s
)

SELECT
    c.unit_id, c.indicator_id, c.start_month,
    SUM(CASE WHEN c.basis = 'self' THEN c.parts ELSE 0 END) AS self_parts,
    SUM(CASE WHEN c.basis = 'self' THEN c.parts_to_date ELSE 0 END) AS self_parts_to_date,
    SUM(CASE WHEN c.basis = 'children' THEN c.parts ELSE 0 END) AS children_parts
FROM counted AS c
GROUP BY c.unit_id, c.indicator_id, c.start_month
