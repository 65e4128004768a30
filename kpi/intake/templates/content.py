"""What a template of a unit and a period holds, out of a snapshot. Draws nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isnan, nan
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.errors import UnknownCode
from kpi.model import AggregationOverPeriods, Comment, Indicator, Organisation, Origin
from kpi.periods import Grain, Period
from kpi.views.definitions import definitions_of
from kpi.views.tree import tree_of

YEARS_AHEAD: Final = 5
"""Years of the target trajectory, the template's own among them."""
_YEARS_BACK: Final = 5


class Filling(StrEnum):
    """How a figure comes about, and so which of its cells are to be filled in."""

    VALUE = "value"
    PARTS = "parts"
    FROM_BELOW = "from_below"
    COMPUTED = "computed"

    @property
    def is_asked(self) -> bool:
        """Whether the unit itself fills it in."""
        return self in (Filling.VALUE, Filling.PARTS)


@dataclass(frozen=True, slots=True)
class Known:
    """A figure as it was reported; NaN = missing."""

    value: float = nan
    numerator: float = nan
    denominator: float = nan
    target: float = nan
    target_high: float = nan
    note: str = ""


NOTHING: Final = Known()
_OF_COMMENTS: Final = ("unit_code", "indicator_code", "grain", "cause", "obstacle", "follow_up", "owner")
_NUMBERS: Final = ("value", "numerator", "denominator", "target", "target_high")


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure to fill in: what is reported already, and the values to hold it against.

    `last` is the newest earlier value with its period, `year_before` that of the same period a cycle earlier;
    `comment` is what stands of the figure already.
    """

    unit_code: str
    indicator: Indicator
    period: Period
    filling: Filling
    known: Known
    last: float = nan
    last_period: Period | None = None
    year_before: float = nan
    comment: Comment | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """What a unit states of an indicator: its weight in the year, its target of each year as (low, high), NaN = none.

    `is_first`: no earlier statement of the template has the same indicator, so this one shows its definition.
    """

    unit_code: str
    indicator: Indicator
    weight: float
    targets: Mapping[int, tuple[float, float]]
    is_first: bool


@dataclass(frozen=True, slots=True)
class Content:
    """A template's whole content. `units` are the names of the units in it, the asked one first."""

    organisation: Organisation
    unit_code: str
    period: Period
    units: Mapping[str, str]
    entries: tuple[Entry, ...]
    statements: tuple[Statement, ...]

    @property
    def years(self) -> tuple[int, ...]:
        """The years of the target trajectory."""
        return tuple(range(self.period.year, self.period.year + YEARS_AHEAD))


def content_of(
    snapshot: AllowedSnapshot, organisation_code: str, unit_code: str, period: Period, *, with_units_below: bool = False
) -> Content:
    """Gather what a unit (and on wish those below it) fills in: every own period that ends inside `period`.

    A template of September so holds the monthly figures of September and the quarterly ones of the third quarter.
    Raises UnknownCode.
    """
    organisation = _organisation(snapshot, organisation_code)
    tree = tree_of(snapshot.units(organisation_code))
    if unit_code not in tree.nodes:
        raise UnknownCode("unit", unit_code, tree.nodes)
    codes = tree.subtree(unit_code) if with_units_below else (unit_code,)
    codes = tuple(code for code in codes if code == unit_code or tree.nodes[code].existed_in(period))
    past = _Past.of(snapshot, organisation_code, codes, period)
    entries = [entry for code in codes for entry in _entries(code, past, period)]
    return Content(
        organisation,
        unit_code,
        period,
        {code: tree.name(code) for code in codes},
        tuple(entries),
        tuple(_statements(codes, past, period)),
    )


def _organisation(snapshot: AllowedSnapshot, code: str) -> Organisation:
    known = {organisation.organisation_code: organisation for organisation in snapshot.organisations()}
    if code not in known:
        raise UnknownCode("organisation", code, known)
    return known[code]


Key = tuple[str, str, str, pd.Timestamp]
"""Unit, indicator, grain, first day."""


