"""Only like is compared with like; otherwise it is said what differs."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.analysis.peers import Difference, Partner, comparability
from kpi.periods import Grain, Period

MARCH = Period.parse("2025-03")
LAST_MARCH = Period.parse("2024-03")
TO_MARCH = Period(date(2025, 1, 1), date(2025, 3, 31), Grain.MONTH)


def test_like_with_like_differs_in_nothing():
    assert comparability([Partner("A1", MARCH), Partner("A1", MARCH)]) == ()
    assert comparability([]) == ()


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        (Partner("B2", MARCH), Difference.INDICATOR),
        (Partner("A1", MARCH, unit_of_measure="orang"), Difference.UNIT_OF_MEASURE),
        (Partner("A1", MARCH, definition_version="2024"), Difference.DEFINITION),
        (Partner("A1", LAST_MARCH), Difference.PERIOD),
        (Partner("A1", MARCH, is_finished=False), Difference.UNFINISHED),
        (Partner("A1", MARCH, is_complete=False), Difference.INCOMPLETE),
    ],
)
def test_each_difference_is_named(other, difference):
    assert comparability([Partner("A1", MARCH), other]) == (difference,)


def test_over_time_the_same_month_of_another_year_is_alike_and_another_month_is_not():
    assert comparability([Partner("A1", MARCH), Partner("A1", LAST_MARCH)], over_time=True) == ()
    assert comparability([Partner("A1", MARCH), Partner("A1", Period.parse("2024-04"))], over_time=True) == (
        Difference.SEASON,
    )


def test_a_month_and_a_figure_to_date_differ_in_length():
    found = comparability([Partner("A1", MARCH), Partner("A1", TO_MARCH)])
    assert found == (Difference.LENGTH, Difference.PERIOD)
