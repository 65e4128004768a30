"""What an entry turned: figures, their ratings, and indices of units that differ between two snapshots.

Knows no screen and no language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import nan

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.periods import MONTHS, Grain, Period
from kpi.scoring.profile import RuleProfile
from kpi.scoring.table import score_table
from kpi.views.indices import indices_of_units
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet, sheets_of
from kpi.views.tree import tree_of


@dataclass(frozen=True, slots=True, order=True)
class Touched:
    """A figure that an entry stated, changed or withdrew."""

    unit_code: str
    indicator_code: str
    period: Period


@dataclass(frozen=True, slots=True)
class Side:
    """A figure, or a unit's index, in one snapshot; NaN and None = none. `index` is a ratio, `rating` a band's code."""

    value: float = nan
    target: float = nan
    target_high: float = nan
    index: float = nan
    rating: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What differs between the two. `sheet` None: the unit's own index."""

    unit_code: str
    unit_name: str
    sheet: Sheet | None
    period: Period
    before: Side
    after: Side

    @property
    def is_rated_otherwise(self) -> bool:
        """Whether the rating differs."""
        return self.before.rating != self.after.rating


@dataclass(frozen=True, slots=True)
class Turned:
    """The differences: those of another rating first, then by unit; figures and units' indices apart."""

    figures: tuple[Turn, ...]
    units: tuple[Turn, ...]

    @property
    def rated_otherwise(self) -> int:
        """How many figures and units have another rating."""
        return sum(turn.is_rated_otherwise for turn in (*self.figures, *self.units))


def turned(
    before: AllowedSnapshot,
    after: AllowedSnapshot,
    selection: Selection,
    touched: tuple[Touched, ...],
    profile: RuleProfile,
) -> Turned:
    """Compare what was touched, and the indices of those units and of all above them, in both snapshots.

    Figures are compared at the grains that were touched, indices also at the grain of the selection; for the period.
    """
    if not touched:
        return Turned((), ())
    names, above = _units(after, selection.organisation_code, {each.unit_code for each in touched})
    grains = {each.period.grain for each in touched}
    figures: list[Turn] = []
    units: list[Turn] = []
    for grain in sorted(grains | {selection.period.grain}, key=MONTHS.__getitem__):
        span = _span(touched, grain)
        if grain in grains:
            of_grain = [each for each in touched if each.period.grain is grain]
            was, now = (_figures(each, selection, of_grain, span, profile) for each in (before, after))
            figures += _turns(was, now, names, sheets_of(after, selection.organisation_code), span[0])
        was, now = (_indices(each, selection, above, span, profile) for each in (before, after))
        units += _turns(was, now, names, {}, span[0])
    return Turned(_ordered(figures), _ordered(units))


Key = tuple[str, str, date]
"""Unit, indicator (empty: the unit's index) and first day."""


def _units(
    snapshot: AllowedSnapshot, organisation_code: str, codes: set[str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return all names, and the codes with those of every unit above them."""
    tree = tree_of(snapshot.units(organisation_code))
    above = {place.unit_code for code in codes if code in tree.nodes for place in tree.way_to(code)}
    return {code: node.name for code, node in tree.nodes.items()}, tuple(sorted(above))


def _span(touched: Iterable[Touched], grain: Grain) -> tuple[Period, Period]:
    """Return the first and the last period of the grain in which something was touched, or which contain it."""
    periods = [each.period for each in touched]
    last = max(periods, key=lambda period: period.end)
    first = min(periods, key=lambda period: period.start)
    return (
        Period.containing(first.start, grain, first.year_starts_in),
        Period.containing(last.end, grain, last.year_starts_in),
    )


def _figures(
    snapshot: AllowedSnapshot,
    selection: Selection,
    touched: Iterable[Touched],
    span: tuple[Period, Period],
    profile: RuleProfile,
) -> dict[Key, Side]:
    wanted = {(each.unit_code, each.indicator_code, each.period.start) for each in touched}
    facts = snapshot.facts(
        selection.organisation_code,
        unit_codes=sorted({unit for unit, _, _ in wanted}),
        indicator_codes=sorted({indicator for _, indicator, _ in wanted}),
        grain=span[0].grain,
        first=span[0].end,
        last=span[1].end,
    )
    found = _sides(score_table(facts, profile))
    return {key: side for key, side in found.items() if key in wanted}


def _indices(
    snapshot: AllowedSnapshot,
    selection: Selection,
    unit_codes: tuple[str, ...],
    span: tuple[Period, Period],
    profile: RuleProfile,
) -> dict[Key, Side]:
    at_grain = Selection(selection.organisation_code, span[1], False, selection.profile_code)
    frame = indices_of_units(snapshot, at_grain, unit_codes, span[0].end, span[1].end, profile)
    return _sides(frame.assign(indicator_code="", value=nan, target=nan, target_high=nan))


def _sides(frame: pd.DataFrame) -> dict[Key, Side]:
    columns = ("unit_code", "indicator_code", "period_start", "value", "target", "target_high", "index", "rating")
    rows = zip(*(frame[name] for name in columns), strict=True)
    return {
        (str(unit), str(indicator), pd.Timestamp(start).date()): Side(
            float(value), float(target), float(high), float(index), None if pd.isna(rating) else str(rating)
        )
        for unit, indicator, start, value, target, high, index, rating in rows
    }


def _turns(
    before: Mapping[Key, Side],
    after: Mapping[Key, Side],
    names: Mapping[str, str],
    sheets: Mapping[str, Sheet],
    like: Period,
) -> list[Turn]:
    found = []
    for key in sorted(before.keys() | after.keys()):
        unit, indicator, start = key
        sides = before.get(key, Side()), after.get(key, Side())
        if not _same(*sides) and (indicator == "" or indicator in sheets):
            period = Period.beginning(start, like.grain, like.year_starts_in)
            found.append(Turn(unit, names.get(unit, unit), sheets.get(indicator), period, *sides))
    return found


def _same(before: Side, after: Side) -> bool:
    pairs = ((getattr(before, name), getattr(after, name)) for name in ("value", "target", "target_high", "index"))
    return before.rating == after.rating and all(a == b or (a != a and b != b) for a, b in pairs)


def _ordered(turns: Iterable[Turn]) -> tuple[Turn, ...]:
    return tuple(sorted(turns, key=lambda turn: (not turn.is_rated_otherwise, turn.unit_name, turn.period.start)))
