"""The frame of a sheet that is filled in: title, hidden row of column names, titles, panes, protection, print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final

from xlsxwriter.worksheet import Worksheet

from kpi.i18n import Translator
from kpi.intake.templates.content import Content
from kpi.intake.templates.drawing import Drawing, header_text

FIRST_ROW: Final = 7
"""Where the rows begin on both sheets: below title, unit and period, sentence, count, sample notice, keys, titles."""
NOTICE, _SAMPLE, _KEYS, _TITLES = 3, 4, 5, 6
_ALLOWED: Final = {
    "format_columns": True,
    "format_rows": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "autofilter": True,
    "sort": True,
}
_A4: Final = 9
PLACE: Final = "\ufffc"
"""Stands in a sentence for a value that the spreadsheet computes."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key in the hidden row, its title as people read it, its width in signs, what it is for.

    A hidden column is one that this template has no use for; it is there, so that every template reads the same.
    """

    key: str
    title: str
    width: float
    is_input: bool = False
    is_hidden: bool = False


def head(
    drawing: Drawing,
    sheet: Worksheet,
    content: Content,
    t: Translator,
    title: str,
    sentence: str,
    columns: Sequence[Column],
) -> None:
    """Draw everything above FIRST_ROW; the line NOTICE is left to the sheet itself."""
    drawing.text(sheet, 0, 0, title, "title")
    drawing.text(sheet, 1, 0, f"{content.units[content.unit_code]} · {t.period(content.period)}", "subtitle")
    drawing.text(sheet, 2, 0, sentence, "line")
    if content.organisation.is_synthetic:
        said = t("SAMPLE DATA: {name} is synthetic; every figure is made up.", name=content.organisation.name)
        sheet.set_row(_SAMPLE, 18, drawing.look("sample"))
        drawing.text(sheet, _SAMPLE, 0, said, "sample")
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, None, {"hidden": True} if column.is_hidden else {})
        drawing.text(sheet, _KEYS, place, column.key, "line")
        drawing.text(sheet, _TITLES, place, column.title, "head_input" if column.is_input else "head")
    sheet.set_row(_KEYS, None, None, {"hidden": True})
    sheet.set_row(_TITLES, 42)
    sheet.set_row(0, 24)


def write_notice(drawing: Drawing, sheet: Worksheet, formula: str, value: str) -> None:
    """Write the line that counts while the sheet is filled in; `value` is what it says at first."""
    drawing.formula(sheet, NOTICE, 0, formula, value, drawing.look("bold_line"))


def keep_number(drawing: Drawing, sheet: Worksheet, row: int, column: int, number: float) -> None:
    """Keep a number with all its digits, as a text: a spreadsheet program may save fewer when it saves the file."""
    drawing.text(sheet, row, column, "" if isnan(number) else repr(float(number)), "shown")


def joined(sentence: str, formula: str) -> str:
    """Return a formula that says a sentence with another formula's value at its PLACE."""
    before, after = (part.replace('"', '""') for part in sentence.split(PLACE))
    return f'"{before}"&{formula}&"{after}"'


def finished(
    sheet: Worksheet, content: Content, t: Translator, frozen: int, last: tuple[int, int], pages_wide: int
) -> None:
    """Freeze titles and names, protect what is not filled in (without a password), and set the print up.

    `frozen` columns stay in sight; `last` is the last row and column.
    """
    sheet.freeze_panes(FIRST_ROW, frozen)
    sheet.protect("", _ALLOWED)
    sheet.hide_gridlines(2)
    sheet.set_zoom(100)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.repeat_rows(_TITLES)
    if pages_wide > 1:
        sheet.repeat_columns(0, frozen - 1)
    sheet.print_area(0, 0, max(last[0], FIRST_ROW), last[1])
    sample = t("SAMPLE DATA") if content.organisation.is_synthetic else ""
    unit = header_text(content.units[content.unit_code])
    page = t("page {number} of {count}", number="&P", count="&N")
    sheet.set_footer(f"&L&8{unit} · {header_text(t.period(content.period))}&C&8{sample}&R&8{page}")
