import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.intake.numbers import number_faults, read_numbers, trimmed, unread, written_decimals


def column(*texts: str) -> pa.ChunkedArray:
    return trimmed(pa.chunked_array([pa.array(texts, pa.string())]))


def sentence(text: str) -> str:
    texts = column(text)
    (fault,) = number_faults("value", texts, unread(texts, read_numbers(texts)))
    return str(fault.say(0))


def test_numbers_are_read_beside_texts_and_gaps():
    numbers = read_numbers(column("1.5", "", "abc", " -2 ", "+3", ".5", "1e3"))

    assert [None if math.isnan(number) else number for number in numbers] == [1.5, None, None, -2, 3, 0.5, 1000]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_out_in_full_comes_back_to_the_last_bit(number):
    assert read_numbers(column(repr(number)))[0] == number


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("NaN", "not a finite number"),
        ("-inf", "not a finite number"),
        ("1e999", "not a finite number"),
        ("1,5", "Write 1.5"),
        ("1.250.000", "thousands"),
        ("24.738,28", "thousands"),
        ("97 %", "is not a number"),
        ("1_000", "is not a number"),
        ("0x10", "is not a number"),
        ("n/a", "leave the cell empty"),
    ],
)
def test_what_is_no_number_is_refused_with_its_remedy(text, remedy):
    assert f"'{text}'" in sentence(text)
    assert remedy in sentence(text)


@pytest.mark.parametrize(
    ("text", "decimals"), [("12", 0), ("12.", 0), ("12.50", 2), ("1.5e-3", 4), ("1.5e3", 0), ("", 0), ("2E-2", 2)]
)
def test_decimals_are_counted_as_written(text, decimals):
    assert written_decimals(column(text))[0] == decimals
