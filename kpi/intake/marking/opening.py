"""Opens the file that is to be marked: an xlsx as it is, any other, and an xlsx that can't be kept, by its cells."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final

import openpyxl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from kpi.errors import RefusedFile
from kpi.intake.marking.inert import make_inert, put, put_text
from kpi.intake.sheets.cells import Area, Book, Sheet, as_text
from kpi.intake.sheets.limits import Limits
from kpi.intake.sheets.package import Package

_CELL: Final = re.compile(rb"<(?:[\w.-]+:)?c[ />]")
_MERGED: Final = re.compile(rb"<(?:[\w.-]+:)?mergeCell\b[^>]*\bref\s*=\s*[\"']([A-Z0-9:]+)[\"']")
_MOST_CELLS: Final = 400_000
_NOT_IN_TITLES: Final = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_TITLE: Final = 31
_WIDEST: Final = 60


def opened(content: bytes, book: Book) -> tuple[Workbook, int | None]:
    """Return the workbook, and how many formulas became values; None: it was made anew from its cells.

    `book` is the file as it was read, within the limits of reading. Macros and links to other files are left out.
    """
    if book.kind == "xlsx" and _can_be_kept(content, book.name):
        try:
            workbook = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
            if workbook.worksheets:
                return workbook, make_inert(workbook, book)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, SyntaxError):
            pass  # openpyxl can't hold what another program wrote there: its cells can still be given back
        except (InvalidFileException, zipfile.BadZipFile, OverflowError, RecursionError):
            pass  # likewise
    return _made_of(book), None


def _can_be_kept(content: bytes, name: str) -> bool:
    """Say whether a package is small enough for a library that makes an object of every cell, empty ones too."""
    try:
        package = Package.opened(content, name, Limits())
        parts = [part for part in package.names() if part.endswith((".xml", ".rels", ".vml"))]
        contents = [package.part(part) or b"" for part in parts]
    except RefusedFile:
        return False
    sheets = [inside for part, inside in zip(parts, contents, strict=True) if part.startswith("xl/worksheets/")]
    cells = sum(sum(1 for _ in _CELL.finditer(inside)) for inside in sheets)
    return cells + sum(_merged_cells(inside) for inside in sheets) <= _MOST_CELLS


def _merged_cells(inside: bytes) -> int:
    areas = (Area.parse(found[1].decode("ascii")) for found in _MERGED.finditer(inside))
    return sum((area.bottom - area.top + 1) * (area.right - area.left + 1) for area in areas if area)


def _made_of(book: Book) -> Workbook:
    """Return a new workbook with the cells of every sheet, as values."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for sheet in book.sheets:
        _fill(workbook, sheet)
    return workbook


def _fill(workbook: Workbook, sheet: Sheet) -> None:
    drawn = workbook.create_sheet(title_of(sheet.name))
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if value is None:
                continue
            cell = drawn.cell(row + 1, column + 1)
            assert isinstance(cell, Cell)  # nothing is merged yet
            put(cell, value)
            if (row, column) in sheet.formats:
                cell.number_format = sheet.formats[row, column]
    for (row, column), failure in sheet.errors.items():
        cell = drawn.cell(row + 1, column + 1)
        assert isinstance(cell, Cell)
        put_text(cell, failure)
    for area in sheet.merged:
        if area.top != area.bottom or area.left != area.right:
            drawn.merge_cells(area.a1)
    for column in range(sheet.width):
        longest = max((len(as_text(sheet.value(row, column))) for row in range(min(len(sheet.rows), 200))), default=0)
        drawn.column_dimensions[get_column_letter(column + 1)].width = min(max(longest + 2, 8), _WIDEST)


def title_of(name: str) -> str:
    """Return a sheet's name as a spreadsheet allows it."""
    return _NOT_IN_TITLES.sub("_", name).strip("'")[:_LONGEST_TITLE] or "-"
