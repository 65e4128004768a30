"""What enters the people's record at once, and what comparing it with the record gives. Does no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import pyarrow as pa

from kpi.errors import StoreError
from kpi.people_model import Appraisal, Employee, FeedbackNote, FollowUp, IndividualIndicator, UnitPredicate

Thing: TypeAlias = Employee | IndividualIndicator | Appraisal | UnitPredicate | FollowUp | FeedbackNote
"""What is entered as a whole: a later version replaces all of an earlier one."""

PEOPLE_FIGURES: Final = pa.schema(
    [
        ("line", pa.int64()),
        ("employee_code", pa.string()),
        ("indicator_code", pa.string()),
        ("grain", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("value", pa.float64()),
        ("numerator", pa.float64()),
        ("denominator", pa.float64()),
        ("multiplier", pa.float64()),
        ("target", pa.float64()),
        ("target_high", pa.float64()),
        ("verification", pa.string()),
        ("note", pa.string()),
    ]
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
    if unknown := sorted(set(figures.column_names) - set(PEOPLE_FIGURES.names)):
        text = "Figures have columns that the people's record doesn't know: {names}."
        raise StoreError(text, names=", ".join(unknown))
    columns = [
        figures[column.name].cast(column.type)
        if column.name in figures.column_names
        else pa.nulls(len(figures), column.type)
        for column in PEOPLE_FIGURES
    ]
    return pa.table(columns, schema=PEOPLE_FIGURES)
