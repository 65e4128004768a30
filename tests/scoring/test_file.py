"""Scoring a file: every row comes back as it was, with its score; every bad cell is told at once."""

import csv
import io

import pytest

from kpi.errors import KpiError
from kpi.scoring.file import score_file, write_csv
from kpi.scoring.profile import load_profile

KMK = load_profile("kmk")
HEADER = "id,polarity,target,value,target_high,worst_value,is_full_at_target,conversion_scale,note\n"


@pytest.fixture
def file(tmp_path):
    def write(content: str | bytes):
        path = tmp_path / "figures.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def refused(path) -> str:
    with pytest.raises(KpiError) as told:
        score_file(path, KMK)
    return str(told.value)


def test_every_row_comes_back_verbatim_with_its_score(file):
    rows = [
        '1,maximize,10,9.00,,,,,"two\nlines, and a comma"',
        "2,higher, 80 ,92,90,,no,,é",
        "3,lower,0,0,,,YES,,",
        "4,minimize,0,4,,10,0,,",
        "5,stabilize,1e2,96,,,,0:0;90:100;100:120,",
        "6,,1,,,,,,",
        "7,NEUTRAL,,,,,,,",
    ]
    table = score_file(file("\ufeff" + HEADER + "\n".join(rows) + "\n\n"), KMK)
    out = io.StringIO()
    write_csv(table, out)
    found = list(csv.DictReader(io.StringIO(out.getvalue())))
    given = list(csv.DictReader(io.StringIO(HEADER + "\n".join(rows))))
    assert [{name: row[name] for name in given[0]} for row in found] == given
    scores = [(row["achievement_percent"], row["index_percent"], row["rating"], row["reason"]) for row in found]
    assert scores == [
        ("90.0", "90.0", "yellow", ""),
        (repr(92 / 90 * 100), repr(92 / 90 * 100), "green", ""),
        ("", "120.0", "green", ""),
        ("60.0", "60.0", "red", ""),
        ("96.0", "111.99999999999999", "green", ""),
        ("", "", "", "direction_not_stated"),
        ("", "", "", "neutral"),
    ]
    assert [row["status"] for row in found] == ["scored"] * 5 + ["not_scored"] * 2


def test_a_header_alone_gives_a_table_without_rows(file):
    table = score_file(file("polarity,target,value\n"), KMK)
    assert (table.num_rows, table.column_names[-1]) == (0, "reason")


def test_all_bad_cells_are_told_with_their_physical_line_and_column(file):
    message = refused(
        file(
            HEADER + '1,upwards,10,9,,,,,"two\nlines"\n'
            "2,maximize,ten,NaN,,,,,\n"
            "\n"
            "3,maximize,80,inf,70,x,maybe,90,\n"
            "4,maximize,1\n"
            '5,maximize,"1,5",1e999,,,,,\n'
        )
    )
    wanted = [
        "figures.csv line 2, column polarity: polarity 'upwards' is not one of maximize",
        "figures.csv line 4, column target: 'ten' is not a number",
        "figures.csv line 4, column value: 'NaN' is not a number",
        "figures.csv line 6, column conversion_scale: conversion scale '90' can't be read",
        "figures.csv line 6, column is_full_at_target: 'maybe' is neither true",
        "figures.csv line 6, column target_high: 70.0 is less than the target 80.0",
        "figures.csv line 6, column value: 'inf' is not a number",
        "figures.csv line 6, column worst_value: 'x' is not a number",
        "figures.csv line 7: 3 cells, where the header has 9",
        "figures.csv line 8, column target: '1,5' is not a number (write the decimals after a dot)",
        "figures.csv line 8, column value: '1e999' is too large",
    ]
    told = message.splitlines()
    assert len(told) == len(wanted)
    for line, start in zip(told, wanted, strict=True):
        assert line.startswith(start)


def test_twenty_bad_cells_are_told_and_the_rest_counted(file):
    told = refused(file("polarity,target,value\n" + "maximize,1,x\n" * 25)).splitlines()
    assert len(told) == 21
    assert told[-1] == "… and 5 more."


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("polarity,value\nmaximize,1\n", "figures.csv line 1: no column target"),
        ("polarity,targets,value\n", "Did you mean 'targets'"),
        ("polarity;target;value\nmaximize;1;1\n", "divided by ';'. Save the file with commas"),
        ("polarity,target,value,value\n", "column value: stands there 2 times"),
        ("polarity,target,value,rating\n", "column rating: scoring adds a column of this name"),
        (b"polarity,target,value\nmaximize,1,\xe9\n", "line 2: not UTF-8"),
        ("polarity,target,value\n".encode("utf-16"), "not UTF-8"),
        ("", "figures.csv is empty"),
        (" \n\n", "figures.csv is empty"),
        ('polarity,target,value\nmaximize,1,"1\n', "line 2: not a CSV file"),
    ],
)
def test_a_file_that_cannot_be_scored_is_refused_in_one_clear_error(file, content, complaint):
    assert complaint in refused(file(content))


def test_a_folder_and_an_absent_file_are_refused(tmp_path):
    assert "is a folder" in refused(tmp_path)
    assert "can't be read" in refused(tmp_path / "absent.csv")
