from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.intake.dates import no_period, read_day
from kpi.periods import Period


@pytest.mark.parametrize("text", ["2024-01-31", "2024-01-31 00:00:00", "2024-01-31T00:00:00"])
def test_a_day_is_read_as_year_month_day(text):
    assert read_day(text) == date(2024, 1, 31)


@pytest.mark.parametrize(
    "text", ["31/01/2024", "20240131", "2024-02-30", "2024-W01-1", "0001-01-01", "9999-12-31", "x"]
)
def test_anything_else_is_no_day(text):
    assert read_day(text) is None


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_every_day_written_out_comes_back(day):
    assert read_day(day.isoformat()) == day


def test_a_fiscal_year_in_a_calendar_organisation_names_the_option_that_fits():
    sentence = str(no_period(date(2022, 7, 1), date(2023, 6, 30), 1))

    assert "overlaps 2022 and 2023" in sentence
    assert "--year-starts-in 7" in sentence


def test_three_months_across_two_quarters_name_both():
    assert "overlaps 2024-Q1 and 2024-Q2" in str(no_period(date(2024, 2, 1), date(2024, 4, 30), 1))


def test_half_a_month_is_said_to_be_part_of_it():
    assert "overlaps part of 2024-02" in str(no_period(date(2024, 2, 1), date(2024, 2, 15), 1))


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.integers(0, 800), st.integers(1, 12))
def test_there_is_a_sentence_for_every_span_that_is_no_period(start, days, year_starts_in):
    end = date.fromordinal(start.toordinal() + days)
    if Period.of_span(start, end, year_starts_in) is None:
        assert "overlaps" in str(no_period(start, end, year_starts_in))
