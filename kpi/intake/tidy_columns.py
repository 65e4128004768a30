"""Says what each column of a tidy file was taken for, as is said of a workbook's columns. Reads nothing."""

from __future__ import annotations

from typing import Final

from kpi.intake.columns import KNOWN_COLUMNS, NUMBER_COLUMNS, REASON, normalised
from kpi.intake.messages import Message, mark
from kpi.intake.sheet import Sheet
from kpi.intake.sheets.cells import column_letters
from kpi.intake.sheets.figures import ColumnUnderstood
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.numbers import NumberRule

_NUMBERS: Final = frozenset(Role(name) for name in NUMBER_COLUMNS)


def tidy_columns(sheet: Sheet) -> tuple[ColumnUnderstood, ...]:
    """Return a description per column, in the file's order."""
    return tuple(_column(sheet, place, name) for place, name in enumerate(normalised(sheet.header)))


def _column(sheet: Sheet, place: int, name: str) -> ColumnUnderstood:
    is_known = name in KNOWN_COLUMNS
    role = Role(name) if is_known else Role.IGNORED if name == REASON else Role.UNKNOWN
    return ColumnUnderstood(
        sheet="csv" if sheet.is_text else "parquet",
        column=column_letters(place),
        header=sheet.header[place],
        role=role,
        period=None,
        numbers=NumberRule.DECIMAL_POINT if role in _NUMBERS else None,
        why=Message(mark("a column of the tidy contract") if is_known else mark("no column of the tidy contract")),
        cells=sheet.row_count if is_known else 0,
    )
