"""Which units went into which, and what a unit, composed as it is now, had in an earlier period.

Follows `successor_code` where the whole of a unit moved; where it can't, it says why. Knows no screen and no store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import isnan, nan
from typing import Final, assert_never

import pandas as pd

from kpi.model import AggregationOverPeriods, AggregationOverUnits, Polarity
from kpi.periods import Grain, Period

DEEPEST: Final = 20
"""Mergers followed one after another; a chain longer than that is a circle in the data."""
_COLUMNS: Final = (
    *("unit_code", "period_start", "value", "target", "target_high", "numerator", "denominator"),
    *("parts_expected", "parts_present", "is_complete", "is_finished", "is_partial_sum"),
)


class Obstacle(StrEnum):
    """Why two figures are not compared, in the order in which the reasons are tried."""

    NO_VALUE = "no_value"
    MERGED_INSIDE = "merged_inside"
    PART_MOVED = "part_moved"
    NO_EARLIER_VALUE = "no_earlier_value"
    NO_RULE = "no_rule"


@dataclass(frozen=True, slots=True)
class Figure:
    """One consolidated figure; NaN = missing. `from_units` are the units that it was made from."""

    value: float
    target: float = nan
    target_high: float = nan
    numerator: float = nan
    denominator: float = nan
    parts_expected: int = 1
    parts_present: int = 1
    is_complete: bool = True
    is_finished: bool = True
    is_partial_sum: bool = False
    from_units: tuple[str, ...] = ()


Figures = Mapping[tuple[str, date], Figure]
"""Figures of one indicator, by unit and first day of the period."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier figure that may be compared with, or the obstacle and the units that stand in the way."""

    figure: Figure | None
    obstacle: Obstacle | None = None
    because_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What an indicator says on how its figures combine and which way is better."""

    polarity: Polarity | None
    over_periods: AggregationOverPeriods
    over_units: AggregationOverUnits
    multiplier: float
    decimals: int
    every_years: int


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A unit whose work went to another one when it ended. `share` None = nobody said how much."""

    unit_code: str
    successor_code: str
    last_day: date
    share: float | None

    @property
    def moved_whole(self) -> bool:
        """Whether all of its work went to the successor."""
        return self.share is not None and round(self.share, 9) == 1.0


@dataclass(frozen=True, slots=True)
class Lineage:
    """Which units went into which; read from the tree of units."""

    predecessors: tuple[Predecessor, ...]

    @classmethod
    def of(cls, units: pd.DataFrame) -> Lineage:
        """Read it from `units` as the snapshot gives them; a successor without an end of the unit counts not."""
        moved = units[units["successor_code"].notna() & units["valid_to"].notna()]
        return cls(
            tuple(
                Predecessor(
                    str(row["unit_code"]),
                    str(row["successor_code"]),
                    pd.Timestamp(row["valid_to"]).date(),
                    None if pd.isna(row["successor_share"]) else float(row["successor_share"]),
                )
                for row in moved.to_dict("records")
            )
        )

    def into(self, unit_code: str) -> tuple[Predecessor, ...]:
        """Return the units that went into this one directly."""
        return tuple(each for each in self.predecessors if each.successor_code == unit_code)

    def with_predecessors(self, unit_codes: Iterable[str]) -> tuple[str, ...]:
        """Return the units and all that went into them, directly or through others; each once, in order."""
        found = list(dict.fromkeys(unit_codes))
        for code in found:  # grows while it is walked
            found.extend(each.unit_code for each in self.into(code) if each.unit_code not in found)
        return tuple(found)


def figures_of(facts: pd.DataFrame) -> dict[tuple[str, date], Figure]:
    """Return the figures of one indicator and grain, from rows as the snapshot gives them."""
    return {(figure.from_units[0], start): figure for start, figure in _read(facts)}


def figures_by_pair(facts: pd.DataFrame) -> dict[tuple[str, str], tuple[Grain, dict[date, Figure]]]:
    """Return by unit and indicator its grain and its figures by the start of their period, from rows of one grain each.

    One pass over the columns: a group of a frame for each pair takes five times as long.
    """
    found: dict[tuple[str, str], tuple[Grain, dict[date, Figure]]] = {}
    named = zip(facts["unit_code"].tolist(), facts["indicator_code"].tolist(), facts["grain"].tolist(), strict=True)
    for (unit, code, grain), (start, figure) in zip(named, _read(facts), strict=True):
        pair = (str(unit), str(code))
        if pair not in found:
            found[pair] = Grain(grain), {}
        found[pair][1][start] = figure
    return found


