"""What a report asks of the views: each once, with the choices that a page would make. Knows no words and no format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.errors import KpiError, UnknownCode
from kpi.i18n import Language
from kpi.messages import mark
from kpi.model import Indicator, Organisation, SnapshotMeta
from kpi.scoring.profile import RuleProfile
from kpi.views.change_and_target import ChangeAndTarget, change_and_target
from kpi.views.commentary import Commentary, commentary_for
from kpi.views.definitions import definitions_of
from kpi.views.earlier_years import Against, held_against
from kpi.views.freshness import Freshness, freshness
from kpi.views.gaps import Gap, GapsOfUnit, gaps_of_unit, own_gaps
from kpi.views.indices import indices_of_units
from kpi.views.outlook import Outlook, outlook
from kpi.views.overview import Level, level
from kpi.views.pace import YearOfPaces, paces
from kpi.views.selection import Selection
from kpi.views.sheets import Pair
from kpi.views.tree import Place, tree_of

FORETOLD: Final = 3
"""Indicators whose year's end is foretold: the costliest that the rest of the year still decides."""
Progress = Callable[[float, str], object]


@dataclass(frozen=True, slots=True)
class Request:
    """What a report is of, for whom, and what it says of itself. `link_base` is where the dashboard answers."""

    selection: Selection
    unit_code: str
    language: Language
    made_by: str
    made_at: datetime
    link_base: str


@dataclass(frozen=True, slots=True)
class OfUnit:
    """The figures of one unit of its own: scored ones costliest first, then those that are not scored."""

    unit: Place
    scored: tuple[Gap, ...]
    not_scored: tuple[Gap, ...]

    @property
    def figures(self) -> tuple[Gap, ...]:
        """All of them."""
        return (*self.scored, *self.not_scored)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The answers of the views. `behind` are the units whose own figures make the index, with their figures."""

    request: Request
    organisation: Organisation
    meta: SnapshotMeta
    profile: RuleProfile
    level: Level
    gaps: GapsOfUnit
    behind: tuple[OfUnit, ...]
    judged: ChangeAndTarget
    year: YearOfPaces
    outlooks: tuple[tuple[Gap, Outlook], ...]
    against: dict[Pair, Against]
    definitions: dict[str, Indicator]
    comments: tuple[Commentary, ...]
    fresh: Freshness

    @property
    def unit(self) -> Place:
        """The unit that the report is of."""
        return self.gaps.unit

    @property
    def is_whole(self) -> bool:
        """Whether it is of the whole organisation."""
        return self.unit.unit_code == self.organisation.organisation_code

    @property
    def figures(self) -> tuple[Gap, ...]:
        """All figures behind the index, unit by unit."""
        return tuple(gap for each in self.behind for gap in each.figures)

    @property
    def all_figures(self) -> tuple[Gap, ...]:
        """The costliest figures of the unit, and all behind the index; some are in both."""
        return (*self.gaps.scored, *self.gaps.not_scored, *self.figures)


def gather(
    snapshot: AllowedSnapshot, request: Request, profile: RuleProfile, progress: Progress | None = None
) -> Gathered:
    """Ask the views. Raises UnknownCode for an organisation or unit, KpiError where the period has no figure."""
    say = progress or (lambda _share, _what: None)
    selection, code = request.selection, request.unit_code
    organisation = _organisation(snapshot, selection)
    say(0.05, mark("Reading the index"))
    seen = level(snapshot, selection, code, "year_before" if selection.to_date else "previous", profile)
    gaps = gaps_of_unit(snapshot, selection, code, profile)
    say(0.2, mark("Reading the figures"))
    behind = _behind(snapshot, selection, gaps, profile)
    say(0.35, mark("Judging what really changed"))
    judged = change_and_target(snapshot, selection, code, profile)
    say(0.5, mark("Looking at the rest of the year"))
    pairs = tuple(gap.pair for each in behind for gap in each.figures)
    all_pairs = tuple(dict.fromkeys((*gaps.pairs, *pairs)))
    year = paces(snapshot, selection, all_pairs)
    outlooks = tuple(
        (gap, outlook(snapshot, selection, gap.sheet.code, gap.unit_code, profile)) for gap in _foretold(gaps, year)
    )
    say(0.7, mark("Comparing with earlier years"))
    return Gathered(
        request=request,
        organisation=organisation,
        meta=snapshot.meta,
        profile=profile,
        level=seen,
        gaps=gaps,
        behind=behind,
        judged=judged,
        year=year,
        outlooks=outlooks,
        against=held_against(snapshot, selection, pairs),
        definitions=definitions_of(snapshot, selection.organisation_code),
        comments=commentary_for(snapshot, selection, all_pairs),
        fresh=freshness(snapshot, selection),
    )


def _organisation(snapshot: AllowedSnapshot, selection: Selection) -> Organisation:
    known = {each.organisation_code: each for each in snapshot.organisations()}
    if selection.organisation_code not in known:
        raise UnknownCode("organisation", selection.organisation_code, known)
    periods = snapshot.periods(selection.organisation_code)
    is_it = (periods["grain"] == selection.period.grain.value) & (
        pd.to_datetime(periods["period_end"]) == pd.Timestamp(selection.period.end)
    )
    if not (periods[is_it]["value_count"] > 0).any():
        raise KpiError("There are no figures for {period}. Choose a period with figures.", period=selection.period.code)
    return known[selection.organisation_code]


def _behind(
    snapshot: AllowedSnapshot, selection: Selection, gaps: GapsOfUnit, profile: RuleProfile
) -> tuple[OfUnit, ...]:
    """Return the units whose own figures make the index: the unit itself, else those below it, however deep."""
    units = [gaps.unit] if gaps.is_own else _units_behind(snapshot, selection, gaps, profile)
    found = own_gaps(snapshot, selection, tuple(units), profile)
    return tuple(OfUnit(unit, *found[unit.unit_code]) for unit in units)


def _units_behind(
    snapshot: AllowedSnapshot, selection: Selection, gaps: GapsOfUnit, profile: RuleProfile
) -> list[Place]:
    tree = tree_of(snapshot.units(selection.organisation_code))
    end, found = selection.period.end, []
    asked = list(tree.children(gaps.unit.unit_code, selection.period))
    while asked:
        rows = indices_of_units(snapshot, selection, asked, end, end, profile)
        of_children = set(rows.loc[rows["basis"] != "own", "unit_code"])
        found += [Place(code, tree.name(code)) for code in asked if code not in of_children]
        asked = [below for code in asked if code in of_children for below in tree.children(code, selection.period)]
    return sorted(found, key=lambda unit: unit.name)


def _foretold(gaps: GapsOfUnit, year: YearOfPaces) -> list[Gap]:
    still_open = {(pace.unit_code, pace.sheet.code) for pace in year.said if pace.is_open}
    return [gap for gap in gaps.scored if gap.pair in still_open][:FORETOLD]
