-- Grain: none. How figures are added up: by size, and with what rounding loses, so that the sum is the same whatever the order
-- in which DuckDB brings them. A plain sum of 1.1, 2.2 and 3.3 is 6.6 or 6.6000000000000005.
CREATE MACRO added_up(figure) AS LIST_AGGREGATE(LIST_SORT(LIST(figure) FILTER (figure IS NOT NULL)), 'fsum')
