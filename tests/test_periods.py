"""Periods as governments name them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.errors import UsageError
from kpi.periods import GRAINS, MONTHS, Grain, Period, year_of

days = st.dates(date(2000, 1, 1), date(2049, 12, 31))
grains = st.sampled_from(GRAINS)
starts = st.integers(1, 12)


@pytest.mark.parametrize(
    ("code", "year_starts_in", "start", "end"),
    [
        ("2026", 1, date(2026, 1, 1), date(2026, 12, 31)),
        ("2023", 7, date(2022, 7, 1), date(2023, 6, 30)),
        ("2026-Q3", 1, date(2026, 7, 1), date(2026, 9, 30)),
        ("2023-Q1", 7, date(2022, 7, 1), date(2022, 9, 30)),
        ("2023-S2", 4, date(2022, 10, 1), date(2023, 3, 31)),
        ("2024-02", 7, date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_code_names_the_span_inside_the_organisations_year(code, year_starts_in, start, end):
    period = Period.parse(code, year_starts_in)
    assert (period.start, period.end) == (start, end)
    assert period.code == code


@pytest.mark.parametrize("code", ["", "26", "2026-Q5", "2026-13", "2026-00", "2026-S3", "2026-9", "Q3 2026"])
def test_a_code_that_names_no_period_is_refused_with_the_right_ways_to_write_it(code):
    with pytest.raises(UsageError, match="Write 2026, 2026-S1, 2026-Q3 or 2026-09"):
        Period.parse(code)


@given(day=days, grain=grains, year_starts_in=starts)
def test_a_day_lies_inside_its_period_and_the_code_leads_back(day, grain, year_starts_in):
    period = Period.containing(day, grain, year_starts_in)
    assert period.start <= day <= period.end
    assert Period.parse(period.code, year_starts_in) == period
    assert Period.of_span(period.start, period.end, year_starts_in) == period


@given(day=days, grain=grains, year_starts_in=starts)
def test_periods_follow_each_other_without_gap_and_fill_the_year(day, grain, year_starts_in):
    period = Period.containing(day, grain, year_starts_in)
    assert (period.shifted(1).start - period.end).days == 1
    year = Period.containing(day, Grain.YEAR, year_starts_in)
    first = Period.beginning(year.start, grain, year_starts_in)
    assert first.shifted(12 // MONTHS[grain] - 1).end == year.end
    assert period.year_start == year.start
    assert period.years_later(-1).code[4:] == period.code[4:]


def test_a_span_that_is_no_period_of_the_year_is_none():
    assert Period.of_span(date(2022, 7, 1), date(2023, 6, 30), 1) is None
    assert Period.of_span(date(2026, 1, 15), date(2026, 2, 14)) is None
    assert Period.of_span(date(2026, 2, 1), date(2026, 4, 30)) is None


def test_a_year_is_named_by_the_calendar_year_in_which_it_ends():
    assert year_of(date(2022, 7, 1), 7) == 2023
    assert year_of(date(2023, 6, 30), 7) == 2023
    assert year_of(date(2022, 12, 31), 1) == 2022
