"""How a unit's people are appraised and followed up: counts alone, without what tells of fewer than five persons.

The matrix, the predicates, the breaches of the pattern and the follow-ups of all units are hidden by one decision over
the whole tree, whoever asks and whatever unit they look at: two readers can't put together what neither may know.
Nothing here is cached between sessions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Final

import pandas as pd

from kpi.access import AllowedPeople, AllowedSnapshot
from kpi.appraisal.distribution import DistributionCheck, distribution_check
from kpi.appraisal.predicate import MATRIX
from kpi.appraisal.suppression import LEAST
from kpi.appraisal.suppression_tree import Hidden, TreeSuppression, suppress_tree
from kpi.people_model import AppraisalKind, FollowUpState, Level, OrganisationPredicate, Predicate
from kpi.views.tree import Place, UnitTree, tree_of

Cell = tuple[Level, Level]
"""Work result and behaviour."""
CELLS: Final[tuple[Cell, ...]] = tuple(product(Level, Level))
OVERDUE: Final = "overdue"
PROGRESS: Final = (FollowUpState.PLANNED, FollowUpState.UNDER_WAY, OVERDUE, FollowUpState.DONE, FollowUpState.DROPPED)
"""How far follow-ups have come; an open one whose day is past counts as overdue alone."""
_NAMES: Final = {cell: f"{cell[0]}|{cell[1]}" for cell in CELLS}
_COARSER: Final = {_NAMES[cell]: MATRIX[cell].value for cell in CELLS}


@dataclass(frozen=True, slots=True)
class Round:
    """The appraisals of one kind that end on one day."""

    kind: AppraisalKind
    start: date
    end: date

    @property
    def code(self) -> str:
        """What the URL calls it."""
        return f"{self.kind}-{self.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class Group:
    """The appraised persons of a unit with all below it; `is_own`: those right in it alone.

    `hidden` says why nothing but their number is shown; then `cells` is empty and there is no check. `progress` counts
    follow-ups of the persons who are there now, by PROGRESS; None = hidden, for `progress_hidden`.
    """

    unit: Place
    persons: int
    hidden: Hidden | None
    cells: Mapping[Cell, int]
    predicate: OrganisationPredicate | None
    check: DistributionCheck | None
    progress: Mapping[str, int] | None
    progress_hidden: Hidden | None
    is_own: bool = False

    @property
    def predicates(self) -> dict[Predicate, int]:
        """How many persons are at each predicate, best first; empty where hidden."""
        if self.hidden is not None:
            return {}
        return {word: sum(n for cell, n in self.cells.items() if MATRIX[cell] is word) for word in Predicate}


@dataclass(frozen=True, slots=True)
class UnitPeople:
    """One unit's people in one round, and the same of what is below it: `own` persons right in it, units with any."""

    round: Round
    whole: Group
    parts: tuple[Group, ...]

    @property
    def breaches(self) -> tuple[Group, ...]:
        """The groups whose predicates break the pattern that their unit's own predicate prescribes."""
        return tuple(group for group in (self.whole, *self.parts) if group.check and group.check.breaches)


def rounds(people: AllowedPeople, organisation_code: str) -> tuple[Round, ...]:
    """Return the rounds of appraisal that were entered, the newest first; an annual one before a periodic one."""
    counts = people.predicate_counts(organisation_code)
    spans = counts.groupby(["kind", "period_end"], sort=False)["period_start"].min().reset_index()
    found = [
        Round(AppraisalKind(str(row["kind"])), _day(row["period_start"]), _day(row["period_end"]))
        for row in spans.to_dict("records")
    ]
    return tuple(sorted(found, key=lambda each: (each.end, each.kind is AppraisalKind.ANNUAL), reverse=True))


def units_with_people(people: AllowedPeople, snapshot: AllowedSnapshot, organisation_code: str) -> pd.DataFrame:
    """Return the units, as rows of `snapshot.units()`, whose summaries the reader may see and that have people."""
    units = snapshot.units(organisation_code)
    tree = tree_of(units)
    staffed = set(people.sizes(organisation_code, people.meta.today)["unit_code"].astype(str))
    is_staffed = [bool(staffed.intersection(tree.subtree(str(code)))) for code in units["unit_code"]]
    allowed = people.counted_units(organisation_code)
    is_allowed = units["unit_code"].isin(list(allowed)) if allowed is not None else True
    return units[pd.Series(is_staffed, index=units.index) & is_allowed].reset_index(drop=True)


