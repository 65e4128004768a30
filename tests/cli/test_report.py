"""`kpi report`: the files, and the refusals."""

from __future__ import annotations

import pytest

from kpi.cli import main
from kpi.reports.formats import Format
from tests.small_organisation import TOWN, small_store

__all__ = ["small_store"]

BEGINNINGS = {Format.XLSX: b"PK", Format.PPTX: b"PK", Format.PDF: b"%PDF-", Format.HTML: b"<!doctype html>"}


def run(store, output, *more, organisation=TOWN, period="2026-Q3", as_format="xlsx") -> int:
    words = ["report", "--organisation", organisation, "--period", period, "--format", as_format, "-o", str(output)]
    return main([*words, *more, "--store", str(store)])


@pytest.mark.parametrize("as_format", Format)
def test_a_report_is_written_whole_and_the_same_again(small_store, tmp_path, as_format):
    first, second = tmp_path / f"a.{as_format}", tmp_path / f"b.{as_format}"
    options = ("--made-at", "2026-11-20T09:30+07:00", "--unit", "DINKES")

    assert run(small_store, first, *options, as_format=as_format) == 0
    assert run(small_store, second, *options, as_format=as_format) == 0
    assert first.read_bytes().startswith(BEGINNINGS[as_format])
    assert first.read_bytes() == second.read_bytes()
    assert sorted(tmp_path.iterdir()) == [first, second]


@pytest.mark.parametrize(
    ("choice", "more", "name", "code", "words"),
    [
        pytest.param({"organisation": "KOTTA"}, (), "a.xlsx", 1, "Did you mean 'KOTA'", id="unknown organisation"),
        pytest.param({}, ("--unit", "DINKESS"), "a.xlsx", 1, "Did you mean 'DINKES'", id="unknown unit"),
        pytest.param({}, ("--profile", "kmkk"), "a.xlsx", 1, "Did you mean 'kmk'", id="unknown profile"),
        pytest.param({"period": "2019"}, (), "a.xlsx", 1, "There are no figures for 2019", id="nothing there"),
        pytest.param({"period": "2026-13"}, (), "a.xlsx", 2, "can't be read", id="no period"),
        pytest.param({}, (), "a.pdf", 2, "end with .xlsx", id="another name"),
        pytest.param({"as_format": "docx"}, (), "a.docx", 2, "invalid choice", id="another format"),
        pytest.param({}, ("--link-base", "iku.example"), "a.xlsx", 2, "is no address", id="no address"),
        pytest.param({}, ("--made-at", "yesterday"), "a.xlsx", 2, "invalid", id="no moment"),
        pytest.param({}, (), "none/a.xlsx", 1, "can't be written", id="no folder"),
    ],
)
def test_a_wrong_call_is_refused_and_writes_nothing(small_store, tmp_path, capsys, choice, more, name, code, words):
    assert run(small_store, tmp_path / name, *more, **choice) == code
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
