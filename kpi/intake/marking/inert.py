"""Keeps a workbook that we hand on from doing anything: texts stay texts, formulas only compute inside the workbook."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from kpi.intake.sheets.cells import Book, CellValue, Sheet, as_text

OUR_RULE: Final = 'N("kpi")=0'
"""The condition of the colours that marking lays over cells: always true, and known again."""
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LIVE: Final = ("=", "+", "-", "@", "\t", "\r")
_LONGEST: Final = 32_767
_TEXTS: Final = re.compile(r"\"(?:[^\"]|\"\")*\"")
_SHEETS: Final = re.compile(r"'(?:[^']|'')*'(?=!)")
_FUNCTION: Final = re.compile(r"([A-Za-z_][\w.]*)\s*\(")
_KEPT: Final = frozenset({
    "SUM", "SUMIF", "SUMIFS", "SUMPRODUCT", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "COUNTBLANK", "AVERAGE",
    "AVERAGEIF", "AVERAGEIFS", "MIN", "MAX", "MEDIAN", "ROUND", "ROUNDUP", "ROUNDDOWN", "INT", "ABS", "MOD",
    "POWER", "SQRT", "IF", "IFERROR", "IFNA", "AND", "OR", "NOT", "ISNUMBER", "ISBLANK", "ISERROR", "ISTEXT", "LEN",
    "LEFT", "RIGHT", "MID", "TRIM", "UPPER", "LOWER", "VALUE", "TEXT", "CONCATENATE", "CONCAT", "SUBSTITUTE",
    "VLOOKUP", "HLOOKUP", "INDEX", "MATCH", "ROW", "ROWS", "COLUMN", "COLUMNS", "DATE", "YEAR", "MONTH", "DAY",
    "TODAY", "SUBTOTAL", "RANK", "LARGE", "SMALL", "N", "T", "STDEV",
})  # fmt: skip
"""Functions that compute from cells of the workbook and reach nothing outside it."""


def put_text(cell: Cell, text: str) -> None:
    """Write a text that stays one, whatever it begins with, also when a person edits the cell."""
    clean = _CONTROLS.sub(" ", text)[:_LONGEST]
    cell.value = clean
    cell.data_type = "s"
    if clean.startswith(_LIVE):
        cell.quotePrefix = True  # pyright: ignore[reportAttributeAccessIssue]  a descriptor that its stubs lack


def put(cell: Cell, value: CellValue) -> None:
    """Write a value as it was read; what a spreadsheet can't hold becomes a text."""
    match value:
        case None:
            cell.value = None
        case bool() | int() | time() | timedelta():
            cell.value = value
        case float() if isfinite(value):
            cell.value = value
        case datetime() | date() if value.year > 1900:
            cell.value = value
        case _:
            put_text(cell, as_text(value))


def keep_digits(sheet: Worksheet) -> None:
    """Let each number be saved with all its digits: openpyxl formats numbers with 16, and some need 17."""
    for cell in cells_of(sheet):
        if isinstance(cell.value, float) and cell.data_type == "n" and isfinite(cell.value):
            cell._value = repr(cell.value)  # noqa: SLF001  a text of the type number is written as it stands


def cells_of(sheet: Worksheet) -> list[Cell]:
    """Return the cells that exist; walking the sheet's rows would make all those between them."""
    return [cell for cell in sheet._cells.values() if isinstance(cell, Cell)]  # noqa: SLF001  it has no other way


def computes_inside(formula: str) -> bool:
    """Say whether a formula only computes from cells of its workbook: known functions, no link, no other program."""
    bare = _TEXTS.sub("", formula)
    if "[" in bare or "|" in bare:
        return False
    return all(name.upper() in _KEPT for name in _FUNCTION.findall(_SHEETS.sub("", bare)))


def make_inert(workbook: Workbook, book: Book) -> int:
    """Replace each formula that reaches outside by its saved value; return how many. `book`: the values as read."""
    read = {sheet.name: sheet for sheet in book.sheets}
    replaced = 0
    for sheet in workbook.worksheets:
        values = read.get(sheet.title)
        for cell in cells_of(sheet):
            if cell.data_type == "f":
                replaced += _settle(cell, values)
            elif isinstance(cell.value, str) and cell.value.startswith(_LIVE):
                put_text(cell, cell.value)
        _drop_rules(sheet)
    for name in [name for name, said in workbook.defined_names.items() if not computes_inside(said.attr_text or "")]:
        del workbook.defined_names[name]
    return replaced


def _settle(cell: Cell, values: Sheet | None) -> bool:
    """Keep a formula that computes inside, else write its value; say whether it was replaced."""
    said = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
    if isinstance(said, str) and computes_inside(said):
        return False
    spot = (cell.row - 1, cell.column - 1)
    cell.data_type = "n"
    put(cell, values.value(*spot) if values else None)
    return True


def _drop_rules(sheet: Worksheet) -> None:
    """Take our own colours of an earlier marking off, and rules that reach outside the workbook."""
    kept = ConditionalFormattingList()
    for formatting in sheet.conditional_formatting:
        for rule in formatting.rules:
            said = [str(part) for part in rule.formula or ()]
            if OUR_RULE not in said and all(computes_inside(part) for part in said):
                kept.add(str(formatting.sqref), rule)
    sheet.conditional_formatting = kept
    rules = sheet.data_validations.dataValidation
    sheet.data_validations.dataValidation = [
        rule for rule in rules if computes_inside(rule.formula1 or "") and computes_inside(rule.formula2 or "")
    ]
