"""What enters the people's record at once, and what comparing it with the record gives. Does no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyarrow as pa

from kpi.people_model import Appraisal, Employee, FeedbackNote, FollowUp, IndividualIndicator, UnitPredicate
from kpi.store.figures import FIGURES, laid_out

Thing: TypeAlias = Employee | IndividualIndicator | Appraisal | UnitPredicate | FollowUp | FeedbackNote
"""What is entered as a whole: a later version replaces all of an earlier one."""

PEOPLE_FIGURES: Final = pa.schema(
    field.with_name("employee_code") if field.name == "unit_code" else field
    for field in FIGURES
    if field.name != "weight"
)
"""FIGURES with an employee in place of a unit, and no weight: persons have no index. Null = nothing is said of it."""


@dataclass(frozen=True, slots=True)
class PeopleEntry:
    """Things and figures that are recorded as one batch; things may stand in any order."""

    things: Sequence[Thing] = ()
    figures: pa.Table | None = None

    def __len__(self) -> int:
        return len(self.things) + (0 if self.figures is None else len(self.figures))


@dataclass(frozen=True, slots=True)
class PeopleComparison:
    """How many things and figures of an entry are new, correct something known, or are known already."""

    new: int
    changed: int
    unchanged: int

    @property
    def accepted(self) -> int:
        """How many an append would write."""
        return self.new + self.changed


def in_layout(figures: pa.Table | None) -> pa.Table:
    """Return `figures` in the columns and types of PEOPLE_FIGURES; none = no rows. Raises StoreError on others."""
    if figures is None:
        return PEOPLE_FIGURES.empty_table()
    return laid_out(figures, PEOPLE_FIGURES)
