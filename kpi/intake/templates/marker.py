"""The hidden sheet by which a template is recognised: whose it is, of when, and its periods in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kpi.i18n import Language
from kpi.intake.sheets.cells import Book, Sheet

SHEET: Final = "_kpi"
MARKER: Final = "kpi-template"
VERSION: Final = 1
ENTRY_KEY: Final = "kpi:entry"
DEFINITION_KEY: Final = "kpi:definition"
"""What stands in the first cell of the hidden row of column names on the two sheets that are read."""
BEFORE: Final = "before:"
"""Begins the name of a hidden column that keeps a number as it stood, with all its digits: `before:value`."""
TARGET_OF: Final = "target:"
"""Begins the column name of a year's target: `target:2026`."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What the hidden sheet says. `periods`: the code of each period by the words that the rows use for it."""

    version: str
    organisation_code: str
    unit_code: str
    period_code: str
    year_starts_in: int
    language: Language
    periods: Mapping[str, str]

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the rows of the hidden sheet, all of them texts."""
        return [
            (MARKER, self.version, ""),
            ("organisation", self.organisation_code, ""),
            ("unit", self.unit_code, ""),
            ("period", self.period_code, ""),
            ("year_starts_in", str(self.year_starts_in), ""),
            ("language", self.language, ""),
            *(("words", words, code) for words, code in self.periods.items()),
        ]


def marker_of(book: Book) -> Marker | None:
    """Return the marker of a workbook, None when it is no template; what is missing in it is an empty text."""
    sheet = next((sheet for sheet in book.sheets if sheet.rows and sheet.text(0, 0) == MARKER), None)
    return _read(sheet) if sheet else None


def _read(sheet: Sheet) -> Marker:
    said = {sheet.text(row, 0): sheet.text(row, 1) for row in range(len(sheet.rows))}
    starts = said.get("year_starts_in", "")
    return Marker(
        version=said.get(MARKER, ""),
        organisation_code=said.get("organisation", ""),
        unit_code=said.get("unit", ""),
        period_code=said.get("period", ""),
        year_starts_in=int(starts) if starts in {str(month) for month in range(1, 13)} else 1,
        language="en" if said.get("language") == "en" else "id",
        periods={
            sheet.text(row, 1): sheet.text(row, 2) for row in range(len(sheet.rows)) if sheet.text(row, 0) == "words"
        },
    )
