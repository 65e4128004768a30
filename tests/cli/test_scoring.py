"""`kpi score`: the door for outside oracles."""

from __future__ import annotations

import csv
import io

import pytest

from kpi.cli import main

ROWS = """id,polarity,target,value,worst_value,is_full_at_target,conversion_scale
a,higher,10,007.50,,,
b,minimize,0,4,10,,
c,stabilize,100,96,,,0:0;90:100;100:120
d,maximize,4,4,,yes,
e,maximize,0,5,,,
"""


def _scored(capsys, tmp_path, *options, rows=ROWS):
    file = tmp_path / "rows.csv"
    file.write_text(rows, encoding="utf-8")
    code = main(["score", str(file), *options])
    return code, capsys.readouterr()


def test_rows_come_back_as_they_were_with_their_scores(capsys, tmp_path):
    code, printed = _scored(capsys, tmp_path, "--profile", "kmk")
    rows = list(csv.DictReader(io.StringIO(printed.out)))
    assert code == 0
    assert [row["value"] for row in rows] == ["007.50", "4", "96", "4", "5"]
    assert [float(row["index_percent"]) for row in rows[:4]] == pytest.approx([75, 60, 112, 120])
    assert rows[4]["index_percent"] == ""
    assert [row["rating"] for row in rows] == ["red", "red", "green", "green", ""]
    assert [row["status"] for row in rows] == ["scored"] * 4 + ["not_scored"]
    assert rows[4]["reason"] == "zero_target"


@pytest.mark.parametrize(
    ("options", "rows", "code", "said"),
    [
        (("--profile", "kmkk"), ROWS, 1, "Did you mean 'kmk'?"),
        ((), ROWS, 2, "--profile"),
        (("--profile", "kmk"), ROWS.replace("007.50", "tujuh"), 1, "line 2"),
        (("--profile", "kmk"), ROWS.replace("target,", "sasaran,"), 1, "target"),
    ],
)
def test_what_cannot_be_scored_is_said_and_nothing_is_printed(capsys, tmp_path, options, rows, code, said):
    found, printed = _scored(capsys, tmp_path, *options, rows=rows)
    assert found == code
    assert printed.out == ""
    assert said in printed.err