@dataclass(frozen=True, slots=True)
class _Past:
    """What is known of the units: as reported, as consolidated at each indicator's own grain, and agreed."""

    definitions: Mapping[str, Indicator]
    reported: Mapping[Key, Known]
    facts: Mapping[tuple[str, str], pd.DataFrame]
    weights: Mapping[tuple[str, str], float]
    carried: Mapping[str, tuple[str, ...]]
    comments: Mapping[Key, Comment]

    @classmethod
    def of(cls, snapshot: AllowedSnapshot, organisation_code: str, codes: Sequence[str], period: Period) -> _Past:
        year = Period.containing(period.end, Grain.YEAR, period.year_starts_in)
        first, last = year.years_later(-_YEARS_BACK).start, year.years_later(YEARS_AHEAD - 1).end
        reported = snapshot.measurements(organisation_code, unit_codes=codes, first=first, last=last)
        facts = snapshot.facts(organisation_code, unit_codes=codes, first=first, last=period.end)
        agreed = snapshot.agreements(organisation_code, year.year)
        agreed = agreed[agreed["unit_code"].isin(codes)]
        definitions = definitions_of(snapshot, organisation_code)
        recent = reported[_is_recent(reported, definitions, year)]
        pairs = pd.concat([agreed, recent])[["unit_code", "indicator_code"]].drop_duplicates()
        pairs = pairs.sort_values(["unit_code", "indicator_code"])
        return cls(
            definitions,
            _reported(reported, period.year_starts_in),
            {(str(unit), str(code)): rows for (unit, code), rows in facts.groupby(["unit_code", "indicator_code"])},
            {
                (str(row["unit_code"]), str(row["indicator_code"])): float(row["weight"])
                for row in agreed.to_dict("records")
            },
            {str(unit): tuple(rows["indicator_code"]) for unit, rows in pairs.groupby("unit_code")},
            _comments(snapshot, organisation_code, codes, period),
        )

    def known(self, unit_code: str, indicator_code: str, period: Period) -> Known:
        """Return a figure as it was reported."""
        return self.reported.get(_key(unit_code, indicator_code, period), NOTHING)


def _is_recent(reported: pd.DataFrame, definitions: Mapping[str, Indicator], year: Period) -> pd.Series:
    """Say which figures show that their unit still carries the indicator: those since its last cycle."""
    every_years = {code: indicator.every_years for code, indicator in definitions.items()}
    cycles = reported["indicator_code"].map(every_years).astype("int64")  # of no row, too
    return reported["period_end"].dt.year >= year.year - cycles


def _key(unit_code: str, indicator_code: str, period: Period) -> Key:
    return unit_code, indicator_code, period.grain.value, pd.Timestamp(period.start)


def _reported(rows: pd.DataFrame, year_starts_in: int) -> dict[Key, Known]:
    found: dict[Key, Known] = {}
    for row in rows.to_dict("records"):
        period = Period.of_span(row["period_start"].date(), row["period_end"].date(), year_starts_in)
        if period is not None:
            note = "" if pd.isna(row["note"]) else str(row["note"])
            numbers = {name: float(row[name]) for name in _NUMBERS}
            found[_key(row["unit_code"], row["indicator_code"], period)] = Known(**numbers, note=note)
    return found


def _comments(
    snapshot: AllowedSnapshot, organisation_code: str, codes: Sequence[str], period: Period
) -> dict[Key, Comment]:
    """Return the comments on figures that end inside the period."""
    rows = snapshot.commentary(organisation_code, unit_codes=codes, first=period.start, last=period.end)
    found: dict[Key, Comment] = {}
    for row in rows.to_dict("records"):
        days = {name: row[name].date() for name in ("period_start", "period_end", "due")}
        texts = {name: str(row[name]) for name in _OF_COMMENTS}
        comment = Comment(organisation_code, **texts, **days, author="")
        key = (comment.unit_code, comment.indicator_code, comment.grain, pd.Timestamp(comment.period_start))
        found[key] = comment
    return found


