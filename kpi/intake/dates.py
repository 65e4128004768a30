"""Reads the two dates of each row as a whole period of the organisation's year, or says what the dates overlap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kpi.intake.coded import Coded
from kpi.intake.faults import Fault, fault
from kpi.intake.messages import Message, mark
from kpi.periods import GRAINS, MONTHS, Period

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00:00(?:\.0+)?)?")


def read_day(text: str) -> date | None:
    """Return the day that `2026-09-30` names (midnight may stand behind it), or None."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def read_periods(start: Coded[date], end: Coded[date]) -> Coded[tuple[date, date]]:
    """Return the pair of days of each row; −1 where one of them is missing."""
    both = start.is_stated & end.is_stated
    pair = np.where(both, start.codes.astype(np.int64) * (len(end.distinct) + 1) + end.codes, -1)
    codes, found = pd.factorize(pair)
    days: list[tuple[date, date] | None] = [
        None
        if number < 0
        else (start.distinct[number // (len(end.distinct) + 1)], end.distinct[number % (len(end.distinct) + 1)])
        for number in found.tolist()
    ]
    return Coded(codes.astype(np.int32), tuple(range(len(days)))).read_as(lambda place: days[place])


def day_faults(column: str, texts: Coded[str], days: Coded[date]) -> Iterator[Fault]:
    """Yield the rows whose text is no day."""
    broken = texts.is_stated & ~days.is_stated
    yield from fault(broken, column, lambda row: _no_day(texts.at(row) or ""))


def period_faults(days: Coded[tuple[date, date]], periods: Coded[Period], year_starts_in: int) -> Iterator[Fault]:
    """Yield the rows whose days are no whole period: turned round, or across the organisation's periods."""
    turned = np.array([start > end for start, end in days.distinct], dtype=np.bool_)
    is_turned = days.spread(turned, otherwise=False).astype(np.bool_)

    text = mark("the period ends on {end}, before it starts on {start}. Both days belong to the period.")

    def say_turned(row: int) -> Message:
        start, end = _pair(days, row)
        return Message(text, {"start": start, "end": end})

    yield from fault(is_turned, "period_end", say_turned)
    broken = days.is_stated & ~periods.is_stated & ~is_turned
    yield from fault(broken, "period_start", lambda row: no_period(*_pair(days, row), year_starts_in))


@cache
def no_period(start: date, end: date, year_starts_in: int) -> Message:
    """Say why the days are no period, what they overlap, and which start of the year would make them one."""
    grain = [grain for grain in GRAINS if MONTHS[grain] <= max(_months(start, end), 1)][-1]
    first = Period.containing(start, grain, year_starts_in)
    last = Period.containing(end, grain, year_starts_in)
    overlapped = Message(mark("part of {one}") if first == last else mark("{one} and {other}"))
    overlapped = Message(overlapped.text, {"one": first.code, "other": last.code})
    values = {"start": start, "end": end, "overlapped": overlapped}
    fits = [month for month in range(1, 13) if Period.of_span(start, end, month)]
    if not fits:
        text = mark(
            "{start} to {end} is no whole month, quarter, semester or year: it overlaps {overlapped}. "
            "Give the first and the last day of one period."
        )
        return Message(text, values)
    text = mark(
        "{start} to {end} is no whole month, quarter, semester or year: it overlaps {overlapped}, because the "
        "organisation's year starts in month {own}. "
        "It would be whole if that year started in month {other} (--year-starts-in {other})."
    )
    return Message(text, {**values, "own": year_starts_in, "other": fits[0]})


def _months(start: date, end: date) -> int:
    return (end.year - start.year) * 12 + end.month - start.month + 1


def _pair(days: Coded[tuple[date, date]], row: int) -> tuple[date, date]:
    pair = days.at(row)
    assert pair is not None  # only rows with both days are asked about
    return pair


def _no_day(text: str) -> Message:
    words = mark("'{text}' is not a day between {first} and {last}. Write year-month-day, as in 2026-09-30.")
    return Message(words, {"text": text, "first": FIRST_YEAR, "last": LAST_YEAR})


def grain_places(periods: Coded[Period]) -> NDArray[np.int64]:
    """Return for each distinct period the place of its grain, 0 the finest."""
    return np.array([GRAINS.index(period.grain) for period in periods.distinct], dtype=np.int64)