def _read(facts: pd.DataFrame) -> Iterator[tuple[date, Figure]]:
    """Read rows into figures, each with the start of its period."""
    columns = (facts[name].tolist() for name in _COLUMNS)  # a record of a frame takes ten times as long
    for (
        unit, start, value, target, high, numerator, denominator, expected, present,
        is_complete, is_finished, is_partial_sum,
    ) in zip(*columns, strict=True):  # fmt: skip
        yield (
            pd.Timestamp(start).date(),
            Figure(
                value=float(value),
                target=float(target),
                target_high=float(high),
                numerator=float(numerator),
                denominator=float(denominator),
                parts_expected=_count(expected),
                parts_present=_count(present),
                is_complete=bool(is_complete),
                is_finished=bool(is_finished),
                is_partial_sum=bool(is_partial_sum),
                from_units=(str(unit),),
            ),
        )


def earlier_figure(
    figures: Figures, lineage: Lineage, rules: Rules, unit_code: str, now: Period, then: Period, depth: int = 0
) -> Earlier:
    """Return what the unit, composed as in `now`, had in the period `then`.

    Predecessors count that ended between the two periods and carry the indicator. One part gives its figure; several
    are combined as the indicator says for units (sum, ratio). A part without a value makes the whole missing.
    """
    ended = [each for each in lineage.into(unit_code) if then.start <= each.last_day < now.end]
    moved = [each for each in ended if _carried(figures, each.unit_code)]
    own = figures.get((unit_code, then.start))
    if not moved or depth > DEEPEST:
        return Earlier(own) if own and not isnan(own.value) else Earlier(None, Obstacle.NO_EARLIER_VALUE)
    inside = tuple(each.unit_code for each in moved if each.last_day >= now.start)
    if inside:
        return Earlier(None, Obstacle.MERGED_INSIDE, inside)
    in_part = tuple(each.unit_code for each in moved if not each.moved_whole)
    if in_part:
        return Earlier(None, Obstacle.PART_MOVED, in_part)
    before = [earlier_figure(figures, lineage, rules, each.unit_code, now, then, depth + 1) for each in moved]
    return _joined([Earlier(own)] * (own is not None) + before, rules, tuple(each.unit_code for each in moved))


def _carried(figures: Figures, unit_code: str) -> bool:
    known = (figure for (code, _), figure in figures.items() if code == unit_code)
    return any(not (isnan(figure.value) and isnan(figure.target)) for figure in known)


def _joined(parts: list[Earlier], rules: Rules, because_of: tuple[str, ...]) -> Earlier:
    stopped = next((part for part in parts if part.obstacle), None)
    if stopped:
        return replace(stopped, because_of=stopped.because_of or because_of)
    found = [part.figure for part in parts if part.figure is not None]
    if any(isnan(each.value) for each in found):
        return Earlier(None, Obstacle.NO_EARLIER_VALUE, because_of)
    if len(found) == 1:
        return Earlier(found[0])
    combined = _combined(found, rules)
    return Earlier(combined) if combined else Earlier(None, Obstacle.NO_RULE, because_of)


def _combined(parts: list[Figure], rules: Rules) -> Figure | None:
    whole = Figure(
        nan,
        parts_expected=sum(part.parts_expected for part in parts),
        parts_present=sum(part.parts_present for part in parts),
        is_complete=all(part.is_complete for part in parts),
        is_finished=all(part.is_finished for part in parts),
        is_partial_sum=any(part.is_partial_sum for part in parts),
        from_units=tuple(code for part in parts for code in part.from_units),
    )
    match rules.over_units:
        case AggregationOverUnits.SUM:
            return replace(whole, value=sum(part.value for part in parts), target=sum(part.target for part in parts))
        case AggregationOverUnits.RATIO:
            return _ratio(whole, parts, rules.multiplier)
        case AggregationOverUnits.MEAN | AggregationOverUnits.NONE:
            return None  # a plain mean of merged units is no figure of theirs: it says nothing of their sizes
        case _:
            assert_never(rules.over_units)


def _ratio(whole: Figure, parts: list[Figure], multiplier: float) -> Figure | None:
    numerator, denominator = sum(part.numerator for part in parts), sum(part.denominator for part in parts)
    if isnan(numerator) or isnan(denominator) or denominator == 0:
        return None
    return replace(
        whole,
        value=multiplier * numerator / denominator,
        target=sum(part.target * part.denominator for part in parts) / denominator,
        numerator=numerator,
        denominator=denominator,
    )


def _count(number: object) -> int:
    return 0 if pd.isna(number) else int(number)  # type: ignore[arg-type]  # a cell of a frame
