"""How far the training has come: one's own tasks, and for who may count people how many of a unit have learnt.

Counts are of persons. A unit with fewer than five learners shows none, nor does as much else as it takes that nobody
can subtract it out; a unit without any reads the same as one with few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from kpi.access import PUBLIC, Access, AllowedSnapshot, Right, check
from kpi.appraisal.suppression import LEAST, suppress
from kpi.store.training import Step, add_step, own_steps, steps_of
from kpi.training.walks import Kind, is_finished
from kpi.views.tree import tree_of

FINISHED: Final = "finished"
BEGUN: Final = "begun"


@dataclass(frozen=True, slots=True)
class Learners:
    """How many of a unit have begun a walk, and how many of these have finished one; None = too few to be shown."""

    unit_code: str
    unit_name: str
    begun: int | None
    finished: int | None


@dataclass(frozen=True, slots=True)
class TrainingCounts:
    """Counts by unit, in the order of the tree; the totals None where they too would tell of a few."""

    units: tuple[Learners, ...]
    begun: int | None
    finished: int | None


def is_kept(access: Access) -> bool:
    """Whether progress is kept for this access: not for the public, whose identity many share."""
    return access.identity != PUBLIC.identity


def own_unit(access: Access, organisation_code: str) -> str | None:
    """Return the unit that an access was granted a role in; None where it is bound to none."""
    units = (grant.unit_code for grant in access.grants if grant.organisation_code == organisation_code)
    return next((unit for unit in units if unit), None)


def solved(store: Path, access: Access, organisation_code: str) -> frozenset[tuple[str, str]]:
    """Return walk and task of what this access has solved."""
    if not is_kept(access):
        return frozenset()
    return frozenset((step.walk, step.task) for step in own_steps(store, access.identity, organisation_code))


def keep(store: Path, access: Access, organisation_code: str, unit_code: str, kind: Kind, task: str) -> None:
    """Keep that this access has solved a task. Raises AccessRefused, and StoreError where it can't be written."""
    check(store, access, Right.READ_PUBLISHED, organisation_code)
    if is_kept(access):
        unit = own_unit(access, organisation_code) or unit_code
        add_step(store, access.identity, organisation_code, unit, kind.value, task)


def training_counts(store: Path, snapshot: AllowedSnapshot, organisation_code: str) -> TrainingCounts:
    """Return how many learners there are, for the people manager. Raises AccessRefused, and logs it.

    What is hidden is found for the whole organisation first, so that no two readers see what together tells more.
    """
    access = snapshot.access
    check(store, access, Right.MANAGE_PEOPLE, organisation_code)
    tree = tree_of(snapshot.units(organisation_code))
    parents = {code: node.parent_code for code, node in tree.nodes.items()}
    counts = _counts(steps_of(store, organisation_code), tuple(tree.nodes), organisation_code)
    found = suppress(counts)
    hidden = {*found.small, *found.complementary, *counts.index[counts.sum(axis=1) == 0]}
    reach = access.units(Right.MANAGE_PEOPLE, organisation_code, parents)
    persons = counts.to_dict("index")
    units = tuple(
        Learners(code, tree.name(code), None, None)
        if code in hidden
        else Learners(code, tree.name(code), sum(persons[code].values()), persons[code][FINISHED])
        for code in tree.nodes
        if reach is None or code in reach
    )
    totals = found.totals if reach is None else None
    if totals is None or (hidden and int(counts.loc[sorted(hidden)].to_numpy().sum()) < LEAST):
        return TrainingCounts(units, None, None)
    return TrainingCounts(units, int(totals.sum()), int(totals[FINISHED]))


def _counts(steps: Sequence[Step], units: Iterable[str], root: str) -> pd.DataFrame:
    """Return persons by unit: who has finished a walk, and who has only begun; each in the unit last learnt for."""
    tasks: dict[str, dict[Kind, set[str]]] = {}
    unit_of: dict[str, str] = {}
    known = list(units)
    for step in steps:
        if step.walk in set(Kind):
            tasks.setdefault(step.learner, {}).setdefault(Kind(step.walk), set()).add(step.task)
            unit_of[step.learner] = step.unit_code if step.unit_code in known else root
    has_finished = {
        learner: any(is_finished(kind, done) for kind, done in walks.items()) for learner, walks in tasks.items()
    }
    persons = Counter((unit_of[learner], is_so) for learner, is_so in has_finished.items())
    rows = [[persons[unit, True], persons[unit, False]] for unit in known]
    return pd.DataFrame(rows, index=known, columns=[FINISHED, BEGUN])
