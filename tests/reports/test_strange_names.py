"""Names that look like markup, formulas or nonsense are shown as they are, in every format; nothing is run."""

from __future__ import annotations

import pyarrow as pa
import pytest

from kpi.access import LOCAL
from kpi.model import Indicator, Organisation, Polarity, Unit
from kpi.periods import Period
from kpi.reports.building import build
from kpi.reports.content import Report
from kpi.reports.html import page
from kpi.reports.pdf import document
from kpi.reports.pptx import slides
from kpi.reports.xlsx import workbook
from kpi.scoring.profile import load_profile
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Definitions, Record
from tests.reports.conftest import requested, seen_by
from tests.reports.reading import letters, letters_of_pdf, read_page, sheets, slides_in

NAMES = (
    "<script>alert(1)</script> & <b>x</b>",
    "#raw[*bold*] $x^2$ @ref _u_ = H",
    "**tebal** [a](b) `c` \\d :red[e]",
    "=1+1",
    "+62 @SUM(A1)",
    "\"quoted\" 'q' {braces} %s",
    "kata" * 40,
    "bunyi\x07bel",
    "emoji 🚀 dan 漢字",
)
QUARTER = Period.parse("2026-Q3")


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Report:
    store = tmp_path_factory.mktemp("strange")
    units = {"X": Unit("X", "X", NAMES[0])}
    units |= {f"U{at}": Unit("X", f"U{at}", name, "X") for at, name in enumerate(NAMES)}
    indicators = {
        f"I{at}": Indicator("X", f"I{at}", name, "=A1", Polarity.MAXIMIZE, "quarter", definition=name)
        for at, name in enumerate(NAMES)
    }
    rows = [
        {
            "line": at + 2,
            "unit_code": f"U{at}",
            "indicator_code": f"I{at}",
            "grain": "quarter",
            "period_start": QUARTER.start,
            "period_end": QUARTER.end,
            "value": 10.0 + at,
            "target": 12.0,
        }
        for at in range(len(NAMES))
    ]
    definitions = Definitions(Organisation("X", NAMES[1]), units, indicators)
    with Record.opened(store, writing=True) as record:
        record.append(BatchHeader("X", made_by="test", file_name="x"), definitions, pa.Table.from_pylist(rows, FIGURES))
    publish(store)
    return build(seen_by(store, LOCAL), requested("X", organisation="X"), load_profile("kmk"))


def shown(name: str) -> str:
    return letters(name.replace("\x07", ""))


@pytest.mark.parametrize("name", NAMES)
def test_the_content_holds_the_name_as_it_is(report, name):
    units = {row[0].text for row in report.section("units").tables[0].rows}

    assert name.replace("\x07", "") in units


def test_the_workbook_shows_them_as_texts(report):
    read = sheets(workbook(report), "id")
    texts = {letters(text) for sheet in read.values() for row in sheet.texts for text in row}

    assert {shown(name) for name in NAMES} <= texts
    assert sum(sheet.formulas for sheet in read.values()) == 0


def test_the_slides_show_them_as_texts(report):
    read = slides_in(slides(report))
    texts = {letters(name) for slide in read for categories in slide.categories for name in categories}

    assert {shown(name) for name in NAMES} <= texts


def test_the_pdf_shows_them_as_texts(report):
    read = letters_of_pdf(document(report))

    for name in NAMES[:-1]:
        assert shown(name) in read
    assert "emoji" in read


def test_the_page_shows_them_as_texts(report):
    read = read_page(page(report))
    cells = {letters(text) for _, rows in read.tables["units"] for row in rows for text, _ in row}

    assert {shown(name) for name in NAMES} <= cells
    assert page(report).decode().count("<script") == 1
