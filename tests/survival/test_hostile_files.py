"""Files made to harm, through the whole import: refused in words with the record as it was, or read as plain values."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from kpi.intake import ImportReport
from kpi.store.record import FIGURES, Record
from tests.intake.sheets.strange_files import HEADER, good_row, locked_workbook, xlsx
from tests.small_organisation import TOWN
from tests.survival.offered import digest, make_store, offered

_LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
_BOMB = xlsx(HEADER + "<row>" + " " * 30_000_000 + "</row>")
_FULL = xlsx(HEADER + "".join(f'<row r="{row}"><c r="A{row}"><v>1</v></c></row>' for row in range(3, 30_000)))
_ROWS = 1_048_576


@pytest.fixture(scope="module")
def town_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("hostile") / "store"
    make_store(store)
    return store


@pytest.fixture
def own_store(town_store: Path, tmp_path: Path) -> Path:
    return shutil.copytree(town_store, tmp_path / "store")


def sent(store: Path, content: bytes, name: str = "berkas.xlsx") -> ImportReport:
    file = store.parent / name
    file.write_bytes(content)
    return offered(store, file)


def known_value(store: Path) -> float:
    """The value that the record holds for the one row of a good file."""
    asked = {"line": 1, "unit_code": "DINKES", "indicator_code": "RLS", "grain": "year", "value": -1.0}
    days = {"period_start": date(2025, 1, 1), "period_end": date(2025, 12, 31)}
    with Record.opened(store, writing=False) as record:
        compared = record.compare(TOWN, pa.Table.from_pylist([{**asked, **days}], schema=FIGURES))
    return compared.lines["known_value"][0].as_py()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(_BOMB, "unpack", id="zip bomb"),
        pytest.param(xlsx(HEADER + good_row(), head=_LAUGHS), "DOCTYPE", id="entity expansion"),
        pytest.param(locked_workbook(), "password", id="password"),
        pytest.param(_FULL, "tidy CSV", id="tens of thousands of rows"),
        pytest.param(
            xlsx(HEADER + good_row() + f'<row r="{_ROWS}"><c r="XFD{_ROWS}"><v>1</v></c></row>'), "XFD", id="far cell"
        ),
    ],
)
def test_what_would_harm_is_refused_in_words_and_the_record_left_alone(own_store, content, words):
    before = digest(own_store)
    report = sent(own_store, content)

    assert report.is_refused
    assert words in str(report.errors[0])
    assert digest(own_store) == before


def test_a_workbook_with_macros_and_links_goes_in_without_them_and_says_so(own_store):
    others = {"xl/vbaProject.bin": b"\xd0\xcf", "xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    report = sent(own_store, xlsx(HEADER + good_row(), others), "berkas.xlsm")

    said = " ".join(str(finding.message) for finding in report.findings)
    assert "carries macros" in said
    assert "links to other files" in said
    assert known_value(own_store) == 7.58


def test_a_formula_goes_in_as_the_value_that_was_saved(own_store):
    row = good_row().replace("<v>7.58</v>", "<f>WEBSERVICE(A1)</f><v>7.5</v>")
    sent(own_store, xlsx(HEADER + row))

    assert known_value(own_store) == 7.5


def test_a_formula_without_a_saved_value_is_no_figure(own_store):
    report = sent(own_store, xlsx(HEADER + good_row().replace("<v>7.58</v>", "<f>C2*2</f>")))

    assert any("formula" in str(finding.message) for finding in report.all_findings)
    assert known_value(own_store) is None


def test_a_sheet_that_claims_a_million_rows_is_read_as_far_as_it_has_any(own_store):
    claimed = "".join(f'<row r="{row}"/>' for row in range(3, _ROWS + 1))
    report = sent(own_store, xlsx(HEADER + good_row() + claimed))

    assert (report.is_refused, known_value(own_store)) == (False, 7.58)
