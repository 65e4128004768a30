"""What is wrong with a definition sheet, whoever states it: a template, or a person on screen. Knows no record."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from kpi.intake.messages import Message, mark
from kpi.model import Indicator
from kpi.periods import Grain
from kpi.scoring.ordinal import parse_levels
from kpi.scoring.scale import parse_scale

MULTIPLIERS: Final = (1, 100, 1000, 100000)
MOST_DECIMALS: Final = 4
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9_.\-]{0,39}")

Said = tuple[str, Message]
"""A field of `model.Indicator`, and what is wrong with it."""


def faults_of_code(code: str) -> Iterator[Said]:
    """Yield what keeps a text from being the code of a new indicator."""
    if not _CODE.fullmatch(code):
        text = mark("'{code}' can't be a code. Use capitals, digits and underscores, at most 40.")
        yield "indicator_code", Message(text, {"code": code})


def faults_of_sheet(indicator: Indicator, known: Mapping[str, Indicator]) -> Iterator[Said]:
    """Yield what is wrong with a whole sheet; `known` are the indicators that it may be computed from."""
    if not indicator.name.strip():
        yield "name", Message(mark("The new indicator {code} has no name."), {"code": indicator.indicator_code})
    if indicator.multiplier not in MULTIPLIERS:
        yield "multiplier", Message(mark("The multiplier is one of 1, 100, 1000 and 100000."))
    if indicator.decimals not in range(MOST_DECIMALS + 1):
        yield "decimals", Message(mark("Decimals are a whole number from 0 to 4."))
    low, high = indicator.lowest_possible, indicator.highest_possible
    if low is not None and high is not None and low >= high:
        text = mark("The highest possible value {high:.15g} is not above the lowest, {low:.15g}. Mend one of them.")
        yield "highest_possible", Message(text, {"high": high, "low": low})
    yield from _faults_of_scales(indicator)
    yield from _faults_of_years(indicator)
    yield from _faults_of_parts(indicator, known)


def _faults_of_scales(indicator: Indicator) -> Iterator[Said]:
    readers = (
        (
            "ordinal_levels",
            parse_levels,
            mark("The levels can't be read. Write them as WTP:4;WDP:3;TW:2;TMP:1."),
        ),
        (
            "conversion_scale",
            parse_scale,
            mark("The conversion scale can't be read. Write it as 0:0;90:100;100:120, both rising."),
        ),
    )
    for name, reader, text in readers:
        written = getattr(indicator, name)
        try:
            reader(written) if written else None
        except ValueError:
            yield name, Message(text)


def _faults_of_years(indicator: Indicator) -> Iterator[Said]:
    if indicator.every_years < 1:
        yield "every_years", Message(mark("Write how many years lie between two figures: 1, 2, 3 …"))
    elif indicator.every_years > 1 and indicator.grain != Grain.YEAR.value:
        text = mark("An indicator of every {years} years is reported by year. Choose the year, or write 1.")
        yield "every_years", Message(text, {"years": indicator.every_years})


def _faults_of_parts(indicator: Indicator, known: Mapping[str, Indicator]) -> Iterator[Said]:
    parts = {
        "numerator_indicator_code": indicator.numerator_indicator_code,
        "denominator_indicator_code": indicator.denominator_indicator_code,
    }
    if len([code for code in parts.values() if code]) == 1:
        empty = next(name for name, code in parts.items() if not code)
        yield empty, Message(mark("An indicator that is computed has both: a numerator and a denominator."))
    for name, code in parts.items():
        if code == indicator.indicator_code:
            yield name, Message(mark("An indicator can't be computed from itself."))
        elif code and code not in known:
            yield name, Message(mark("The indicator {code} is not known."), {"code": code})
