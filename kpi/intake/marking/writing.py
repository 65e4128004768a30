"""Marks a file's faults: comments and colours in its cells, and a first sheet that lists them with links."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from kpi.i18n import Language, Translator
from kpi.intake.marking.inert import OUR_RULE, cells_of, keep_digits
from kpi.intake.marking.marks import Mark, marks_of
from kpi.intake.marking.opening import opened, title_of
from kpi.intake.marking.summary import MOST_LISTED, draw_summary, remove_earlier_summary
from kpi.intake.options import RowError
from kpi.intake.sheets.cells import place
from kpi.intake.sheets.findings import Finding, Severity
from kpi.intake.sheets.grid import read_book

AUTHOR: Final = "KPI"
"""Who writes our comments, so that they are known again."""
_FILLS: Final = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFD08A"}
_INKS: Final = {Severity.ERROR: "9C0006", Severity.WARNING: "7F6000"}
_LONGEST_COMMENT: Final = 2_000
_SIGNS_A_LINE: Final = 45


def marked(
    workbook: bytes, findings: Iterable[Finding], errors: Iterable[RowError], language: Language, name: str = "file"
) -> bytes:
    """Return the file as an xlsx with a comment and a colour in each faulty cell, and a list of all that is said first.

    An xlsx keeps its looks and the formulas that compute inside it; any other file comes back by its cells. What
    stands in the cells is not changed. Raises RefusedFile for a file that can't be opened.
    """
    t = Translator(language)
    book = read_book(workbook, name)
    marks = marks_of(findings, errors, book, t)
    drawn, replaced = opened(workbook, book)
    remove_earlier_summary(drawn)
    sheets = {sheet.title: sheet for sheet in drawn.worksheets}
    by_name = {known.name: sheets[title_of(known.name)] for known in book.sheets if title_of(known.name) in sheets}
    for sheet in drawn.worksheets:
        _remove_own_comments(sheet)
    for sheet_name, sheet in by_name.items():
        _mark(sheet, [one for one in marks[:MOST_LISTED] if one.sheet == sheet_name])
    draw_summary(drawn, marks, by_name, replaced, t)
    return _saved(drawn)


def _remove_own_comments(sheet: Worksheet) -> None:
    for cell in cells_of(sheet):
        if cell.comment is not None and cell.comment.author == AUTHOR:
            cell.comment = None


def _mark(sheet: Worksheet, marks: Sequence[Mark]) -> None:
    """Comment and colour the cells of one sheet; what only explains is listed, not marked."""
    said: dict[str, list[Mark]] = {}
    for one in marks:
        if one.cell and place(one.cell) and one.severity is not Severity.INFO:
            said.setdefault(one.cell, []).append(one)
    for cell, ones in said.items():
        _comment(sheet, cell, ones)
    for severity in _FILLS:
        cells = [cell for cell, ones in said.items() if ones[0].severity is severity]
        if cells:
            sheet.conditional_formatting.add(" ".join(cells), _colour(severity))


def _comment(sheet: Worksheet, address: str, marks: Sequence[Mark]) -> None:
    cell = _anchor(sheet, address)
    texts = [f"{one.word}: {one.text}" for one in marks]
    if cell.comment is not None:
        texts.append(cell.comment.text)
    text = "\n".join(texts)[:_LONGEST_COMMENT]
    lines = sum(1 + len(line) // _SIGNS_A_LINE for line in text.split("\n"))
    cell.comment = Comment(text, AUTHOR, height=24 + 18 * lines, width=340)


def _anchor(sheet: Worksheet, address: str) -> Cell:
    """Return the cell itself, or the one that carries the area under which it lies."""
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        area = next(area for area in sheet.merged_cells.ranges if address in area)
        cell = sheet.cell(area.min_row, area.min_col)
    assert isinstance(cell, Cell)
    return cell


def _colour(severity: Severity) -> Rule:
    """Return a rule that always holds: laid over the cell, it leaves the cell's own looks as they are."""
    is_error = severity is Severity.ERROR
    side = Side(style="thin" if is_error else "dashed", color=_INKS[severity])
    look = DifferentialStyle(
        fill=PatternFill(bgColor=_FILLS[severity], fill_type="solid"),
        font=Font(color=_INKS[severity], bold=is_error),
        border=Border(left=side, right=side, top=side, bottom=side),
    )
    return Rule("expression", formula=[OUR_RULE], dxf=look)


def _saved(workbook: Workbook) -> bytes:
    """Return the file, opening on its first sheet; formulas are computed when it is opened."""
    for sheet in workbook.worksheets:
        keep_digits(sheet)
        sheet.sheet_view.tabSelected = sheet is workbook.worksheets[0]
    workbook.active = 0
    workbook.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
