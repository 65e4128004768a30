"""Says what each row below a header is: figures, a section, a total, a repeated header; reads no figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from kpi.intake.sheets.cells import Sheet
from kpi.intake.sheets.headers import FIGURES, Role, header_words
from kpi.intake.sheets.numbers import NUMBERS, Reading, read_number
from kpi.intake.sheets.periods import header_text
from kpi.intake.sheets.table_header import INDICATORS, UNITS, Anchors, Column
from kpi.intake.sheets.words import fold

_NAMES_INDICATORS: Final = re.compile(r"indi[kc]ator|\biku\b|\bikk\b|uraian", re.IGNORECASE)
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
    OTHER_HEADER = "other_header"  # another table begins
    COLUMN_NUMBERS = "column_numbers"
    ORPHAN = "orphan"  # figures without a name
    BLANK = "blank"


def row_kinds(sheet: Sheet, header: tuple[int, int], columns: Sequence[Column], *, by_unit: bool) -> list[RowKind]:
    """Say what each row below the header is, to the sheet's end; `by_unit`: units name the rows."""
    names = [column.number for column in columns if column.role in (UNITS if by_unit else INDICATORS)]
    figures = [column.number for column in columns if column.role in FIGURES or column.role is Role.CAPAIAN]
    measures = [column.number for column in columns if column.role is Role.UNIT_OF_MEASURE]
    heads = [_texts(sheet, row) for row in range(header[0], header[1] + 1)]
    anchors = sheet.anchors

    def kind(row: int) -> RowKind:
        filled = {column for column, _ in sheet.filled(row)}
        if not filled:
            return RowKind.BLANK
        if len(filled) > 2 and any(_texts(sheet, row).items() <= head.items() for head in heads):
            return RowKind.REPEATED_HEADER
        if len(filled) > 2 and all(_COLUMN_NUMBER.fullmatch(sheet.text(row, column).strip()) for column in filled):
            return RowKind.COLUMN_NUMBERS
        if len(filled) > 2 and _is_header(sheet, row):
            return RowKind.OTHER_HEADER
        name = next((text for column in names if (text := under_merge(sheet, row, column, anchors))), "")
        if any(_TOTALS.fullmatch(fold(sheet.text(row, column))) for column in {min(filled), *names}):
            return RowKind.TOTAL
        if name and (filled & {*figures, *measures}):
            return RowKind.DATA
        if not name and any(_is_figure(sheet, row, column) for column in figures):
            return RowKind.ORPHAN
        return RowKind.SECTION

    return [kind(row) for row in range(header[1] + 1, len(sheet.rows))]


def _texts(sheet: Sheet, row: int) -> dict[int, str]:
    """Return the folded texts of a row's filled cells by column."""
    return {column: fold(header_text(value)) for column, value in sheet.filled(row)}


def _is_header(sheet: Sheet, row: int) -> bool:
    """Say whether a row reads as a header of its own: it names an indicator, figures and a third thing."""
    texts = [value for _, value in sheet.filled(row) if isinstance(value, str) and len(value) < 100]
    if not any(_NAMES_INDICATORS.search(text) for text in texts):  # nearly every row: spare it the rest
        return False
    roles = {header_words((text,)).role for text in texts}
    return (
        len(roles - {Role.UNKNOWN, Role.SERIES}) > 2
        and bool(roles & set(INDICATORS))
        and bool(roles & (FIGURES | {Role.CAPAIAN}))
    )


def under_merge(sheet: Sheet, row: int, column: int, anchors: Anchors) -> str:
    """Return a cell's text, through a merge that runs down its own column."""
    top, left = anchors.get((row, column), (row, column))
    return sheet.text(top, left).strip() if left == column else ""


def _is_figure(sheet: Sheet, row: int, column: int) -> bool:
    reading = read_number(sheet.value(row, column)).reading
    return reading in NUMBERS or reading is Reading.AMBIGUOUS
