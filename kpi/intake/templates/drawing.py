"""Draws cells of a workbook: every text from outside stays a text, every cell has one of a few looks. Knows no KPI."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from math import ceil, isnan
from typing import Any, Final  # Any: properties of xlsxwriter's formats

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

INK: Final = "#1C2B36"
_QUIET: Final = "#4A5A66"
_LINE: Final = "#C3CDD4"
BLUE: Final = "#0B5C8A"
_PALE_YELLOW: Final = "#FFF6D6"
_PALE_GREY: Final = "#EEF1F4"
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "plain": {},
    "line": {"text_wrap": False},
    "bold_line": {"text_wrap": False, "bold": True},
    "title": {"bold": True, "font_size": 16, "font_color": BLUE, "text_wrap": False},
    "subtitle": {"bold": True, "font_size": 12, "font_color": BLUE, "text_wrap": False},
    "sample": {"bold": True, "bg_color": "#FCE3B6", "font_color": "#5B3B00", "text_wrap": False},
    "head": {"bold": True, "bg_color": BLUE, "font_color": "#FFFFFF", "border": 1, "border_color": _LINE},
    "head_input": {"bold": True, "bg_color": "#7A5D00", "font_color": "#FFFFFF", "border": 1, "border_color": _LINE},
    "input": {"bg_color": _PALE_YELLOW, "border": 1, "border_color": _LINE, "locked": False},
    "follows": {"bg_color": "#FBFBF4", "border": 1, "border_color": _LINE, "locked": False, "italic": True},
    "shown_text": {"bg_color": _PALE_GREY, "font_color": _QUIET, "border": 1, "border_color": _LINE, "indent": 1},
    "shown": {"bg_color": _PALE_GREY, "font_color": _QUIET, "border": 1, "border_color": _LINE},
    "closed": {"pattern": 14, "fg_color": "#D5DDE3", "bg_color": _PALE_GREY, "border": 1, "border_color": _LINE},
    "heading": {"bold": True, "font_size": 12, "font_color": BLUE},
}
"""The looks of cells: `input` is to be filled in, `follows` is computed but may be typed over, `shown` only read."""
_WRAPPED: Final = {"text_wrap": True, "valign": "top"}
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LINE_POINTS: Final = 13.0
LONGEST_TEXT: Final = 32_767


class _Exact(float):
    """A number that is written with all its digits: xlsxwriter formats numbers with 16, and some need 17."""

    def __format__(self, _: str) -> str:
        return repr(float(self))


@dataclass(slots=True)
class Drawing:
    """A workbook that is being made; formats are made once each."""

    stream: BytesIO = field(default_factory=BytesIO)
    book: Workbook = field(init=False)
    _formats: dict[tuple[str, str, bool], Format] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.book = Workbook(self.stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})

    def done(self) -> bytes:
        """Return the finished file."""
        self.book.close()
        return self.stream.getvalue()

    def look(self, name: str, number_format: str = "", *, is_text: bool = False) -> Format:
        """Return one of LOOKS, with a number format on wish; a text keeps being one when it is edited."""
        key = (name, number_format, is_text)
        if key not in self._formats:
            shape: dict[str, Any] = {"font_size": 10, "font_color": INK, **_WRAPPED, **LOOKS[name]}
            shape |= {"num_format": number_format} if number_format else {}
            shape |= {"quote_prefix": True} if is_text else {}
            self._formats[key] = self.book.add_format(shape)
        return self._formats[key]

    def text(self, sheet: Worksheet, row: int, column: int, text: str, look: str = "plain") -> None:
        """Write a text, never a formula, a number or a link, whatever it begins with."""
        clean = _CONTROLS.sub(" ", text)[:LONGEST_TEXT]
        if not clean:
            sheet.write_blank(row, column, None, self.look(look))
            return
        shape = self.look("shown_text" if look == "shown" else look, is_text=is_live(clean))
        sheet.write_string(row, column, clean, shape)

    def number(self, sheet: Worksheet, row: int, column: int, number: float, look: str, number_format: str) -> None:
        """Write a number; an empty cell where it is missing."""
        if isnan(number):
            sheet.write_blank(row, column, None, self.look(look, number_format))
            return
        sheet.write_number(row, column, _Exact(number), self.look(look, number_format))

    def formula(self, sheet: Worksheet, row: int, column: int, formula: str, known: str | float, look: Format) -> None:
        """Write a formula of our own, with the value that it has as long as nobody edits the sheet."""
        sheet.write_formula(row, column, formula, look, known)  # pyright: ignore[reportArgumentType]  it takes texts too


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Return the height of a row in points that shows texts whole; each comes with its column's width in signs.

    Spreadsheet programs don't all fit a row to its texts when they open a file.
    """
    lines = max((sum(ceil(max(len(line), 1) / width) for line in text.split("\n")) for text, width in texts), default=1)
    return min(max(lines, 1) * _LINE_POINTS + 3, 400.0)


def is_live(text: str) -> bool:
    """Say whether a spreadsheet program would take a text for a formula when a person types it."""
    return text.lstrip().startswith(("=", "+", "-", "@"))


def number_format(decimals: int) -> str:
    """Return the number format that groups thousands and shows so many decimals."""
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def header_text(text: str) -> str:
    """Return a text for a printed header or footer, in which & begins a code."""
    return text.replace("&", "&&")[:120]
