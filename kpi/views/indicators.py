"""The catalogue of indicators, who reports each, and its targets over time. Knows no screen and no language."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan, nan
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.model import Indicator, Polarity
from kpi.periods import Grain, Period
from kpi.scoring.profile import RuleProfile
from kpi.scoring.table import score_table
from kpi.views.definitions import definitions_of
from kpi.views.happenings import Happening, happenings_of
from kpi.views.plain_rows import names_by
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet, sheet_of
from kpi.views.tree import tree_of
from kpi.views.weaknesses import Weakness, sheet_weaknesses

ANY: Final = "all"
NOT_STATED: Final = "none"


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator of the catalogue, and what is weak in its definition sheet."""

    definition: Indicator
    weaknesses: tuple[Weakness, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All indicators of an organisation by name, and what they may be filtered by."""

    entries: tuple[Entry, ...]
    perspectives: tuple[str, ...]

    def chosen(self, polarity: str, perspective: str, codes: frozenset[str] | None) -> tuple[Entry, ...]:
        """Return the entries of a polarity, of a perspective and among codes; ANY and None ask for all.

        `polarity` NOT_STATED: nobody has stated it.
        """
        return tuple(
            entry
            for entry in self.entries
            if polarity in (ANY, entry.definition.polarity or NOT_STATED)
            and perspective in (ANY, entry.definition.perspective)
            and (codes is None or entry.definition.indicator_code in codes)
        )

    def definition(self, indicator_code: str) -> Indicator:
        """Return the definition sheet of an indicator that is in the catalogue."""
        return next(entry.definition for entry in self.entries if entry.definition.indicator_code == indicator_code)

    @property
    def names(self) -> dict[str, str]:
        """The names of all indicators by code."""
        return {entry.definition.indicator_code: entry.definition.name for entry in self.entries}

    @property
    def polarities(self) -> tuple[Polarity | None, ...]:
        """The polarities that occur; None = not stated."""
        known = {entry.definition.polarity for entry in self.entries}
        return tuple(each for each in (*Polarity, None) if each in known)


@dataclass(frozen=True, slots=True)
class Reporter:
    """A unit that carries an indicator: its newest value at the indicator's own grain, and its target there.

    `weight` is the one agreed for the selection's year, NaN = none; rating a band's code or None.
    """

    unit_code: str
    unit_name: str
    period: Period | None
    value: float
    target: float
    target_high: float
    rating: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class TargetPoint:
    """A period's target and, where known, its value, in the indicator's own unit of measure; NaN = none."""

    period: Period
    target: float
    target_high: float
    value: float
    is_whole: bool


@dataclass(frozen=True, slots=True)
class TargetsOverTime:
    """One unit's targets of an indicator at the indicator's own grain, oldest first."""

    unit_code: str
    unit_name: str
    sheet: Sheet
    points: tuple[TargetPoint, ...]
    happenings: tuple[Happening, ...]

    @property
    def has_targets(self) -> bool:
        """Whether any period has a target."""
        return any(not isnan(point.target) for point in self.points)


def catalogue(snapshot: AllowedSnapshot, organisation_code: str, profile: RuleProfile) -> Catalogue:
    """Return the catalogue of an organisation; weaknesses are those that the sheets alone show."""
    definitions = definitions_of(snapshot, organisation_code).values()
    entries = tuple(
        Entry(each, sheet_weaknesses(each, profile)) for each in sorted(definitions, key=lambda each: each.name)
    )
    perspectives = sorted({entry.definition.perspective for entry in entries if entry.definition.perspective})
    return Catalogue(entries, tuple(perspectives))


def codes_of_unit(snapshot: AllowedSnapshot, organisation_code: str, unit_code: str) -> frozenset[str] | None:
    """Return the codes of the indicators that a unit ever had a figure of or agreed to; None for ANY unit."""
    if unit_code == ANY:
        return None
    facts = snapshot.facts_arrow(organisation_code, unit_codes=(unit_code,))
    agreed = snapshot.agreements(organisation_code)
    agreed = agreed.loc[agreed["unit_code"] == unit_code, "indicator_code"]
    return frozenset([*facts["indicator_code"].unique().to_pylist(), *agreed])


def reporters(
    snapshot: AllowedSnapshot, selection: Selection, indicator_code: str, profile: RuleProfile
) -> tuple[Reporter, ...]:
    """Return the units that carry an indicator, in the order of the tree."""
    organisation = selection.organisation_code
    facts = snapshot.newest_facts(organisation, indicator_code)
    newest = facts[facts["value"].notna()].sort_values("period_start").drop_duplicates("unit_code", keep="last")
    rows = {str(row["unit_code"]): row for row in score_table(newest, profile).to_dict("records")}
    agreed = snapshot.agreements(organisation, selection.year)
    agreed = agreed[agreed["indicator_code"] == indicator_code]
    weights = dict(zip(agreed["unit_code"].astype(str), agreed["weight"].astype(float), strict=True))
    units = snapshot.units(organisation)
    carrying = {*facts["unit_code"], *weights}
    return tuple(
        _reporter(code, name, rows.get(code), weights.get(code, nan), selection)
        for code, name in names_by("unit_code", units).items()
        if code in carrying
    )


def targets_over_time(
    snapshot: AllowedSnapshot, selection: Selection, indicator_code: str, unit_code: str
) -> TargetsOverTime:
    """Return a unit's targets of an indicator in all periods with a target or a value."""
    organisation = selection.organisation_code
    facts = snapshot.facts(organisation, unit_codes=[unit_code], indicator_codes=[indicator_code])
    names = snapshot.units(organisation).set_index("unit_code")["name"]
    points = tuple(
        TargetPoint(
            _period(row["period_start"], row["grain"], selection),
            float(row["target"]),
            float(row["target_high"]),
            float(row["value"]),
            bool(row["is_complete"]) and bool(row["is_finished"]),
        )
        for row in facts.to_dict("records")
    )
    sheet = sheet_of(snapshot, organisation, indicator_code)
    happened = happenings_of(
        snapshot.events(organisation),
        tree_of(snapshot.units(organisation)),
        (unit_code,),
        indicator_code,
        [point.period for point in points],
    )
    return TargetsOverTime(unit_code, str(names[unit_code]), sheet, points, happened)


def _reporter(code: str, name: str, row: dict | None, weight: float, selection: Selection) -> Reporter:
    if row is None:
        return Reporter(code, name, None, nan, nan, nan, None, weight)
    return Reporter(
        code,
        name,
        _period(row["period_start"], row["grain"], selection),
        float(row["value"]),
        float(row["target"]),
        float(row["target_high"]),
        None if pd.isna(row["rating"]) else str(row["rating"]),
        weight,
    )


def _period(start: pd.Timestamp, grain: str, selection: Selection) -> Period:
    return Period.beginning(pd.Timestamp(start).date(), Grain(grain), selection.period.year_starts_in)
