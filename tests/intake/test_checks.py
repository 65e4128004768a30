"""Each rule on both of its sides, through the same door as a file."""

import pytest

YEAR = "2024-01-01,2024-12-31"
NARROW = "unit_code,indicator_code,period_start,period_end"


def told(report):
    return [(error.line, error.column) for error in report.errors]


def message(report):
    (error,) = report.errors
    return error.message


@pytest.mark.parametrize("value", ["33.33", "33.3", "33", "33.333333", ""])
def test_a_value_may_be_its_parts_rounded_or_left_out(imported, value):
    report = imported(f"{NARROW},value,numerator,denominator,multiplier", f"A,I,{YEAR},{value},1,3,100")

    assert report.accepted == 1


@pytest.mark.parametrize("value", ["33.32", "33.34", "34", "33.3334", "33.30", "0.33"])
def test_a_value_off_its_parts_by_more_than_rounding_is_refused(imported, value):
    report = imported(f"{NARROW},value,numerator,denominator,multiplier", f"A,I,{YEAR},{value},1,3,100")

    assert told(report) == [(2, "value")]
    assert "100 × 1 ÷ 3 = 33.33333333" in message(report)


def test_coverage_above_100_percent_is_no_fault(imported):
    assert imported(f"{NARROW},numerator,denominator,multiplier", f"A,I,{YEAR},103,100,100").accepted == 1


@pytest.mark.parametrize(
    ("parts", "column"),
    [
        ("1,0", "denominator"),
        ("1,-2", "denominator"),
        ("-1,2", "numerator"),
        ("1,", "denominator"),
        (",2", "numerator"),
        ("1e308,1e-308", "numerator"),
    ],
)
def test_parts_that_make_no_ratio_are_refused(imported, parts, column):
    assert told(imported(f"{NARROW},value,numerator,denominator", f"A,I,{YEAR},5,{parts}")) == [(2, column)]


def test_a_numerator_of_0_is_a_ratio_of_0(imported):
    assert imported(f"{NARROW},numerator,denominator", f"A,I,{YEAR},0,5").accepted == 1


def test_a_target_alone_is_enough_and_nothing_at_all_is_not(imported, header):
    report = imported(header, f"A,A,I,I,%,higher,{YEAR},,5", f"B,B,I,I,%,higher,{YEAR},,")

    assert told(report) == [(3, "value")]
    assert "both empty" in message(report)


@pytest.mark.parametrize(("low", "high", "is_sound"), [("5", "5", True), ("5", "4.9", False), ("", "5", False)])
def test_the_upper_end_of_a_target_lies_above_its_lower_end(imported, low, high, is_sound):
    report = imported(f"{NARROW},value,target,target_high", f"A,I,{YEAR},1,{low},{high}")

    assert told(report) == ([] if is_sound else [(2, "target_high")])


def test_a_weight_may_differ_between_years_and_not_within_one(imported):
    head = f"{NARROW},value,weight"
    rows = ("A,I,2024-01-01,2024-01-31,1,0.2", "A,I,2025-01-01,2025-01-31,1,0.3", "A,I,2024-02-01,2024-02-29,1,")

    assert imported(head, *rows).accepted == 3
    report = imported(head, *rows, "A,I,2024-03-01,2024-03-31,1,0.25")
    assert told(report) == [(5, "weight")]
    assert "0.2 on line 2" in message(report)


def test_a_weight_below_0_is_refused_and_a_weight_of_0_is_not(imported):
    assert told(imported(f"{NARROW},value,weight", f"A,I,{YEAR},1,-0.1", f"A,J,{YEAR},1,0")) == [(2, "weight")]


def test_a_repeated_key_is_refused_on_its_second_line_which_names_the_first(imported, header):
    row = f"A,A,I,I,%,higher,{YEAR},1,"
    report = imported(header, row, f"A,A,J,J,%,higher,{YEAR},1,", row, row)

    assert told(report) == [(4, None), (5, None)]
    assert all("line 2 already" in error.message for error in report.errors)
    assert (report.rejected, report.held) == (2, 2)


def test_a_month_and_its_year_are_two_keys(imported, header):
    rows = (f"A,A,I,I,%,higher,{YEAR},1,", "A,A,I,I,%,higher,2024-01-01,2024-01-31,1,")

    assert imported(header, *rows).accepted == 2


def test_spaces_around_a_code_make_no_other_code(imported, header):
    report = imported(header, f"A,A,I,I,%,higher,{YEAR},1,", f" A ,A,I ,I,%,higher,{YEAR},2,")

    assert told(report) == [(3, None)]


@pytest.mark.parametrize(
    ("period", "column"),
    [
        ("2024-12-31,2024-01-01", "period_end"),
        ("2024-01-02,2024-12-31", "period_start"),
        ("2024-02-01,2024-04-30", "period_start"),
        ("2024-07-01,2025-06-30", "period_start"),
        ("2024-01-01,2025-12-31", "period_start"),
        ("31/12/2024,2024-12-31", "period_start"),
        ("2024-01-01,2024-02-30", "period_end"),
        (",2024-12-31", "period_start"),
    ],
)
def test_days_that_are_no_period_are_refused(imported, header, period, column):
    assert told(imported(header, f"A,A,I,I,%,higher,{period},1,")) == [(2, column)]


@pytest.mark.parametrize("period", ["2024-01-01,2024-03-31", "2024-07-01,2024-12-31", "2024-02-01,2024-02-29"])
def test_quarters_semesters_and_months_are_periods(imported, header, period):
    assert imported(header, f"A,A,I,I,%,higher,{period},1,").accepted == 1


def test_a_fiscal_year_is_a_period_where_the_year_starts_in_july(imported, header):
    assert imported(header, "A,A,I,I,%,higher,2023-07-01,2024-06-30,1,", year_starts_in=7).accepted == 1


@pytest.mark.parametrize(
    ("column", "text", "hint"),
    [
        ("polarity", "hihger", "Did you mean 'higher'"),
        ("multiplier", "10", "100000"),
        ("verification", "lock", "locked"),
        ("aggregation_over_periods", "total", "ratio"),
        ("aggregation_over_units", "last", "mean"),
        ("every_years", "often", "2"),
    ],
)
def test_a_word_outside_a_closed_list_is_refused_with_the_list(imported, column, text, hint):
    report = imported(f"{NARROW},value,{column}", f"A,I,{YEAR},1,{text}")

    assert told(report) == [(2, column)]
    assert hint in message(report)


@pytest.mark.parametrize("column", ["value", "target", "target_high", "numerator", "denominator", "weight"])
@pytest.mark.parametrize("text", ["abc", "nan", "inf"])
def test_a_text_where_a_number_belongs_is_refused_in_its_column(imported, column, text):
    columns = list(dict.fromkeys(["value", "target", column]))
    cells = [text if name == column else "1" for name in columns]
    report = imported(f"{NARROW},{','.join(columns)}", f"A,I,{YEAR},{','.join(cells)}")

    assert (2, column) in told(report)


@pytest.mark.parametrize("place", range(2))
def test_an_empty_code_is_refused_in_its_column(imported, place):
    cells = ["A", "I", *YEAR.split(","), "1"]
    cells[place] = ""

    assert told(imported(f"{NARROW},value", ",".join(cells))) == [(2, NARROW.split(",")[place])]


def test_a_row_with_too_many_cells_has_that_fault_alone(imported, header):
    report = imported(header, f"A,A,I,I,%,higher,{YEAR},1,2,3", f"B,B,I,I,%,higher,{YEAR},1,2")

    assert told(report) == [(2, None)]
    assert "11 cells and the header has 10" in message(report)
