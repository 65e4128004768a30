"""What each unit reports, aims at and agreed to: the tables of data/demo joined, one Series per unit and indicator.

A row for `DINKES/*` holds for each unit below DINKES that has no row of its own for that indicator.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from kpi.demo.definitions import definitions
from kpi.demo.tables import YEARS, Row, monthly, number, rows, yearly
from kpi.model import Indicator, Unit

NONE: Final = np.full(len(YEARS), np.nan)
FLAT: Final = np.ones(12)


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """How a series' figures are drawn; the columns of series.csv, for one unit.

    `levels`: one a year, NaN = not reported that year. `standing`: how much better (positive) than its siblings the
    unit is, in multiples of `spread`. `siblings`: code and share of the units that a stated total is scattered over.
    """

    shape: str
    levels: np.ndarray
    denominator: float | None
    noise: float
    spread: float
    season: np.ndarray
    variant: int
    share: float = 1.0
    standing: float = 0.0
    siblings: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One unit and indicator: its drawing (None = the figure comes from its parts), targets and weights by year."""

    unit: Unit
    department: str
    indicator: Indicator
    drawing: Drawing | None
    target: np.ndarray
    target_high: np.ndarray
    target_season: np.ndarray | None
    weight: np.ndarray


def plan() -> list[Series]:
    """Return all series, ordered by unit and indicator whatever the order of the tables."""
    drawn = _expanded(rows("series"))
    targets = _expanded(tuple(row for row in rows("targets") if row["bound"] == "low"))
    highs = _expanded(tuple(row for row in rows("targets") if row["bound"] == "high"))
    weights = _expanded(rows("agreements"))
    known = definitions()
    return [
        Series(
            known.units[unit],
            _department(known.units[unit]),
            known.indicators[indicator],
            _drawing(known.units[unit], drawn[unit, indicator]) if (unit, indicator) in drawn else None,
            _yearly(targets, unit, indicator),
            _yearly(highs, unit, indicator),
            _season(targets, unit, indicator),
            _yearly(weights, unit, indicator),
        )
        for unit, indicator in sorted({*drawn, *targets, *weights})
    ]


def children(parent_code: str) -> tuple[Unit, ...]:
    """Return the units right below `parent_code`, by code."""
    return tuple(unit for _, unit in sorted(definitions().units.items()) if unit.parent_code == parent_code)


@cache
def sizes() -> Mapping[str, tuple[float, float]]:
    """Return share of the parent and standing among siblings by unit."""
    return {
        row["unit_code"]: (number(row["share_of_parent"]) or 1, number(row["standing"]) or 0) for row in rows("units")
    }


def season(name: str) -> np.ndarray:
    """Return the 12 months' shares of a year; the empty name is an even year."""
    return next(monthly(row) for row in rows("seasons") if row["season"] == name) if name else FLAT


def _expanded(table: tuple[Row, ...]) -> dict[tuple[str, str], Row]:
    """Return the rows by unit and indicator, those for all children spread over them."""
    found: dict[tuple[str, str], Row] = {}
    for row in sorted(table, key=lambda row: not row["unit_code"].endswith("/*")):
        parent, is_pattern, _ = row["unit_code"].partition("/*")
        codes = [unit.unit_code for unit in children(parent)] if is_pattern else [parent]
        found.update({(code, row["indicator_code"]): row for code in codes})
    return found


def _drawing(unit: Unit, row: Row) -> Drawing:
    is_pattern = row["unit_code"].endswith("/*")
    share, standing = sizes()[unit.unit_code] if is_pattern else (1.0, 0.0)
    return Drawing(
        shape=row["shape"],
        levels=yearly(row),
        denominator=number(row["denominator"]),
        noise=float(row["noise"] or 0),
        spread=float(row["spread"] or 0),
        season=season(row["season"]),
        variant=int(row["variant"] or 0),
        share=share,
        standing=standing,
        siblings=children(unit.parent_code or "") if is_pattern else (unit,),
    )


def _yearly(table: Mapping[tuple[str, str], Row], unit: str, indicator: str) -> np.ndarray:
    return yearly(table[unit, indicator]) if (unit, indicator) in table else NONE


def _season(table: Mapping[tuple[str, str], Row], unit: str, indicator: str) -> np.ndarray | None:
    name = table[unit, indicator]["season"] if (unit, indicator) in table else ""
    return season(name) if name else None


def _department(unit: Unit) -> str:
    """Return the code of the unit right below the root that `unit` is or belongs to."""
    units, root = definitions().units, definitions().organisation.organisation_code
    while unit.parent_code not in (None, root):
        unit = units[unit.parent_code]
    return unit.unit_code
