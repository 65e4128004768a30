"""What a file says of units and indicators, against itself and against what is known."""

import pytest

YEAR = "2024-01-01,2024-12-31"
NEXT = "2025-01-01,2025-12-31"


def told(report):
    return [(error.line, error.column) for error in report.errors]


@pytest.mark.parametrize(
    ("first", "second"), [("higher", "maximize"), ("LOWER", " minimize "), ("neutral", "Neutral"), ("", "stabilize")]
)
def test_two_spellings_of_one_direction_agree(imported, header, first, second):
    assert imported(header, f"A,A,I,I,%,{first},{YEAR},1,", f"B,B,I,I,%,{second},{YEAR},1,").accepted == 2


def test_two_directions_of_one_indicator_are_refused_on_the_line_that_differs(imported, header):
    report = imported(
        header, f"A,A,I,I,%,higher,{YEAR},1,", f"B,B,I,I,%,maximize,{YEAR},1,", f"C,C,I,I,%,lower,{YEAR},1,"
    )

    assert told(report) == [(4, "polarity")]
    assert "minimize here, but maximize is on line 2" in report.errors[0].message


def test_another_direction_than_the_known_one_is_refused(imported, header):
    imported(header, f"A,A,I,I,%,higher,{YEAR},1,")
    report = imported(header, f"A,A,I,I,%,lower,{NEXT},1,")

    assert told(report) == [(2, "polarity")]
    assert "maximize is known" in report.errors[0].message


def test_a_direction_that_nobody_stated_may_be_stated_later(imported, header):
    assert "direction not stated" in " ".join(map(str, imported(header, f"A,A,I,I,%,,{YEAR},1,").created))
    report = imported(header, f"A,A,I,I,%,lower,{NEXT},1,", create=False)

    assert report.accepted == 1
    assert "polarity is now minimize (was not stated)" in " ".join(map(str, report.created))


def test_two_multipliers_of_one_indicator_are_refused(imported):
    head = "unit_code,indicator_code,period_start,period_end,numerator,denominator,multiplier"

    assert told(imported(head, f"A,I,{YEAR},1,2,100", f"B,I,{YEAR},1,2,1000", f"C,I,{YEAR},1,2,")) == [
        (3, "multiplier")
    ]


def test_another_parent_than_the_known_one_is_refused(imported):
    head = "unit_code,indicator_code,period_start,period_end,value,parent_code"
    imported(head, f"A,I,{YEAR},1,P")
    report = imported(head, f"A,I,{NEXT},1,Q")

    assert told(report) == [(2, "parent_code")]
    assert "P is known" in report.errors[0].message


def test_another_name_is_said_and_the_known_one_kept(imported, header, store):
    imported(header, f"A,Health,I,Stunting,%,lower,{YEAR},1,")
    report = imported(header, f"A,Dinas,I,Stunted,percent,lower,{NEXT},1,")

    assert report.accepted == 1
    assert len(report.warnings) == 3
    assert "'Dinas' differs from 'Health', which is kept" in report.warnings[0].message


def test_another_name_of_the_organisation_is_said_and_the_known_one_kept(imported, header):
    imported(header, f"A,A,I,I,%,higher,{YEAR},1,", organisation_name="Kemuning")
    report = imported(header, f"A,A,I,I,%,higher,{NEXT},1,", organisation_name="Kabupaten Kemuning")

    assert "'Kemuning', which is kept" in report.warnings[0].message


def test_another_start_of_the_year_than_the_known_one_refuses_the_file(imported, header):
    imported(header, f"A,A,I,I,%,higher,{YEAR},1,")
    report = imported(header, f"A,A,I,I,%,higher,{NEXT},1,", year_starts_in=7)

    assert told(report) == [(None, None)]
    assert (report.rows, report.held) == (1, 1)


@pytest.mark.parametrize(
    ("row", "column", "hint"),
    [(f"DINKS,AKI,{NEXT},1", "unit_code", "'DINKES'"), (f"DINKES,AKB,{NEXT},1", "indicator_code", "'AKI'")],
)
def test_an_unknown_code_is_refused_with_the_closest_known_one(imported, row, column, hint):
    head = "unit_code,indicator_code,period_start,period_end,value"
    imported(head, f"DINKES,AKI,{YEAR},1")
    report = imported(head, row, create=False)

    assert told(report) == [(2, column)]
    assert f"Did you mean {hint}?" in report.errors[0].message


def test_an_unknown_organisation_is_refused_without_create(imported, header):
    report = imported(header, f"A,A,I,I,%,higher,{YEAR},1,", create=False)

    assert told(report) == [(None, None)]
    assert "--create" in report.errors[0].message


@pytest.mark.parametrize(
    "rows", [[f"A,I,{YEAR},1,A"], [f"A,I,{YEAR},1,B", f"B,I,{YEAR},1,A"], [f"KMN,I,{YEAR},1,A", f"A,I,{YEAR},1,"]]
)
def test_a_unit_below_itself_is_refused(imported, rows):
    report = imported("unit_code,indicator_code,period_start,period_end,value,parent_code", *rows)

    assert {column for _, column in told(report)} == {"parent_code"}


def test_names_are_needed_for_nothing_once_the_codes_are_known(imported, header):
    imported(header, f"A,A,I,I,%,higher,{YEAR},1,")

    assert (
        imported("unit_code,indicator_code,period_start,period_end,value", f"A,I,{NEXT},2", create=False).accepted == 1
    )
