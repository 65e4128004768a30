"""How far each unit's figures of each period are checked, how complete they are, and whether they came in time.

Knows no screen and no language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from math import nan
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.model import Verification
from kpi.periods import GRAINS, MONTHS, Grain, Period, add_months
from kpi.views.moments import local
from kpi.views.plain_rows import plain_rows
from kpi.views.selection import Selection
from kpi.views.tree import tree_of
from kpi.views.trends import grains_by_nearness

ORDER: Final = tuple(Verification)
"""States from the least to the most checked."""


class Arrival(StrEnum):
    """How the reports of a unit's period came."""

    IN_TIME = "in_time"
    LATE = "late"
    INCOMPLETE = "incomplete"
    MISSING = "missing"
    NOT_DUE = "not_due"


@dataclass(frozen=True, slots=True)
class Set:
    """A state that somebody set for a span; it covers every period within."""

    unit_code: str
    first: date
    last: date
    state: Verification
    made_by: str
    recorded_at: datetime | None
    reason: str | None

    def covers(self, period: Period) -> bool:
        """Whether the period lies within the span."""
        return self.first <= period.start and self.last >= period.end

    def is_of(self, period: Period) -> bool:
        """Whether it was set for this very period."""
        return (self.first, self.last) == (period.start, period.end)


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit's period. Counts are of indicators; `because` is what gives the state, None: nobody has set one."""

    period: Period
    state: Verification
    because: Set | None
    expected: int
    reported: int
    in_time: int
    due_on: date
    arrival: Arrival
    last_reported_at: datetime | None


@dataclass(frozen=True, slots=True)
class UnitStates:
    """A unit's periods; None where it reports nothing of this grain."""

    unit_code: str
    unit_name: str
    level: int
    cells: tuple[Cell | None, ...]

    @property
    def due(self) -> tuple[Cell, ...]:
        """The cells whose due date has passed, or that are complete already."""
        return tuple(cell for cell in self.cells if cell and cell.arrival is not Arrival.NOT_DUE)

    @property
    def completeness(self) -> float:
        """The share of the reports due that are there; NaN where none is due."""
        return _share(sum(cell.reported for cell in self.due), sum(cell.expected for cell in self.due))

    @property
    def punctuality(self) -> float:
        """The share of the reports due that came in time; NaN where none is due."""
        return _share(sum(cell.in_time for cell in self.due), sum(cell.expected for cell in self.due))

    def count(self, arrival: Arrival) -> int:
        """Return how many periods came so."""
        return sum(cell.arrival is arrival for cell in self.due)


@dataclass(frozen=True, slots=True)
class StateMatrix:
    """Units by the periods of a year that have begun, in the order of the tree. `history`: every setting, newest first.

    `offered` are the grains at which anything is reported; empty: nothing ever was. `standing` are the states in force.
    """

    grain: Grain
    offered: tuple[Grain, ...]
    periods: tuple[Period, ...]
    units: tuple[UnitStates, ...]
    standing: tuple[Set, ...]
    history: tuple[Set, ...] = field(default=())

    @property
    def newest(self) -> Period:
        """The newest period of which anything is there, else the last one shown."""
        cells = (cell for unit in self.units for cell in unit.cells if cell and cell.reported)
        return max((cell.period for cell in cells), key=lambda period: period.start, default=self.periods[-1])

    @property
    def may_be_set(self) -> tuple[Period, ...]:
        """The periods that a state may be set for: those shown, the newest first, then the year's coarser ones."""
        first = self.periods[0]
        coarser = [
            Period.beginning(add_months(first.year_start, months), grain, first.year_starts_in)
            for grain in GRAINS[GRAINS.index(self.grain) + 1 :]
            for months in range(0, 12, MONTHS[grain])
        ]
        return (*reversed(self.periods), *coarser)

    def state_of(self, unit_code: str, period: Period) -> Verification:
        """Return the state of a unit's period: the furthest of those that cover it."""
        because = furthest(self.standing, unit_code, period)
        return because.state if because else Verification.REPORTED

    def due_in(self, period: Period) -> tuple[tuple[str, Cell], ...]:
        """Return the cells of a period with their units, those that report then."""
        at = self.periods.index(period)
        return tuple((unit.unit_code, cell) for unit in self.units if (cell := unit.cells[at]))


