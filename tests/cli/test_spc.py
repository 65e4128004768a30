"""`kpi spc` through the command line: what it prints, agrees with the reference, and refuses."""

from __future__ import annotations

from io import StringIO

import numpy as np
import pandas as pd
import pytest

from kpi.cli import main

POINT_COLUMNS = (
    "series_id,date,value,rebase_group,mean,lpl,upl,mr_used,relative_to_mean,outside_limits,close_to_limits,"
    "rule_trend,rule_two_in_three,rule_shift,special_cause_type,point_type,short_group_warning"
)
FILE = """\
series_id,date,value
second,2020-02-01,3
first,2020-01-01,
second,2020-01-01,4.5
second,2020-03-01,7
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "series.csv"
    path.write_text(FILE)
    return path


def test_points_are_in_date_order_and_series_in_order_of_appearance(file, capsys):
    assert main(["spc", str(file)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == POINT_COLUMNS
    assert [line[:17] for line in lines[1:]] == [
        "second,2020-01-01",
        "second,2020-02-01",
        "second,2020-03-01",
        "first,2020-01-01,",
    ]
    assert lines[1] == (
        "second,2020-01-01,4.5,0,4.833333333333333,-2.4816666666666674,12.148333333333333,,-1,0,0,0,0,0,"
        "Common Cause,common_cause,1"
    )
    assert lines[4] == "first,2020-01-01,,0,,,,,,0,0,0,0,0,Common Cause,common_cause,1"


def test_a_summary_has_one_line_a_segment(file, capsys):
    assert (
        main(["spc", str(file), "--summary", "--target", "-3", "--rebase", "2020-03-01", "--rebase", "1999-01-01"]) == 0
    )
    table = pd.read_csv(StringIO(capsys.readouterr().out))
    assert table[["series_id", "rebase_group", "n"]].to_numpy().tolist() == [
        ["second", 0, 2],
        ["second", 1, 1],
        ["first", 0, 1],
    ]
    assert table["assurance_type"].fillna("").tolist() == ["", "inconsistent", "inconsistent"]


def test_the_table_goes_to_a_file_when_asked(file, tmp_path, capsys):
    assert main(["spc", str(file), "-o", str(tmp_path / "out.csv")]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "out.csv").read_text().startswith(POINT_COLUMNS)


def test_every_bad_cell_is_named_and_nothing_is_printed(tmp_path, capsys):
    path = tmp_path / "bad.csv"
    path.write_text("series_id,date,value\na,2020-13-01,x\n,2020-01-01,nan\na,2020-01-01,1\na,2020-01-01,2\n")
    assert main(["spc", str(path), "-o", str(tmp_path / "out.csv")]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert not (tmp_path / "out.csv").exists()
    for place in ("line 2, column date", "line 2, column value", "line 3, column series_id", "line 3, column value"):
        assert place in shown.err
    assert "line 5, column date: series 'a' has 2020-01-01 already in line 4" in shown.err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"series,date,value\n", "column 'series_id' is missing. Did you mean 'series'?"),
        (b"series_id,date,value,value\n", "column 'value' stands twice"),
        (b"series_id,date,value\na,2020-01-01\n", "line 2: has 2 cells, the header 3"),
        (b"series_id,date,value\n\xff,2020-01-01,1\n", "not UTF-8"),
        (b"", "column 'series_id' is missing"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(tmp_path, capsys, content, message):
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    assert main(["spc", str(path)]) == 1
    shown = capsys.readouterr()
    assert message in shown.err
    assert shown.out == ""


def test_an_absent_file_is_refused(tmp_path, capsys):
    assert main(["spc", str(tmp_path / "none.csv")]) == 1
    assert "can't be read" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong", [["--fix-after", "11"], ["--direction", "up"], ["--target", "nan"], ["--rebase", "1 May"]]
)
def test_a_wrong_option_is_wrong_usage(file, capsys, wrong):
    assert main(["spc", str(file), *wrong]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("case_id", ["S0002", "S0492", "S0505", "S0517", "S0522", "S0524", "S0527", "S0530"])
def test_the_command_line_agrees_with_the_reference(case_id, shared_data, tmp_path, capsys):
    oracle = shared_data / "oracles" / "spc"
    case = pd.read_csv(oracle / "cases.csv", dtype=str).set_index("case_id").loc[case_id].dropna()
    figures = pd.read_csv(oracle / "input.csv", dtype=str)
    figures[figures["series_id"] == case["series_id"]].to_csv(tmp_path / "in.csv", index=False)
    options = ["--direction", case["improvement_direction"], *words_of(case)]
    for name, extra in (("expected", []), ("summary", ["--summary"])):
        assert main(["spc", str(tmp_path / "in.csv"), *options, *extra]) == 0
        found = pd.read_csv(StringIO(capsys.readouterr().out)).drop(columns="series_id")
        expected = pd.read_csv(oracle / f"{name}.csv")
        expected = expected[expected["case_id"] == case_id].drop(columns=["case_id", "tie"])
        assert list(found.columns) == list(expected.columns)
        for column in found:
            if found[column].dtype.kind == "f":
                np.testing.assert_allclose(found[column], expected[column].astype(float), rtol=1e-9, atol=1e-9)
            else:
                assert found[column].fillna("").tolist() == expected[column].fillna("").tolist()


def words_of(case) -> list[str]:
    words = [f"--target={case['target']}"] if "target" in case else []
    words += [word for day in case.get("rebase_dates", "").split(";") if day for word in ("--rebase", day)]
    words += ["--fix-after", case["fix_after_n_points"]] if "fix_after_n_points" in case else []
    return words + ["--no-screening"] * (case["screen_outliers"] == "0")
