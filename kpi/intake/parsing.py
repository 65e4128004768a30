"""Turns the text of a sheet into types at the edge, and says which cells can't be read. Judges single cells only."""

# pyright: reportAttributeAccessIssue=false
# pyarrow.compute makes its functions at import, where a type checker can't see them.

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kpi.inert import as_it_was
from kpi.intake.coded import Coded, coded_text
from kpi.intake.columns import NUMBER_COLUMNS
from kpi.intake.dates import day_faults, period_faults, read_day, read_periods
from kpi.intake.faults import Fault, fault
from kpi.intake.messages import Message, close_to, mark
from kpi.intake.numbers import number_faults, read_numbers, trimmed, unread, written_decimals
from kpi.intake.ordinal import levels_of, read_levels
from kpi.intake.rows import Rows
from kpi.intake.sheet import Sheet
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Polarity, Verification
from kpi.periods import Period
from kpi.scoring.ordinal import OrdinalLevels

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

MULTIPLIERS: Final = (1.0, 100.0, 1000.0, 100000.0)
_POLARITY_WORDS: Final = {"higher": Polarity.MAXIMIZE, "lower": Polarity.MINIMIZE}
_ORDINAL_COLUMNS: Final = ("value", "target", "target_high")


def parse(sheet: Sheet, year_starts_in: int, indicators: Mapping[str, Indicator]) -> tuple[Rows, list[Fault]]:
    """Return the typed rows and the faults of single cells; `indicators` are the known ones, by code."""
    cells = _Cells(sheet)
    start, end = cells.days("period_start"), cells.days("period_end")
    days = read_periods(start, end)
    periods = days.read_as(lambda pair: Period.of_span(*pair, year_starts_in) if pair[0] <= pair[1] else None)
    cells.faults.extend(period_faults(days, periods, year_starts_in))
    indicator = cells.needed("indicator_code")
    levels = levels_of(indicators)
    numbers = {name: cells.numbers(name, indicator, levels) for name in NUMBER_COLUMNS}
    rows = Rows(
        lines=sheet.lines,
        unit=cells.needed("unit_code"),
        unit_name=cells.text("unit_name"),
        parent=cells.text("parent_code"),
        indicator=indicator,
        indicator_name=cells.text("indicator_name"),
        unit_of_measure=cells.text("unit_of_measure"),
        polarity=cells.choice("polarity", _read_polarity, (*_POLARITY_WORDS, *Polarity)),
        multiplier=cells.choice(
            "multiplier", _read_multiplier, [f"{number:g}" for number in (1, 100, 1000)] + ["100000"]
        ),
        every_years=cells.choice("every_years", _read_years, ("1", "2", "5")),
        over_periods=cells.choice("aggregation_over_periods", _member(AggregationOverPeriods), AggregationOverPeriods),
        over_units=cells.choice("aggregation_over_units", _member(AggregationOverUnits), AggregationOverUnits),
        verification=cells.choice("verification", _member(Verification), Verification),
        period=periods,
        value_decimals=cells.decimals("value"),
        target_decimals=cells.decimals("target"),
        note=cells.notes(),
        has_figure=cells.has_text(("value", "target", "numerator", "denominator")),
        has_value_column="value" in sheet.columns,
        **numbers,
    )
    return rows, [*_ragged(sheet), *cells.faults]


class _Cells:
    """Reads column after column of one sheet and gathers what can't be read."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._texts = {name: trimmed(sheet.columns[name]) for name in NUMBER_COLUMNS if name in sheet.columns}
        self.faults: list[Fault] = []

    def text(self, name: str) -> Coded[str]:
        column = self._sheet.columns.get(name)
        return Coded.absent(self._sheet.row_count) if column is None else coded_text(column)

    def needed(self, name: str) -> Coded[str]:
        texts = self.text(name)
        empty = Message(mark("{column} is empty. Every row needs one."), {"column": name})
        self.faults.extend(fault(~texts.is_stated, name, lambda _: empty))
        return texts

    def days(self, name: str) -> Coded[date]:
        texts = self.needed(name)
        days = texts.read_as(read_day)
        self.faults.extend(day_faults(name, texts, days))
        return days

    def choice(self, name: str, read: Callable[[str], T | None], allowed: Iterable[str]) -> Coded[T]:
        texts = self.text(name)
        read_column = texts.read_as(read)
        broken = texts.is_stated & ~read_column.is_stated
        words = list(allowed)
        sentence = mark("'{text}' is no {column}.{hint} Write one of: {allowed}.")

        def say(row: int) -> Message:
            text = texts.at(row) or ""
            values = {"text": text, "column": name, "hint": close_to(text, words), "allowed": ", ".join(words)}
            return Message(sentence, values)

        self.faults.extend(fault(broken, name, say))
        return read_column

    def numbers(self, name: str, indicator: Coded[str], levels: Mapping[str, OrdinalLevels]) -> NDArray[np.float64]:
        texts = self._texts.get(name)
        if texts is None:
            return np.broadcast_to(np.nan, self._sheet.row_count)
        numbers = read_numbers(texts)
        is_unread = unread(texts, numbers)
        if name in _ORDINAL_COLUMNS and levels and is_unread.any():
            rows, found = read_levels(texts, is_unread, indicator, levels)
            numbers[rows], is_unread[rows] = found, False
        self.faults.extend(number_faults(name, texts, is_unread))
        return numbers

    def decimals(self, name: str) -> NDArray[np.int8]:
        texts = self._texts.get(name)
        return np.zeros(self._sheet.row_count, np.int8) if texts is None else written_decimals(texts)

    def has_text(self, names: Iterable[str]) -> NDArray[np.bool_]:
        written = [pc.not_equal(self._texts[name], "").to_numpy() for name in names if name in self._texts]
        return np.logical_or.reduce(written)

    def notes(self) -> pa.ChunkedArray:
        notes = self._sheet.columns.get("note")
        if notes is None:
            return pa.chunked_array([pa.nulls(self._sheet.row_count, pa.string())])
        text = trimmed(notes)
        if pc.any(pc.starts_with(text, "'")).as_py():
            text = pa.chunked_array([pa.array([as_it_was(note) for note in text.to_pylist()], pa.string())])
        return pc.if_else(pc.equal(text, ""), None, text)


def _ragged(sheet: Sheet) -> Iterable[Fault]:
    if not sheet.ragged:
        return
    expected = len(sheet.header)
    text = mark(
        "the row has {cells} cells and the header has {expected}. "
        "Put a text that holds a comma within quotation marks, and leave no cell out."
    )
    yield Fault(
        np.array(sorted(sheet.ragged), dtype=np.int64),
        None,
        lambda row: Message(text, {"cells": sheet.ragged[row], "expected": expected}),
    )


def _read_polarity(text: str) -> Polarity | None:
    word = text.lower()
    return _POLARITY_WORDS.get(word) or _member(Polarity)(word)


def _read_multiplier(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if number in MULTIPLIERS else None


def _read_years(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= 10 else None


def _member(kind: type[E]) -> Callable[[str], E | None]:
    members = {member.value: member for member in kind}
    return lambda text: members.get(text.lower())
