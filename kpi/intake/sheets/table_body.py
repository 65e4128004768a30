"""Says what each row below a header is: figures, a section, a total, a repeated header; reads no figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from kpi.intake.sheets.cells import Sheet
from kpi.intake.sheets.headers import FIGURES, Role
from kpi.intake.sheets.numbers import NUMBERS, Reading, read_number
from kpi.intake.sheets.periods import header_text
from kpi.intake.sheets.table_header import INDICATORS, UNITS, Anchors, Column
from kpi.intake.sheets.words import fold

_COLUMN_NUMBER: Final = re.compile(r"\(?\d{1,2}\)?(?:\s*[=(].*)?")
_TOTALS: Final = re.compile(
    r"(?:sub ?)?(?:jumlah|total|rata rata|rerata)(?: capaian| kinerja| total| seluruhnya| nilai)*"
)


class RowKind(StrEnum):
    """What a row below the header is."""

    DATA = "data"
    SECTION = "section"
    TOTAL = "total"
    REPEATED_HEADER = "repeated_header"
    COLUMN_NUMBERS = "column_numbers"
    ORPHAN = "orphan"  # figures without a name
    BLANK = "blank"


def row_kinds(sheet: Sheet, first: int, columns: Sequence[Column], *, by_unit: bool) -> list[RowKind]:
    """Say what each row from `first` (below the header) to the sheet's end is; `by_unit`: units name the rows."""
    names = [column.number for column in columns if column.role in (UNITS if by_unit else INDICATORS)]
    figures = [column.number for column in columns if column.role in FIGURES or column.role is Role.CAPAIAN]
    measures = [column.number for column in columns if column.role is Role.UNIT_OF_MEASURE]
    head = {column: fold(header_text(sheet.value(first - 1, column))) for column in range(sheet.width)}
    anchors = sheet.anchors

    def kind(row: int) -> RowKind:
        filled = {column for column, _ in sheet.filled(row)}
        if not filled:
            return RowKind.BLANK
        if len(filled) > 2 and all(fold(header_text(sheet.value(row, column))) == head[column] for column in filled):
            return RowKind.REPEATED_HEADER
        if len(filled) > 2 and all(_COLUMN_NUMBER.fullmatch(sheet.text(row, column).strip()) for column in filled):
            return RowKind.COLUMN_NUMBERS
        name = next((text for column in names if (text := under_merge(sheet, row, column, anchors))), "")
        if any(_TOTALS.fullmatch(fold(sheet.text(row, column))) for column in {min(filled), *names}):
            return RowKind.TOTAL
        if name and (filled & {*figures, *measures}):
            return RowKind.DATA
        if not name and any(_is_figure(sheet, row, column) for column in figures):
            return RowKind.ORPHAN
        return RowKind.SECTION

    return [kind(row) for row in range(first, len(sheet.rows))]


def under_merge(sheet: Sheet, row: int, column: int, anchors: Anchors) -> str:
    """Return a cell's text, through a merge that runs down its own column."""
    top, left = anchors.get((row, column), (row, column))
    return sheet.text(top, left).strip() if left == column else ""


def _is_figure(sheet: Sheet, row: int, column: int) -> bool:
    reading = read_number(sheet.value(row, column)).reading
    return reading in NUMBERS or reading is Reading.AMBIGUOUS
