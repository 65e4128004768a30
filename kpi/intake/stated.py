"""What the rows state about units and indicators beside what is known of them, and the rows that contradict it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kpi.intake.coded import Coded, Reference, known_values, reference
from kpi.intake.faults import Fault, fault, on_line
from kpi.intake.messages import Message, close_to, mark
from kpi.intake.rows import Rows
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Polarity, Unit
from kpi.store.record import Definitions

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stated:
    """For each unit and indicator of the file what holds: what is known of it, else what the file says first."""

    unit_name: Reference[str]
    parent: Reference[str]
    indicator_name: Reference[str]
    unit_of_measure: Reference[str]
    polarity: Reference[Polarity]
    multiplier: Reference[float]
    every_years: Reference[int]
    over_periods: Reference[AggregationOverPeriods]
    over_units: Reference[AggregationOverUnits]


def stated(rows: Rows, known: Definitions | None, among: NDArray[np.bool_] | None = None) -> Stated:
    """Return what holds; only the rows `among` are heard (all unless told).

    An aggregation known as `none` says nothing yet, so a file may state one.
    """
    units: Mapping[str, Unit] = known.units if known else {}
    indicators: Mapping[str, Indicator] = known.indicators if known else {}

    def of_unit(column: Coded[T], read: Callable[[Unit], T | None]) -> Reference[T]:
        return reference(rows.unit, column, known_values(units, read), among)

    def of_indicator(column: Coded[T], read: Callable[[Indicator], T | None]) -> Reference[T]:
        return reference(rows.indicator, column, known_values(indicators, read), among)

    return Stated(
        unit_name=of_unit(rows.unit_name, lambda unit: unit.name),
        parent=of_unit(rows.parent, lambda unit: unit.parent_code),
        indicator_name=of_indicator(rows.indicator_name, lambda indicator: indicator.name),
        unit_of_measure=of_indicator(rows.unit_of_measure, lambda indicator: indicator.unit_of_measure or None),
        polarity=of_indicator(rows.polarity, lambda indicator: indicator.polarity),
        multiplier=of_indicator(rows.multiplier, lambda indicator: indicator.multiplier),
        every_years=of_indicator(rows.every_years, lambda indicator: indicator.every_years),
        over_periods=of_indicator(
            rows.over_periods,
            lambda indicator: _unless_none(indicator.aggregation_over_periods, AggregationOverPeriods.NONE),
        ),
        over_units=of_indicator(
            rows.over_units, lambda indicator: _unless_none(indicator.aggregation_over_units, AggregationOverUnits.NONE)
        ),
    )


def contradictions(rows: Rows, holds: Stated) -> Iterator[Fault]:
    """Yield the rows that say otherwise than what is known, or than an earlier line."""

    def of_indicator(column: str, attribute: Coded[T], held: Reference[T]) -> Iterator[Fault]:
        return _differing("indicator", rows.indicator, column, attribute, held, rows.lines)

    yield from _differing("unit", rows.unit, "parent_code", rows.parent, holds.parent, rows.lines)
    yield from of_indicator("polarity", rows.polarity, holds.polarity)
    yield from of_indicator("multiplier", rows.multiplier, holds.multiplier)
    yield from of_indicator("every_years", rows.every_years, holds.every_years)
    yield from of_indicator("aggregation_over_periods", rows.over_periods, holds.over_periods)
    yield from of_indicator("aggregation_over_units", rows.over_units, holds.over_units)


def other_names(rows: Rows, holds: Stated) -> list[tuple[int, str, Message]]:
    """Return a warning for each unit and indicator that the file names otherwise: row, column, and words.

    The name that holds is kept.
    """
    return [
        *_renamed(
            "unit_name",
            mark("unit '{code}': its name '{here}' differs from '{kept}', which is kept."),
            (rows.unit, rows.unit_name, holds.unit_name),
        ),
        *_renamed(
            "indicator_name",
            mark("indicator '{code}': its name '{here}' differs from '{kept}', which is kept."),
            (rows.indicator, rows.indicator_name, holds.indicator_name),
        ),
        *_renamed(
            "unit_of_measure",
            mark("indicator '{code}': its unit_of_measure '{here}' differs from '{kept}', which is kept."),
            (rows.indicator, rows.unit_of_measure, holds.unit_of_measure),
        ),
    ]


def unknown_codes(rows: Rows, known: Definitions | None) -> Iterator[Fault]:
    """Yield the rows whose unit or indicator is not defined."""
    for kind, owner, defined in (
        ("unit", rows.unit, known.units if known else {}),
        ("indicator", rows.indicator, known.indicators if known else {}),
    ):
        yield from _undefined(kind, owner, list(defined))


def circles(rows: Rows, holds: Stated, known: Definitions | None, root: str) -> Iterator[Fault]:
    """Yield the rows whose parent_code puts a unit below itself, or the organisation below one of its units."""
    parents: dict[str, str | None] = {
        unit.unit_code: unit.parent_code for unit in (known.units if known else {}).values()
    }
    parents |= {code: parent for code, parent in zip(rows.unit.distinct, holds.parent.by_owner, strict=True) if parent}
    parents[root] = None
    below_itself = np.array(
        [code == root or _meets_itself(code, parents) for code in rows.unit.distinct], dtype=np.bool_
    )
    broken = rows.parent.is_stated & rows.unit.spread(below_itself, otherwise=False).astype(np.bool_)

    def say(row: int) -> Message:
        values = {"unit": rows.unit.at(row), "parent": rows.parent.at(row)}
        if values["unit"] == root:
            words = mark("unit '{unit}' is the organisation itself and has no parent. Leave parent_code empty.")
        else:
            words = mark(
                "unit '{unit}' can't lie below '{parent}', which lies below it. Give one of them another parent."
            )
        return Message(words, values)

    yield from fault(broken & ~holds.parent.differs, "parent_code", say)


def _differing(
    kind: str, owner: Coded[str], column: str, attribute: Coded[T], held: Reference[T], lines: NDArray[np.int64]
) -> Iterator[Fault]:
    known = mark(
        "unit '{code}' has {column} {here} here, but {there} is {where}. Give it one {column}, or another code."
    )
    if kind == "indicator":
        known = mark(
            "indicator '{code}' has {column} {here} here, but {there} is {where}. "
            "Give it one {column}, or another code."
        )

    def say(row: int) -> Message:
        place = owner.codes[row]
        first = held.first[place]
        where = on_line(int(lines[first])) if first >= 0 else Message(mark("known"))
        here, there = _shown(attribute.at(row)), _shown(held.by_owner[place])
        values = {"code": owner.at(row), "column": column, "here": here, "there": there, "where": where}
        return Message(known, values)

    yield from fault(held.differs, column, say)


def _renamed(
    column: str, text: str, named: tuple[Coded[str], Coded[str], Reference[str]]
) -> Iterator[tuple[int, str, Message]]:
    """Yield row, column and words of the first row of each owner whose attribute is not the one that holds."""
    owner, attribute, held = named
    rows = np.flatnonzero(held.differs)
    _, firsts = np.unique(owner.codes[rows], return_index=True)
    for row in rows[np.sort(firsts)].tolist():
        values = {"code": owner.at(row), "here": attribute.at(row), "kept": held.by_owner[owner.codes[row]]}
        yield row, column, Message(text, values)


def _undefined(kind: str, owner: Coded[str], known: list[str]) -> Iterator[Fault]:
    defined = set(known)
    is_unknown = np.array([code not in defined for code in owner.distinct], dtype=np.bool_)
    text = mark("unit '{code}' is not defined.{hint} Mend the code, or register it with --create.")
    if kind == "indicator":
        text = mark("indicator '{code}' is not defined.{hint} Mend the code, or register it with --create.")
    sentences: dict[str, Message] = {}

    def say(row: int) -> Message:
        code = owner.at(row) or ""
        if code not in sentences:
            sentences[code] = Message(text, {"code": code, "hint": close_to(code, known)})
        return sentences[code]

    broken = owner.spread(is_unknown, otherwise=False).astype(np.bool_)
    yield from fault(broken, f"{kind}_code", say)


def _meets_itself(code: str, parents: Mapping[str, str | None]) -> bool:
    passed = {code}
    parent = parents.get(code)
    while parent is not None and parent != code and parent not in passed:
        passed.add(parent)
        parent = parents.get(parent)
    return parent == code


def _unless_none(rule: T, none: T) -> T | None:
    return None if rule == none else rule


def _shown(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else f"{value}"
