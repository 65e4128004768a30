"""Draws the first sheet of a marked workbook: every finding with its severity in a word, its cell as a link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from kpi.i18n import Translator
from kpi.intake.marking.inert import put_text
from kpi.intake.marking.marks import Mark
from kpi.intake.sheets.findings import Severity

MOST_LISTED: Final = 5_000
"""Findings that are listed and marked; more are counted."""
_NAME: Final = "kpi_summary"
_FILLS: Final = {Severity.ERROR: "FFC7CE", Severity.WARNING: "FFD08A", Severity.INFO: "EEF1F4"}
_WIDTHS: Final = (6, 14, 24, 10, 28, 90)
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_FONT: Final = "Calibri"
_SIDE: Final = Side(style="thin", color="C3CDD4")
_BORDER: Final = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)


def remove_earlier_summary(workbook: Workbook) -> None:
    """Take the list of an earlier marking out, which a person may have left in the file."""
    earlier = workbook.defined_names.get(_NAME)
    if earlier is None:
        return
    for title, _ in earlier.destinations:
        if title in workbook.sheetnames and len(workbook.sheetnames) > 1:
            workbook.remove(workbook[title])
    del workbook.defined_names[_NAME]


def draw_summary(
    workbook: Workbook, marks: Sequence[Mark], sheets: Mapping[str, Worksheet], replaced: int | None, t: Translator
) -> None:
    """Put the list first. `sheets`: by the names that marks use; `replaced`: as `opening.opened` says."""
    sheet = workbook.create_sheet(_title(workbook, t), 0)
    workbook.defined_names[_NAME] = DefinedName(_NAME, attr_text=f"{_quoted(sheet.title)}!$A$1")
    rows = [*_head(marks, replaced, t), ""]
    for row, text in enumerate(rows, start=1):
        put_text(_cell(sheet, row, 1), text)
        sheet.cell(row, 1).font = _font(
            bold=row == 1, size=16 if row == 1 else 11, color="0B5C8A" if row == 1 else None
        )
    titles = (t("No."), t("Severity"), t("Sheet"), t("Cell"), t("What stands there"), t("What is to be done"))
    top = len(rows) + 1
    for column, title in enumerate(titles, start=1):
        cell = _cell(sheet, top, column)
        put_text(cell, title)
        cell.font, cell.fill = _font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="0B5C8A")
        sheet.column_dimensions[cell.column_letter].width = _WIDTHS[column - 1]
    for number, one in enumerate(marks[:MOST_LISTED], start=1):
        _draw(sheet, top + number, number, one, sheets)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = f"{top}:{top}"


def _head(marks: Sequence[Mark], replaced: int | None, t: Translator) -> list[str]:
    """Return the lines above the list."""
    counts = {severity: sum(one.severity is severity for one in marks) for severity in Severity}
    lines = [
        t("What was found in this file"),
        t("{errors} errors, {warnings} warnings", errors=counts[Severity.ERROR], warnings=counts[Severity.WARNING]),
        t("Click on a cell's address to go there. Mend the errors, save the file, and upload it again."),
        t("Faulty cells carry a comment; red with a full border is an error, orange with a dashed one a warning."),
    ]
    if replaced is None:
        lines.append(t("The file was made anew from its cells: formulas stand here as their values, without looks."))
    elif replaced:
        lines.append(t("{count} formulas that reach outside this file stand here as their values.", count=replaced))
    if len(marks) > MOST_LISTED:
        lines.append(t("{count} more are not listed.", count=t.number(len(marks) - MOST_LISTED)))
    return lines


def _draw(sheet: Worksheet, row: int, number: int, one: Mark, sheets: Mapping[str, Worksheet]) -> None:
    target = sheets.get(one.sheet or "")
    stands = target[one.cell].value if target is not None and one.cell else None
    texts = (one.word, one.sheet or "", one.cell or "", "" if stands is None else str(stands), one.text)
    _cell(sheet, row, 1).value = number
    for column, text in enumerate(texts, start=2):
        put_text(_cell(sheet, row, column), text)
    for column in range(1, len(_WIDTHS) + 1):
        sheet.cell(row, column).alignment = _WRAPPED
        sheet.cell(row, column).border = _BORDER
        sheet.cell(row, column).font = _font()
    sheet.cell(row, 2).fill = PatternFill("solid", fgColor=_FILLS[one.severity])
    sheet.row_dimensions[row].height = 15.0 * max(1 + len(one.text) // (_WIDTHS[-1] - 5), 1 + len(texts[3]) // 25)
    if target is not None and one.cell:
        link = sheet.cell(row, 4)
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"{_quoted(target.title)}!{one.cell}")
        link.font = _font(color="0B5C8A", underline="single")


def _font(
    size: int = 11, color: str | None = None, *, bold: bool = False, underline: Literal["single"] | None = None
) -> Font:
    return Font(name=_FONT, size=size, color=color, bold=bold, underline=underline)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # nothing is merged on this sheet
    return cell


def _title(workbook: Workbook, t: Translator) -> str:
    """Return a name for the sheet that no other sheet has."""
    title = t("Check results")
    number = 2
    taken = {name.casefold() for name in workbook.sheetnames}
    while title.casefold() in taken:
        title = f"{t('Check results')} {number}"
        number += 1
    return title


def _quoted(title: str) -> str:
    return "'" + title.replace("'", "''") + "'"
