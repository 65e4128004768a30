"""One number as a person writes it, in a cell or in a field of a form: read, or said why not. Guesses nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import isnan
from typing import Final

from kpi.i18n import Language
from kpi.intake.messages import Message, mark
from kpi.intake.sheets.cells import CellValue, as_text
from kpi.intake.sheets.measures import MeasureKind, measure
from kpi.intake.sheets.numbers import NumberRule, ParsedNumber, Reading, read_number
from kpi.intake.sheets.words import shortened
from kpi.scoring.ordinal import OrdinalLevels

_LIKE_THOUSANDS: Final = 3
"""Decimals that could be taken for a group of thousands."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a cell; `high` is the upper end of a range."""

    value: float
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a cell may say: its column's way of writing, its number format, what the row counts, its levels."""

    rule: NumberRule | None = None
    number_format: str = ""
    measured: str = ""
    levels: OrdinalLevels | None = None
    may_be_range: bool = False


def amount_in(cell: CellValue, wanted: Wanted) -> Amount | Message | None:
    """Return the number in a cell; None where none stands, and why where none can be read."""
    parsed = read_number(cell, wanted.rule, wanted.number_format)
    if parsed.reading is Reading.MISSING:
        return None
    if parsed.reading is Reading.WORD and wanted.levels is not None:
        return _level(parsed.text, wanted.levels)
    if parsed.value is None:
        return _unread(parsed)
    if parsed.high is not None and not wanted.may_be_range:
        said = mark("'{text}' is a range, which only a target can be. Write one number.")
        return Message(said, _of(parsed))
    if parsed.is_percent and measure(wanted.measured).kind not in (MeasureKind.PERCENT, MeasureKind.NONE):
        said = mark("'{text}' is written in percent, and the row counts {measure}. Write the number alone.")
        return Message(said, {**_of(parsed), "measure": wanted.measured})
    return Amount(parsed.value, parsed.high)


def written(number: float | None, language: Language) -> str:
    """Return a number, all its digits, as a person writes it and as it can be read in one way only; NaN is empty."""
    if number is None or isnan(number):
        return ""
    whole, _, decimals = f"{Decimal(repr(number)):f}".partition(".")
    decimals = decimals.rstrip("0")
    if not decimals:
        return whole
    padded = f"{decimals}0" if len(decimals) == _LIKE_THOUSANDS else decimals
    return f"{whole}{',' if language == 'id' else '.'}{padded}"


def _level(word: str, levels: OrdinalLevels) -> Amount | Message:
    try:
        return Amount(levels.number(word))
    except ValueError:
        said = mark("'{text}' is none of the levels {levels}. Choose one of the list.")
        return Message(said, {"text": shortened(word), "levels": ", ".join(levels.numbers)})


def _unread(parsed: ParsedNumber) -> Message:
    if parsed.reading is Reading.AMBIGUOUS:
        first, *_, last = parsed.alternatives
        said = mark("'{text}' can be {one} or {other}. Type it as a number, without marks between thousands.")
        return Message(said, {**_of(parsed), "one": as_text(first), "other": as_text(last)})
    said = mark("'{text}' is no number. Write a number, or leave the cell empty where nothing is known yet.")
    return Message(said, _of(parsed))


def _of(parsed: ParsedNumber) -> dict[str, str]:
    return {"text": shortened(parsed.text)}
