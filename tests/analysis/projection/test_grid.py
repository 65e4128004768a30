"""Spacing read from dates, and where the year lies in the series."""

from __future__ import annotations

import numpy as np
import pytest

from kpi.analysis.projection.grid import grid, months_of, step_of


def months(*dates):
    return months_of(np.array(dates, dtype="datetime64[D]"))


@pytest.mark.parametrize(
    ("dates", "step"),
    [
        (("2025-01-01", "2025-02-01", "2025-04-01"), 1),
        (("2025-01-01", "2025-03-01", "2025-05-01"), 1),
        (("2025-01-01", "2025-04-01", "2025-10-01"), 3),
        (("2025-03-31", "2025-06-30"), 3),
        (("2025-01-01", "2025-07-01"), 6),
        (("2021-12-31", "2022-12-31", "2024-12-31"), 12),
        (("2025-05-01",), 1),
        (("2025-05-01", "2025-05-08"), None),
    ],
)
def test_the_longest_period_that_fits_all_dates_is_taken(dates, step):
    assert step_of(months(*dates)) == step


def on(dates, values, until):
    numbers = months(*dates)
    return grid(numbers, np.array(values, dtype=float), step_of(numbers) or 1, int(months(until)[0]))


def test_a_year_half_known_has_its_known_figures_and_periods_ahead():
    line = on(("2025-03-01", "2025-01-01", "2024-12-01", "2025-02-01"), [3, 1, 9, 2], "2025-12-01")
    assert line.values.tolist() == [9, 1, 2, 3]
    assert (line.ahead, line.span, line.known.tolist()) == (9, 12, [1, 2, 3])


def test_a_series_that_begins_within_the_year_counts_from_there():
    line = on(("2025-04-01", "2025-05-01"), [4, 5], "2025-12-01")
    assert (line.span, line.ahead, line.known.tolist()) == (9, 7, [4, 5])


def test_a_gap_is_missing_and_bridged_by_a_line():
    line = on(("2025-01-01", "2025-02-01", "2025-05-01"), [1, 2, 5], "2025-12-01")
    np.testing.assert_array_equal(line.values, [1, 2, np.nan, np.nan, 5])
    assert line.filled.tolist() == [1, 2, 3, 4, 5]


def test_quarters_named_by_their_first_or_their_last_day_are_the_same():
    first = on(("2025-01-01", "2025-04-01"), [1, 2], "2025-12-01")
    last = on(("2025-03-31", "2025-06-30"), [1, 2], "2025-12-01")
    assert first.ahead == last.ahead == 2
    assert first.per_year == last.per_year == 4


def test_figures_after_the_year_are_left_out_and_a_series_after_it_has_none():
    line = on(("2025-11-01", "2025-12-01", "2026-01-01"), [1, 2, 3], "2025-12-01")
    assert (line.values.tolist(), line.ahead) == ([1, 2], 0)
    assert on(("2026-01-01",), [1], "2025-12-01") is None


def test_a_series_that_ended_before_the_year_leaves_all_of_it_ahead():
    line = on(("2024-10-01", "2024-11-01"), [1, 2], "2025-12-01")
    assert (line.ahead, line.span, len(line.known)) == (13, 12, 0)
