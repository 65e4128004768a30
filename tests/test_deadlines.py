"""Deadlines: working days in Indonesia, counted by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.deadlines import due_on, is_working_day


@pytest.mark.parametrize(
    ("period_end", "working_days", "expected"),
    [
        pytest.param(date(2025, 1, 31), 1, date(2025, 2, 3), id="a Friday: the Monday after"),
        pytest.param(date(2025, 1, 31), 10, date(2025, 2, 14), id="two weeks without a holiday"),
        pytest.param(date(2025, 7, 31), 12, date(2025, 8, 19), id="Independence Day on a Sunday, joint leave after it"),
        pytest.param(date(2025, 12, 31), 1, date(2026, 1, 2), id="over New Year"),
        pytest.param(date(2026, 4, 30), 1, date(2026, 5, 4), id="over Labour Day and a weekend"),
    ],
)
def test_due_dates_counted_by_hand(period_end, working_days, expected):
    assert due_on(period_end, working_days) == expected


def test_eid_and_its_joint_leave_are_no_working_days():
    assert not is_working_day(date(2025, 3, 31))  # Eid al-Fitr
    assert not is_working_day(date(2025, 4, 2))  # joint leave
    assert is_working_day(date(2025, 4, 8))


def test_a_deadline_has_at_least_one_day():
    with pytest.raises(ValueError, match="Give 1 or more"):
        due_on(date(2025, 1, 31), 0)


@given(end=st.dates(date(2020, 1, 1), date(2035, 12, 31)), days=st.integers(1, 30))
def test_a_due_date_is_the_nth_working_day(end, days):
    due = due_on(end, days)

    between = [end + timedelta(days=n) for n in range(1, (due - end).days + 1)]
    assert is_working_day(due)
    assert sum(map(is_working_day, between)) == days
