"""A small office with every kind of figure that a template asks for, and ways to fill a template in."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import openpyxl
import pytest

from kpi.intake.sheets.grid import read_book
from kpi.intake.templates.reading import TemplateContent, tidy_of
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Polarity, Unit
from kpi.store.snapshot import Snapshot
from tests.small_organisation import small_store
from tests.store.building import CODE, definitions, figure, published

__all__ = ["small_store"]
_RATIO = {
    "aggregation_over_periods": AggregationOverPeriods.RATIO,
    "aggregation_over_units": AggregationOverUnits.RATIO,
}
_SUM = {"aggregation_over_periods": AggregationOverPeriods.SUM, "aggregation_over_units": AggregationOverUnits.SUM}


def _indicator(code: str, name: str, measure: str, polarity: Polarity | None, grain: str, **more) -> Indicator:
    return Indicator(CODE, code, name, measure, polarity, grain, **more)


INDICATORS = (
    _indicator("TEPAT", "Layanan tepat waktu", "persen", Polarity.MAXIMIZE, "month", multiplier=100.0, decimals=1,
               lowest_possible=0.0, highest_possible=100.0, **_RATIO),
    _indicator("KASUS", "Jumlah kasus", "kasus", Polarity.MINIMIZE, "month", decimals=0, **_SUM),
    _indicator("BOR", "Pemakaian tempat tidur", "persen", Polarity.STABILIZE, "quarter", decimals=1),
    _indicator("OPINI", "Opini BPK", "opini", Polarity.MAXIMIZE, "year", ordinal_levels="WTP:4;WDP:3;TW:2;TMP:1"),
    _indicator("SENSUS", "Angka dua tahunan", "=2+3", None, "year", every_years=2),
    _indicator("AKB", "Angka kematian", "per 1.000", Polarity.MINIMIZE, "month",
               numerator_indicator_code="KASUS", denominator_indicator_code="TEPAT"),
)  # fmt: skip
FIGURES = (
    figure("DINAS", "TEPAT", "2025-09", 80.0, numerator=40.0, denominator=50.0, target=90.0),
    figure("DINAS", "TEPAT", "2026-08", 90.0, numerator=45.0, denominator=50.0, target=92.5, weight=60.0),
    figure("DINAS", "TEPAT", "2026-09", None, target=93.0, weight=60.0),
    figure("DINAS", "BOR", "2026-Q3", 71.5, target=60.0, target_high=85.0, weight=20.0, note="=cmd|' /C calc'!A0"),
    figure("DINAS", "OPINI", "2025", 4.0, target=4.0),
    figure("DINAS", "OPINI", "2026", None, target=4.0, weight=10.0),
    figure("DINAS", "SENSUS", "2025", 7.0, target=6.0),
    figure("DINAS", "KASUS", "2026-09", None, target=5.0),
    figure("DINAS", "AKB", "2026-09", None, target=3.0),
    figure("PUSAT", "KASUS", "2026-08", 3.0, target=4.0),
)


@pytest.fixture(scope="session")
def office(tmp_path_factory) -> Snapshot:
    """DINAS with PUSAT below it; the names of both are traps for a spreadsheet."""
    units = (Unit(CODE, "DINAS", "=Dinas & Co"), Unit(CODE, "PUSAT", "+Pusat", "DINAS"))
    return published(tmp_path_factory.mktemp("office"), definitions(units, INDICATORS), FIGURES)


Cells = Mapping[tuple[str, str], object]


@pytest.fixture
def filled() -> Callable[[bytes, str, Cells], bytes]:
    """Fill cells in, each named by a row's indicator code and a column's hidden name; saved without computed values."""

    def fill(content: bytes, sheet_name: str, cells: Cells) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book[sheet_name]
        keys = {sheet.cell(6, column).value: column for column in range(1, sheet.max_column + 1)}
        codes = {sheet.cell(row, keys["indicator_code"]).value: row for row in range(sheet.max_row, 7, -1)}
        for (code, key), value in cells.items():
            row = codes[code] if code in codes else int(code)
            sheet.cell(row, keys[key]).value = value  # type: ignore[assignment]  # what a test types
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return fill


@pytest.fixture
def read() -> Callable[[bytes], TemplateContent]:
    """Read a workbook back that must be a template."""

    def back(content: bytes) -> TemplateContent:
        found = tidy_of(read_book(content, "isian.xlsx"))
        assert found is not None
        return found

    return back
