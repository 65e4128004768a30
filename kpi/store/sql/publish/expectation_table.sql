-- What a unit's figure of an indicator is made of. Grain: basis, unit_id, indicator_id, months, from_month, to_month, first_year.
-- `source_count` series of `months` length are expected from from_month to to_month. Basis 'self': as the unit's parent sees it;
-- 'children': the sum over its child units.
CREATE TABLE expectation (
    basis VARCHAR, unit_id INTEGER, indicator_id INTEGER, months INTEGER, from_month INTEGER, to_month INTEGER,
    first_year INTEGER, every_years INTEGER, source_count BIGINT
)
