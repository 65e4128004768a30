"""The overview: one level of the tree, a tile per unit, and how it got there. Knows no screen and no language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.periods import Period
from kpi.scoring.profile import RuleProfile
from kpi.views.indices import indices_of_units
from kpi.views.selection import Selection
from kpi.views.tree import Place, UnitTree, tree_of

TILES_ON_A_PAGE: Final = 30
PERIODS_SHOWN: Final = 6
"""As many periods as a heatmap can name on a telephone's screen."""

Against = Literal["previous", "year_before"]
AGAINST: Final[tuple[Against, ...]] = ("previous", "year_before")


class NotRated(StrEnum):
    """Why a unit has no rating."""

    NO_FIGURES = "no_figures"
    NOTHING_SCORED = "nothing_scored"
    LOW_COVERAGE = "low_coverage"


@dataclass(frozen=True, slots=True)
class Standing:
    """A unit's index in one period. `index` and `coverage` are ratios or None; `rating` is a band's code or None."""

    period: Period
    index: float | None
    rating: str | None
    coverage: float | None
    why_not: NotRated | None


@dataclass(frozen=True, slots=True)
class Tile:
    """What a unit's tile says. `change` is the index less that of the period compared with, None where either lacks.

    `history` runs up to the chosen period, oldest first, and holds a standing for every period, also where nothing is
    known.
    """

    unit_code: str
    name: str
    has_children: bool
    now: Standing
    change: float | None
    history: tuple[Standing, ...]
    indicators_scored: int
    indicators_agreed: int

    @property
    def is_silent(self) -> bool:
        """Whether the unit has no index in any of the periods."""
        return all(standing.index is None for standing in self.history)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the tree: the unit above, the way to it from the root, and a tile for each unit below it.

    A unit with nothing below it has its own tile alone. `silent` are the units without an index in any period shown.
    `compared_with` is the like-for-like partner of the period.
    """

    parent: Tile
    way: tuple[Place, ...]
    tiles: tuple[Tile, ...]
    silent: tuple[Tile, ...]
    compared_with: Period
    periods: tuple[Period, ...]

    @property
    def rated(self) -> tuple[Tile, ...]:
        """The tiles with a rating."""
        return tuple(tile for tile in self.tiles if tile.now.rating is not None)

    @property
    def units(self) -> int:
        """How many units the level has."""
        return len(self.tiles) + len(self.silent)

    def count(self, rating: str) -> int:
        """Return how many tiles have this rating."""
        return sum(tile.now.rating == rating for tile in self.tiles)

    @property
    def pages(self) -> int:
        """How many pages of tiles there are, at least one."""
        return max(1, -(-len(self.tiles) // TILES_ON_A_PAGE))

    def page(self, number: int) -> tuple[Tile, ...]:
        """Return the tiles of a page, from 1."""
        first = (number - 1) * TILES_ON_A_PAGE
        return self.tiles[first : first + TILES_ON_A_PAGE]


def level(
    snapshot: AllowedSnapshot, selection: Selection, parent_code: str, against: Against, profile: RuleProfile
) -> Level:
    """Return the level below `parent_code` (else of the unit itself, where nothing is below it).

    Units are those that existed in the period, the lowest index first, those without one in the period last.
    """
    tree = tree_of(snapshot.units(selection.organisation_code))
    way = tree.way_to(parent_code)
    codes = tree.children(parent_code, selection.period)
    partner = like_for_like(selection, against)
    periods = tuple(selection.period.shifted(step) for step in range(1 - PERIODS_SHOWN, 1))
    frame = indices_of_units(
        snapshot, selection, (parent_code, *codes), min(partner.end, periods[0].end), selection.period.end, profile
    )
    rows = _rows(frame)
    found = [_tile(tree, code, rows, periods, partner) for code in codes or (parent_code,)]
    return Level(
        parent=_tile(tree, parent_code, rows, periods, partner),
        way=way,
        tiles=tuple(sorted((tile for tile in found if not tile.is_silent), key=_worst_first)),
        silent=tuple(tile for tile in found if tile.is_silent),
        compared_with=partner,
        periods=periods,
    )


def like_for_like(selection: Selection, against: Against) -> Period:
    """Return the period to compare with. To date, only the same span of the year before is alike."""
    if against == "year_before" or selection.to_date:
        return selection.period.years_later(-1)
    return selection.period.shifted(-1)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of `indices_of_units`, NaN as None."""

    index: float | None
    rating: str | None
    coverage: float | None
    indicators_scored: int
    indicators_agreed: int


def _rows(frame: pd.DataFrame) -> dict[tuple[str, date], _Row]:
    """Return the rows by unit and end of period."""
    counts = ["indicators_scored", "indicators_agreed"]
    plain = frame[["index", "rating", "coverage"]].astype(object).where(frame.notna(), None)
    values = zip(plain["index"], plain["rating"], plain["coverage"], *(frame[c].fillna(0) for c in counts), strict=True)
    keys = zip(frame["unit_code"], pd.to_datetime(frame["period_end"]), strict=True)
    return {
        (code, end.date()): _Row(index, rating, coverage, int(scored), int(agreed))
        for (code, end), (index, rating, coverage, scored, agreed) in zip(keys, values, strict=True)
    }


def _tile(
    tree: UnitTree, code: str, rows: dict[tuple[str, date], _Row], periods: tuple[Period, ...], partner: Period
) -> Tile:
    history = tuple(_standing(rows.get((code, period.end)), period) for period in periods)
    now = history[-1]
    before = _standing(rows.get((code, partner.end)), partner).index
    row = rows.get((code, now.period.end))
    return Tile(
        unit_code=code,
        name=tree.name(code),
        has_children=bool(tree.children(code, now.period)),
        now=now,
        change=None if now.index is None or before is None else now.index - before,
        history=history,
        indicators_scored=row.indicators_scored if row else 0,
        indicators_agreed=row.indicators_agreed if row else 0,
    )


def _standing(row: _Row | None, period: Period) -> Standing:
    if row is None:
        return Standing(period, None, None, None, NotRated.NO_FIGURES)
    why = None if row.rating else NotRated.NOTHING_SCORED if row.index is None else NotRated.LOW_COVERAGE
    return Standing(period, row.index, row.rating, row.coverage, why)


def _worst_first(tile: Tile) -> tuple[bool, float, str]:
    return tile.now.index is None, tile.now.index or 0.0, tile.name