def state_matrix(snapshot: AllowedSnapshot, selection: Selection, grain: Grain | None, parent_code: str) -> StateMatrix:
    """Return the states of a unit and all below it in the selection's year.

    `grain` None: the selection's, else the nearest one at which anything is reported. Raises UnknownCode.
    """
    organisation = selection.organisation_code
    tree = tree_of(snapshot.units(organisation))
    codes = {tree.way_to(parent_code)[-1].unit_code, *tree.subtree(parent_code)}
    year = Period.containing(selection.period.start, Grain.YEAR, selection.period.year_starts_in)
    found = {each: snapshot.punctuality(organisation, each, year.start, year.end) for each in GRAINS}
    offered = tuple(each for each in GRAINS if len(found[each]))
    wanted = grains_by_nearness(selection.period.grain)
    shown = grain if grain and grain in offered else next((each for each in wanted if each in offered), wanted[0])
    frame = found[shown]
    starts = sorted({pd.Timestamp(start).date() for start in frame["period_start"]})
    periods = tuple(Period.beginning(start, shown, year.year_starts_in) for start in starts)
    standing = _sets(snapshot.states(organisation))
    cells = _cells(frame[frame["unit_code"].isin(codes)], periods, standing, snapshot.meta.today)
    levels = {code: len(tree.way_to(code)) - 1 for code in codes}
    units = tuple(
        UnitStates(code, node.name, levels.get(code, 0), tuple(cells.get((code, period.start)) for period in periods))
        for code, node in tree.nodes.items()
        if code in codes and any((code, period.start) in cells for period in periods)
    )
    history = tuple(
        each
        for each in _sets(snapshot.state_history(organisation))
        if each.unit_code in codes and each.first <= year.end and each.last >= year.start
    )
    return StateMatrix(shown, offered, periods, units, standing, history)


def furthest(standing: Iterable[Set], unit_code: str, period: Period) -> Set | None:
    """Return the furthest of the states that cover a unit's period, its own where several are alike; None: none."""
    covering = [each for each in standing if each.unit_code == unit_code and each.covers(period)]
    return max(covering, key=lambda each: (ORDER.index(each.state), each.is_of(period)), default=None)


def _cells(
    frame: pd.DataFrame, periods: tuple[Period, ...], standing: tuple[Set, ...], today: date
) -> dict[tuple[str, date], Cell]:
    by_start = {period.start: period for period in periods}
    by_unit: dict[str, list[Set]] = {}
    for each in standing:
        by_unit.setdefault(each.unit_code, []).append(each)
    found = {}
    for row in frame.to_dict("records"):
        unit, period = str(row["unit_code"]), by_start[pd.Timestamp(row["period_start"]).date()]
        because = furthest(by_unit.get(unit, ()), unit, period)
        counts = int(row["expected"]), int(row["reported"]), int(row["in_time"])
        due_on = pd.Timestamp(row["due_on"]).date()
        found[unit, period.start] = Cell(
            period=period,
            state=because.state if because else Verification.REPORTED,
            because=because,
            expected=counts[0],
            reported=counts[1],
            in_time=counts[2],
            due_on=due_on,
            arrival=arrival(*counts, is_due=due_on < today),
            last_reported_at=local(row["last_reported_at"]),
        )
    return found


def arrival(expected: int, reported: int, in_time: int, *, is_due: bool) -> Arrival:
    """Return how reports came: a period that is not due yet is judged only once all of it is there."""
    if reported >= expected:
        return Arrival.IN_TIME if in_time >= expected else Arrival.LATE
    if not is_due:
        return Arrival.NOT_DUE
    return Arrival.INCOMPLETE if reported else Arrival.MISSING


def _sets(frame: pd.DataFrame) -> tuple[Set, ...]:
    rows = plain_rows(frame)
    return tuple(
        Set(
            str(row["unit_code"]),
            pd.Timestamp(row["period_start"]).date(),
            pd.Timestamp(row["period_end"]).date(),
            Verification(row["state"]),
            row["made_by"] or "",
            local(row["recorded_at"]),
            row["reason"],
        )
        for row in rows
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else nan
