"""Numbers as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.intake.sheets.numbers import NUMBERS, NumberRule, Reading, column_rule, parsed_text, read_number

COMMA, POINT = NumberRule.DECIMAL_COMMA, NumberRule.DECIMAL_POINT
amounts = st.decimals(min_value=-(10**11), max_value=10**11, places=3, allow_nan=False, allow_infinity=False)


def written(amount: object, rule: NumberRule) -> str:
    """A number with thousands and three decimals, in one way of writing."""
    text = f"{amount:,.3f}"
    return text if rule is POINT else text.translate(str.maketrans(",.", ".,"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("24.738,28", 24738.28),
        ("59.89", 59.89),
        ("10,274,076", 10274076.0),
        ("0,0", 0.0),
        ("-74,95", -74.95),
        ("−74,95", -74.95),
        ("97 %", 97.0),
        ("Rp 1.250.000", 1250000.0),
        ("Rp1.250.000,-", 1250000.0),
        ("Rp. 1.250.000,00", 1250000.0),
        ("１２，５", 12.5),
        ("1\u00a0250\u202f000,5", 1250000.5),
        ("(12,5)", -12.5),
        ("(1.234.567)", -1234567.0),
        ("0.125", 0.125),
        ("12345.678", 12345.678),
        ("1,25E+06", 1250000.0),
        ("7,55 tahun", 7.55),
        ("12,5 *)", 12.5),
        ("'0812", 812.0),
    ],
)
def test_a_text_that_reads_in_one_way_is_read_so(text, value):
    number = parsed_text(text)
    assert number.reading is Reading.WRITTEN
    assert number.value == value
    assert number.text == text


@pytest.mark.parametrize(
    "text", ["", " ", "-", "–", "n/a", "N/A", "Belum Rilis", "belum rilis ", "#N/A", "tidak ada data", "…"]
)
def test_words_for_missing_are_missing_and_never_zero(text):
    assert read_number(text).reading is Reading.MISSING
    assert read_number(text).value is None


@pytest.mark.parametrize("text", ["WTP", "Baik", "B+", "Sangat Baik"])
def test_a_grade_is_a_word(text):
    assert read_number(text).reading is Reading.WORD


@pytest.mark.parametrize(
    "text",
    [
        "12.05.2025",
        "1,23,456",
        "12²",
        "½",
        "1e999",
        "9" * 400,
        "80-70",
        "nihil",
        "#DIV/0!",
        "12b3",
        "1/5",
        "x" * 200 + "1",
    ],
)
def test_what_is_no_number_is_said_to_be_none(text):
    number = read_number(text)
    assert number.reading is Reading.UNREADABLE
    assert number.value is None
    assert number.why


@pytest.mark.parametrize(
    ("text", "low", "high"), [("80-90", 80, 90), ("80,5 s.d. 90", 80.5, 90), ("80 – 90 %", 80, 90)]
)
def test_a_range_has_two_ends(text, low, high):
    number = read_number(text)
    assert (number.reading, number.value, number.high) == (Reading.RANGE, low, high)


@pytest.mark.parametrize(
    ("text", "reading"), [("≥ 90", Reading.AT_LEAST), ("maks. 5", Reading.AT_MOST), ("< 5", Reading.AT_MOST)]
)
def test_a_bound_is_read_as_one(text, reading):
    assert read_number(text).reading is reading


@pytest.mark.parametrize("text", ["1.234", "1,234", "(1.234)", "Rp 1.250", "1.234-1.500", "12.345 %"])
def test_what_reads_in_two_ways_is_asked_about(text):
    number = read_number(text)
    assert number.reading is Reading.AMBIGUOUS
    assert number.value is None
    assert len(set(number.alternatives)) > 1


def test_the_column_decides_what_one_cell_cannot():
    rule = column_rule(["1.234", "59,5", "n/a"])
    assert rule.rule is COMMA
    assert read_number("1.234", rule.rule).value == 1234.0
    assert read_number("1.234", rule.rule).reading is Reading.BY_COLUMN


def test_a_column_that_mixes_both_ways_decides_nothing():
    rule = column_rule(["59,5", "59.5", "1.234"])
    assert rule.is_mixed
    assert rule.rule is None
    assert read_number("1.234", rule.rule).reading is Reading.AMBIGUOUS
    assert read_number("59.5", rule.rule).value == 59.5


def test_a_column_of_whole_numbers_needs_no_rule():
    assert column_rule(["12", "7", 3.5]).rule is None


def test_a_person_decides_where_nothing_else_does():
    assert read_number("1.234", column_rule(["1.234"], given=POINT).rule).value == 1.234


def test_typed_cells_are_taken_as_they_are():
    assert read_number(59.89).value == 59.89
    assert read_number(2025).reading is Reading.TYPED
    assert read_number(True).reading is Reading.UNREADABLE
    assert "date" in read_number(date(2025, 5, 1)).why


def test_a_typed_share_shown_as_percent_is_percent_to_the_digit():
    number = read_number(0.5989, number_format="0.00%")
    assert (number.reading, number.value, number.is_percent) == (Reading.TYPED_PERCENT, 59.89, True)


@settings(max_examples=200)
@given(amount=amounts, rule=st.sampled_from(NumberRule))
def test_a_written_number_reads_back_under_its_own_rule(amount, rule):
    assert read_number(written(amount, rule), rule).value == float(amount)


@settings(max_examples=200)
@given(column=st.lists(amounts, min_size=1, max_size=8), rule=st.sampled_from(NumberRule))
def test_a_column_is_read_right_or_asked_about_never_wrong(column, rule):
    texts = [written(amount, rule) for amount in column]
    decided = column_rule(texts).rule
    for amount, text in zip(column, texts, strict=True):
        number = read_number(text, decided)
        assert number.value == float(amount) if number.reading in NUMBERS else number.reading is Reading.AMBIGUOUS


@settings(max_examples=200)
@given(st.from_regex(r"\A[1-9][0-9]{0,2}[.,][0-9]{3}\Z"))
def test_one_mark_before_three_digits_is_never_guessed(text):
    assert read_number(text).reading is Reading.AMBIGUOUS


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_any_text_is_read_as_something_and_only_numbers_have_values(text):
    number = read_number(text)
    assert (number.value is not None) == (number.reading in NUMBERS)
