"""Units by indicators: the index of each pair in one period, a readable piece at a time. Knows no screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.scoring.profile import RuleProfile
from kpi.scoring.table import score_table
from kpi.views.groups import members
from kpi.views.plain_rows import names_by
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet, sheets_of
from kpi.views.trends import Point, points_of

ROWS_ON_A_PAGE: Final = 20
COLUMNS_ON_A_PAGE: Final = 6
"""As many as a telephone's screen holds beside the names, each with a shape and three digits."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A page of units by a page of indicators. `cells` lacks a pair that the unit doesn't carry in the period.

    Indicators that are scored in most units come first. `at_other_grains` counts the agreed ones without a figure at
    this grain.
    """

    units: tuple[tuple[str, str], ...]
    indicators: tuple[Sheet, ...]
    cells: dict[tuple[str, str], Point]
    indicator_pages: int
    indicator_count: int
    at_other_grains: int

    def indicator_page(self, number: int) -> tuple[Sheet, ...]:
        """Return the indicators of a page, from 1."""
        return self.indicators[(number - 1) * COLUMNS_ON_A_PAGE : number * COLUMNS_ON_A_PAGE]

    def count(self, rating: str | None) -> int:
        """Return how many pairs have this rating; None = none."""
        return sum(point.rating == rating for point in self.cells.values())


def unit_pages(snapshot: AllowedSnapshot, selection: Selection, group: str) -> int:
    """Return how many pages of units a group fills; 0 where it has none in the period."""
    codes = members(snapshot.units(selection.organisation_code), group, selection.period)
    return -(-len(codes) // ROWS_ON_A_PAGE)


def matrix(snapshot: AllowedSnapshot, selection: Selection, group: str, unit_page: int, profile: RuleProfile) -> Matrix:
    """Return the group's units of one page, from 1, by all the indicators that they carry at the selection's grain."""
    units = snapshot.units(selection.organisation_code)
    codes = members(units, group, selection.period)
    names = names_by("unit_code", units)
    shown = codes[(unit_page - 1) * ROWS_ON_A_PAGE : unit_page * ROWS_ON_A_PAGE]
    facts = snapshot.facts(
        selection.organisation_code,
        unit_codes=shown,
        grain=selection.period.grain,
        first=selection.period.end,
        last=selection.period.end,
        to_date=selection.to_date,
    )
    scored = score_table(facts, profile)
    rated = scored.groupby("indicator_code")["index"].agg(["count", "size"])
    sheets = sheets_of(snapshot, selection.organisation_code)
    ordered = sorted(rated.index, key=lambda code: (*(-rated.loc[code]), sheets[code].name))
    agreed = snapshot.agreements(selection.organisation_code, selection.year)
    agreed = agreed[agreed["unit_code"].isin(list(shown))]
    return Matrix(
        units=tuple((code, names[code]) for code in shown),
        indicators=tuple(sheets[code] for code in ordered),
        cells=cells_of(scored, selection),
        indicator_pages=max(1, -(-len(ordered) // COLUMNS_ON_A_PAGE)),
        indicator_count=len(ordered),
        at_other_grains=len(set(agreed["indicator_code"]) - set(ordered)),
    )


def cells_of(scored: pd.DataFrame, selection: Selection) -> dict[tuple[str, str], Point]:
    """Return the points of one period by unit and indicator."""
    found = {}
    for indicator, rows in scored.groupby("indicator_code", sort=False):
        for (unit, _), point in points_of(rows, selection.period).items():
            found[unit, str(indicator)] = point
    return found
