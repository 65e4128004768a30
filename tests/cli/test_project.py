"""`kpi project` through the command line."""

from __future__ import annotations

from io import StringIO

import pandas as pd
import pytest

from kpi.cli import main

COLUMNS = "series_id,method,estimate,low_80,high_80,probability,backtest_error,naive_error,needed_per_period,reason"
FILE = """\
series_id,date,value
visits,2025-01-01,10
visits,2025-02-01,12
few,2025-01-01,1
visits,2025-03-01,11
visits,2025-04-01,13
visits,2025-05-01,9
weekly,2025-04-01,10
weekly,2025-04-08,10
done,2025-12-01,7
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "series.csv"
    path.write_text(FILE)
    return path


def test_one_line_a_series_in_order_of_appearance_with_the_reason_where_numbers_lack(file, capsys):
    assert main(["project", str(file), "--aggregation", "sum", "--until", "2025-12", "--target", "100"]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == COLUMNS
    table = pd.read_csv(StringIO(out)).set_index("series_id")
    assert table.index.tolist() == ["visits", "few", "weekly", "done"]
    assert table["reason"].tolist() == ["not_tested_so_far", "too_few_points", "irregular_dates", "known"]
    assert table.loc["visits", ["method", "estimate"]].tolist() == ["last_value", 118.0]
    assert table.loc["visits", "needed_per_period"] == pytest.approx(45 / 7)
    assert table.loc["few", "needed_per_period"] == 9.0
    assert table.loc["few", ["estimate", "probability"]].isna().all()


def test_a_target_to_stay_under_turns_the_probability(file, capsys):
    words = ["project", str(file), "--aggregation", "last", "--until", "2025-12", "--target", "7"]
    assert main(words) == 0
    up = pd.read_csv(StringIO(capsys.readouterr().out))
    assert main([*words, "--direction", "decrease"]) == 0
    down = pd.read_csv(StringIO(capsys.readouterr().out))
    assert up["probability"][0] + down["probability"][0] == pytest.approx(1.0)


def test_the_table_goes_to_a_file_when_asked(file, tmp_path, capsys):
    words = ["project", str(file), "--aggregation", "mean", "--until", "2025-12", "-o", str(tmp_path / "out.csv")]
    assert main(words) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "out.csv").read_text().startswith(COLUMNS)


@pytest.mark.parametrize(
    "words",
    [
        ["--until", "2025-12"],
        ["--aggregation", "sum"],
        ["--aggregation", "sum", "--until", "2025-13"],
        ["--aggregation", "ratio", "--until", "2025-12"],
        ["--aggregation", "sum", "--until", "2025-12", "--direction", "neutral"],
    ],
)
def test_a_wrong_option_is_wrong_usage(file, capsys, words):
    assert main(["project", str(file), *words]) == 2
    assert capsys.readouterr().out == ""


def test_a_bad_file_is_refused_with_line_and_column(tmp_path, capsys):
    path = tmp_path / "bad.csv"
    path.write_text("series_id,date,value\na,2025-01-01,1,5\n")
    assert main(["project", str(path), "--aggregation", "sum", "--until", "2025-12"]) == 1
    shown = capsys.readouterr()
    assert "line 2" in shown.err
    assert shown.out == ""
