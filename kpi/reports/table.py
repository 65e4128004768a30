"""One table of the screen as a workbook: texts that are numbers become numbers, written as the screen writes them.

The screen's tables hold texts made for a reader. What a reader's language writes as a number, with what it counts
behind it, is read back by the same rule; everything else stays the text that it is.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, Final  # Any: the cells of a frame

import pandas as pd
import xlsxwriter

from kpi.i18n import Language
from kpi.reports.content import Cell, Kind
from kpi.reports.xlsx import number_format

NUMBER: Final[dict[Language, re.Pattern[str]]] = {
    "id": re.compile(r"([+−±]?)(0|[1-9]\d{0,2}(?:\.\d{3})*)(?:,(\d+))?(%|(?: (?!\S+ \d{4}$)\D.*)?)"),
    "en": re.compile(r"([+−±]?)(0|[1-9]\d{0,2}(?:,\d{3})*)(?:\.(\d+))?(%|(?: (?!\S+ \d{4}$)\D.*)?)"),
}
"""Sign, whole part in groups of three, decimals, what it counts. 2026, without groups, is a year, a text."""
WIDEST: Final = 60


def table_workbook(table: pd.DataFrame, language: Language) -> bytes:
    """Return a table of the screen as a workbook with one sheet, its header in sight, a filter on each column."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for at, name in enumerate(table.columns):
        sheet.write_string(0, at, str(name), head)
        texts = [_text(cell) for cell in table[name]]
        sheet.set_column(at, at, min(max(map(len, [str(name), *texts])) + 2, WIDEST))
        for row, text in enumerate(texts, start=1):
            cell = read_back(text, language)
            if cell.number is None:
                sheet.write_string(row, at, text)
            else:
                sheet.write_number(row, at, cell.number, book.add_format({"num_format": number_format(cell)}))
    sheet.freeze_panes(1, 1)
    if len(table) and len(table.columns):
        sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    book.close()
    return out.getvalue()


def read_back(text: str, language: Language) -> Cell:
    """Return a text as the number that it writes, or as itself."""
    found = NUMBER[language].fullmatch(text)
    if found is None:
        return Cell(text)
    sign, whole, decimals, counted = found[1], re.sub(r"\D", "", found[2]), found[3] or "", found[4]
    number = float(f"{whole}.{decimals or 0}") * (-1 if sign == "−" else 1)
    if counted == "%":
        return Cell(text, number / 100, len(decimals), Kind.PERCENT)
    return Cell(text, number, len(decimals), suffix=counted, is_signed=bool(sign))


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)
