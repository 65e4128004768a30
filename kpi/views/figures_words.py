"""How a figure of an indicator is written: in its unit of measure, a range of targets, a difference, a short name."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import Final

from kpi.i18n import MISSING, Translator
from kpi.views.sheets import Sheet

PERCENT: Final = ("%", "persen", "percent")
LONGEST_LABEL: Final = 34
LONGEST_MEASURE: Final = 15
"""Letters of a unit of measure that is repeated beside every figure of a sentence."""


def measured(value: float, sheet: Sheet, t: Translator) -> str:
    """Return a value in the indicator's unit of measure."""
    return t.measure(value, sheet.unit_of_measure, sheet.decimals)


def brief(value: float, sheet: Sheet, t: Translator) -> str:
    """Return a value without its unit of measure where that is long: the first sentence of a page has said it."""
    is_long = len(sheet.unit_of_measure) > LONGEST_MEASURE
    return t.measure(value, "" if is_long else sheet.unit_of_measure, sheet.decimals)


def target_said(low: float, high: float, sheet: Sheet, t: Translator) -> str:
    """Return a target, or a range as `60–85%`."""
    if isnan(high):
        return measured(low, sheet, t)
    return f"{t.measure(low, '', sheet.decimals)}–{measured(high, sheet, t)}"


def difference(size: float, sheet: Sheet, t: Translator) -> str:
    """Return the size of a difference; percentages differ in percentage points."""
    if isnan(size):
        return MISSING
    if sheet.unit_of_measure in PERCENT:
        return t("{number} percentage points", number=t.measure(abs(size), "", sheet.decimals))
    return brief(abs(size), sheet, t)


def without_long_measure(sheet: Sheet) -> Sheet:
    """Return a sheet that names no unit of measure where it is long: a line beneath a bar is cut at its end."""
    return replace(sheet, unit_of_measure="") if len(sheet.unit_of_measure) > LONGEST_MEASURE else sheet


def finer(sheet: Sheet) -> Sheet:
    """Return a sheet with one decimal more: for averages and errors, which whole numbers would show as 0."""
    return replace(sheet, rules=replace(sheet.rules, decimals=sheet.decimals + 1))


def shortened(name: str, longest: int = LONGEST_LABEL) -> str:
    """Return a name for a legend, cut with an ellipsis where it is long."""
    return name if len(name) <= longest else f"{name[: longest - 1].rstrip()}…"