def unit_people(
    people: AllowedPeople, snapshot: AllowedSnapshot, organisation_code: str, of: Round, unit_code: str
) -> UnitPeople:
    """Return the people of a unit in a round, and those of the units right below it.

    Raises AccessRefused where the reader may not see summaries of the unit, UnknownCode for no unit. A unit
    below it that nobody of was appraised and nobody is in is left out.
    """
    tree = tree_of(snapshot.units(organisation_code))
    place = tree.way_to(unit_code)[-1]
    people.check_counted(organisation_code, unit_code)
    counted = _Counted.of(people, organisation_code, of, tree)
    below = [node.unit_code for node in tree.below.get(unit_code, ())]
    parts = [counted.own(place), *(counted.whole(Place(code, tree.name(code))) for code in below)]
    has_parts = bool(below)
    shown = tuple(part for part in parts if has_parts and (part.persons or counted.heads[part.unit.unit_code]))
    return UnitPeople(of, counted.whole(place), shown)


@dataclass(frozen=True, slots=True, eq=False)
class _Counted:
    """The counts of every unit of the tree, right in each, and what of them may be shown."""

    tree: UnitTree
    cells: pd.DataFrame
    follow_ups: pd.DataFrame
    heads: Mapping[str, int]
    shown: TreeSuppression
    shown_follow_ups: TreeSuppression
    predicates: Mapping[str, OrganisationPredicate]

    @classmethod
    def of(cls, people: AllowedPeople, organisation_code: str, of: Round, tree: UnitTree) -> _Counted:
        asked = {"kind": of.kind, "first": of.end, "last": of.end}
        parents = {code: node.parent_code for code, node in tree.nodes.items()}
        cells = _by_unit(people.predicate_counts(organisation_code, **asked), parents)
        sizes = people.sizes(organisation_code, people.meta.today).set_index("unit_code")["persons"]
        progress = _progress_by_unit(people.follow_up_counts(organisation_code), parents)
        judged = people.unit_predicates(organisation_code, **asked)
        heads = {code: int(sizes.reindex(list(tree.subtree(code))).fillna(0).sum()) for code in parents}
        return cls(
            tree,
            cells,
            progress,
            heads,
            suppress_tree(cells, parents, least=LEAST, coarser=_COARSER),
            suppress_tree(progress, parents, least=LEAST, sizes=sizes),
            dict(zip(judged["unit_code"].astype(str), map(OrganisationPredicate, judged["predicate"]), strict=True)),
        )

    def whole(self, unit: Place) -> Group:
        """Return a unit with all below it."""
        codes, code = list(self.tree.subtree(unit.unit_code)), unit.unit_code
        return self._group(unit, codes, self.shown.whole[code], self.shown_follow_ups.whole[code], is_own=False)

    def own(self, unit: Place) -> Group:
        """Return the persons right in a unit."""
        code = unit.unit_code
        return self._group(unit, [code], self.shown.own[code], self.shown_follow_ups.own[code], is_own=True)

    def _group(
        self, unit: Place, codes: list[str], hidden: Hidden | None, late: Hidden | None, *, is_own: bool
    ) -> Group:
        counts, progress = self.cells.loc[codes].sum(), self.follow_ups.loc[codes].sum()
        cells = {} if hidden is not None else {cell: int(counts[_NAMES[cell]]) for cell in CELLS}
        predicate = None if is_own else self.predicates.get(unit.unit_code)
        group = Group(
            unit,
            int(counts.sum()),
            hidden,
            cells,
            predicate,
            None,
            None if late is not None else {str(state): int(progress[str(state)]) for state in PROGRESS},
            late,
            is_own,
        )
        if predicate is None or hidden is not None:
            return group
        return _checked(group, predicate)


def _checked(group: Group, predicate: OrganisationPredicate) -> Group:
    check = distribution_check(group.predicates, predicate)
    return Group(
        group.unit, group.persons, group.hidden, group.cells, predicate, check, group.progress, group.progress_hidden
    )


def _by_unit(counts: pd.DataFrame, parents: Mapping[str, str | None]) -> pd.DataFrame:
    """Return a row per unit of the tree and a column per cell of the matrix: persons right in it."""
    named = counts.assign(cell=counts["work_result"].astype(str) + "|" + counts["behaviour"].astype(str))
    table = named.pivot_table(index="unit_code", columns="cell", values="persons", aggfunc="sum", fill_value=0)
    return table.reindex(index=list(parents), columns=list(_NAMES.values()), fill_value=0).astype("int64")


def _progress_by_unit(counts: pd.DataFrame, parents: Mapping[str, str | None]) -> pd.DataFrame:
    """Return a row per unit of the tree and a column per step of PROGRESS: follow-ups of persons right in it."""
    is_late = counts["is_overdue"].astype("bool")
    named = counts.assign(step=counts["state"].astype(str).mask(is_late, OVERDUE))
    table = named.pivot_table(index="unit_code", columns="step", values="count", aggfunc="sum", fill_value=0)
    return table.reindex(index=list(parents), columns=[str(step) for step in PROGRESS], fill_value=0).astype("int64")


def _day(value: object) -> date:
    return pd.Timestamp(str(value)).date()
