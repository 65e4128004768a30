"""The tree of an organisation's units, as it was in a period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from kpi.errors import UnknownCode
from kpi.periods import Period
from kpi.views.plain_rows import plain_rows


@dataclass(frozen=True, slots=True)
class Place:
    """A unit on the way from the root."""

    unit_code: str
    name: str


@dataclass(frozen=True, slots=True)
class Node:
    """A unit and its life; None = open."""

    unit_code: str
    name: str
    parent_code: str | None
    valid_from: date | None
    valid_to: date | None
    weight_in_parent: float | None

    def existed_in(self, period: Period) -> bool:
        """Whether the unit existed on any day of the period."""
        return self.existed_between(period.start, period.end)

    def existed_between(self, first: date, last: date) -> bool:
        """Whether the unit existed on any day from `first` to `last`."""
        began = self.valid_from is None or self.valid_from <= last
        return began and (self.valid_to is None or self.valid_to >= first)


@dataclass(frozen=True, slots=True)
class UnitTree:
    """All units of an organisation by code, in the order of the tree."""

    nodes: dict[str, Node]
    below: dict[str, tuple[Node, ...]]

    def name(self, code: str) -> str:
        """Return a unit's name."""
        return self.nodes[code].name

    def children(self, code: str, period: Period) -> tuple[str, ...]:
        """Return the units directly below `code` that existed in the period."""
        return tuple(node.unit_code for node in self.below.get(code, ()) if node.existed_in(period))

    def subtree(self, code: str) -> tuple[str, ...]:
        """Return `code` and all units below it, whenever they existed; parents before their children."""
        found = [code]
        for above in found:
            found.extend(node.unit_code for node in self.below.get(above, ()))
        return tuple(found)

    def levels_upwards(self, codes: set[str]) -> list[set[str]]:
        """Return `codes` in groups by depth, the deepest first: children come before their parents."""
        depths = {code: len(self.way_to(code)) for code in codes}
        return [
            {code for code in codes if depths[code] == depth} for depth in sorted(set(depths.values()), reverse=True)
        ]

    def way_to(self, code: str) -> tuple[Place, ...]:
        """Return the units from the root to `code`, both included. Raises UnknownCode."""
        if code not in self.nodes:
            raise UnknownCode("unit", code, self.nodes)
        node = self.nodes[code]
        above = self.way_to(node.parent_code) if node.parent_code else ()
        return (*above, Place(code, node.name))


def tree_of(units: pd.DataFrame) -> UnitTree:
    """Return the tree from `snapshot.units()`."""
    nodes = [
        Node(
            row["unit_code"],
            row["name"],
            row["parent_code"],
            _day(row["valid_from"]),
            _day(row["valid_to"]),
            row["weight_in_parent"],
        )
        for row in plain_rows(units)
    ]
    below: dict[str, list[Node]] = {}
    for node in nodes:
        if node.parent_code is not None:
            below.setdefault(node.parent_code, []).append(node)
    return UnitTree({node.unit_code: node for node in nodes}, {code: tuple(found) for code, found in below.items()})


def _day(value: object) -> date | None:
    return value.date() if isinstance(value, datetime) else None
