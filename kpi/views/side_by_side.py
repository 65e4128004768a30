"""Units side by side: what they share and what each has of its own, in one period. Knows no screen and no language."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.scoring.profile import RuleProfile
from kpi.scoring.table import score_table
from kpi.views.comparison import UnitIndex, indices_at
from kpi.views.matrix import cells_of
from kpi.views.plain_rows import names_by
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet, sheets_of
from kpi.views.trends import Point


@dataclass(frozen=True, slots=True)
class Side:
    """One unit: its index, and the indicators that it alone has."""

    unit_code: str
    unit_name: str
    standing: UnitIndex
    own: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Units side by side. `shared` are the indicators that at least two of them have, those of most units first.

    `cells` has the figure of a unit and an indicator; it lacks a pair that the unit doesn't carry in the period.
    """

    sides: tuple[Side, ...]
    shared: tuple[Sheet, ...]
    cells: dict[tuple[str, str], Point]


def heaviest(units: pd.DataFrame, codes: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Return the units of a group that weigh most in the index above them: what planners look at first."""
    chosen = units[units["unit_code"].isin(codes)]
    ordered = chosen.sort_values("weight_in_parent", ascending=False, kind="stable", na_position="last")
    return tuple(str(code) for code in ordered["unit_code"].head(count))


def side_by_side(
    snapshot: AllowedSnapshot, selection: Selection, unit_codes: tuple[str, ...], profile: RuleProfile
) -> SideBySide:
    """Return units side by side, in the order given, with the figures of the selection's grain and period."""
    organisation, period = selection.organisation_code, selection.period
    facts = snapshot.facts(
        organisation,
        unit_codes=unit_codes,
        grain=period.grain,
        first=period.end,
        last=period.end,
        to_date=selection.to_date,
    )
    carriers = facts.groupby("indicator_code")["unit_code"].nunique()
    sheets = sheets_of(snapshot, organisation)
    shared = sorted(carriers[carriers > 1].index, key=lambda code: (-int(carriers[code]), sheets[code].name))
    return SideBySide(
        sides=_sides(snapshot, selection, unit_codes, facts[~facts["indicator_code"].isin(shared)], sheets, profile),
        shared=tuple(sheets[code] for code in shared),
        cells=cells_of(score_table(facts, profile), selection),
    )


def _sides(
    snapshot: AllowedSnapshot,
    selection: Selection,
    unit_codes: tuple[str, ...],
    own: pd.DataFrame,
    sheets: dict[str, Sheet],
    profile: RuleProfile,
) -> tuple[Side, ...]:
    units = snapshot.units(selection.organisation_code)
    names = names_by("unit_code", units)
    indices = indices_at(snapshot, selection, unit_codes, selection.period, profile)
    found = []
    for code in unit_codes:
        codes = sorted(own.loc[own["unit_code"] == code, "indicator_code"], key=lambda each: sheets[each].name)
        mine = tuple(sheets[each] for each in codes)
        found.append(Side(code, names[code], indices.get(code, UnitIndex()), mine))
    return tuple(found)