def _entries(unit_code: str, past: _Past, asked: Period) -> list[Entry]:
    """Return the unit's figures, those that it fills in itself first."""
    entries = [
        _entry(unit_code, past.definitions[code], period, past)
        for code in past.carried.get(unit_code, ())
        for period in _own_periods(past.definitions[code], asked, past.facts.get((unit_code, code)))
    ]
    return sorted(entries, key=lambda entry: not entry.filling.is_asked)


def _own_periods(indicator: Indicator, asked: Period, facts: pd.DataFrame | None) -> list[Period]:
    """Return the indicator's own periods that end inside the asked one; a two-yearly one skips its years between."""
    period = Period.containing(asked.start, Grain(indicator.grain), asked.year_starts_in)
    periods: list[Period] = []
    while period.end <= asked.end:
        if _is_due(indicator, period, facts):
            periods.append(period)
        period = period.shifted(1)
    return periods


def _is_due(indicator: Indicator, period: Period, facts: pd.DataFrame | None) -> bool:
    if indicator.every_years == 1 or facts is None or facts.empty:
        return True
    return (period.year - int(facts["year"].iloc[0])) % indicator.every_years == 0


def _entry(unit_code: str, indicator: Indicator, period: Period, past: _Past) -> Entry:
    facts = past.facts.get((unit_code, indicator.indicator_code))
    known = past.known(unit_code, indicator.indicator_code, period)
    comment = past.comments.get(_key(unit_code, indicator.indicator_code, period))
    if facts is None:
        return Entry(unit_code, indicator, period, _filling(indicator, None, known), known, comment=comment)
    earlier = facts[(facts["period_end"] < pd.Timestamp(period.start)) & facts["value"].notna()]
    last = earlier.iloc[-1] if len(earlier) else None
    before = period.years_later(-indicator.every_years)
    same = earlier.loc[earlier["period_start"] == pd.Timestamp(before.start), "value"]
    return Entry(
        unit_code,
        indicator,
        period,
        _filling(indicator, earlier, known),
        known,
        last=nan if last is None else float(last["value"]),
        last_period=None
        if last is None
        else Period.beginning(last["period_start"].date(), period.grain, period.year_starts_in),
        year_before=float(same.iloc[0]) if len(same) else nan,
        comment=comment,
    )


def _filling(indicator: Indicator, earlier: pd.DataFrame | None, known: Known) -> Filling:
    """Say how the figure comes about, as its newest reported one did."""
    if indicator.numerator_indicator_code and indicator.denominator_indicator_code:
        return Filling.COMPUTED
    if not isnan(known.numerator):
        return Filling.PARTS
    if not isnan(known.value):
        return Filling.VALUE
    if earlier is None or earlier.empty:
        is_ratio = indicator.aggregation_over_periods is AggregationOverPeriods.RATIO
        return Filling.PARTS if is_ratio else Filling.VALUE
    if set(earlier["origin"]) <= {Origin.UNITS.value, Origin.PERIODS.value}:
        return Filling.FROM_BELOW
    own = earlier[earlier["origin"] == Origin.REPORTED.value]
    has_parts = len(own) > 0 and not isnan(float(own["numerator"].iloc[-1]))
    return Filling.PARTS if has_parts else Filling.VALUE


def _statements(codes: Sequence[str], past: _Past, period: Period) -> list[Statement]:
    shown: set[str] = set()
    found: list[Statement] = []
    year = Period.containing(period.end, Grain.YEAR, period.year_starts_in)
    for unit in codes:
        for code in past.carried.get(unit, ()):
            ahead = [past.known(unit, code, year.years_later(step)) for step in range(YEARS_AHEAD)]
            targets = {year.year + step: (known.target, known.target_high) for step, known in enumerate(ahead)}
            weight = past.weights.get((unit, code), nan)
            found.append(Statement(unit, past.definitions[code], weight, targets, code not in shown))
            shown.add(code)
    return found
