"""`kpi template`: the file, and the refusals."""

from __future__ import annotations

import pytest

from kpi.cli import main
from kpi.intake.sheets.grid import read_book
from kpi.intake.templates.reading import tidy_of
from tests.small_organisation import TOWN, small_store

__all__ = ["small_store"]


def run(store, output, *more, unit="DISDIK", period="2026-Q3") -> int:
    words = ["template", "--organisation", TOWN, "--unit", unit, "--period", period, "-o", str(output)]
    return main([*words, *more, "--store", str(store)])


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_workbook_is_written_and_read_back(small_store, tmp_path, language):
    output = tmp_path / "isian.xlsx"

    assert run(small_store, output, "--language", language) == 0
    content = tidy_of(read_book(output))
    assert content is not None
    assert (content.organisation_code, content.unit_code, content.language) == (TOWN, "DISDIK", language)
    assert content.rows["indicator_code"].to_pylist() == ["APS", "SISWA", "LULUS"]
    assert list(tmp_path.iterdir()) == [output]


def test_units_below_come_on_wish(small_store, tmp_path):
    output = tmp_path / "isian.xlsx"

    assert run(small_store, output, "--units-below", unit="DINKES") == 0
    content = tidy_of(read_book(output))
    assert content is not None
    assert set(content.rows["unit_code"].to_pylist()) == {"PKM_A", "PKM_B"}


@pytest.mark.parametrize(
    ("choice", "name", "code", "words"),
    [
        pytest.param({"unit": "DISDAK"}, "a.xlsx", 1, "Did you mean 'DISDIK'", id="unknown unit"),
        pytest.param({"period": "2026-13"}, "a.xlsx", 2, "can't be read", id="no period"),
        pytest.param({}, "a.csv", 2, "end with .xlsx", id="another format"),
        pytest.param({}, "none/a.xlsx", 1, "can't be written", id="no folder"),
    ],
)
def test_a_wrong_call_is_refused_and_writes_nothing(small_store, tmp_path, capsys, choice, name, code, words):
    assert run(small_store, tmp_path / name, **choice) == code
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_an_unknown_organisation_is_named(small_store, tmp_path, capsys):
    words = ["--unit", "X", "--period", "2026", "-o", str(tmp_path / "a.xlsx"), "--store", str(small_store)]

    assert main(["template", "--organisation", "KOTTA", *words]) == 1
    assert "Did you mean 'KOTA'" in capsys.readouterr().err
