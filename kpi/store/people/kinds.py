"""The kinds of things in the people's record: their tables, keys and closed sets, and the way to Arrow and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final  # Any: rows of a query, typed by the schema

import pyarrow as pa

from kpi.model import Mark, Polarity
from kpi.people_model import (
    Appraisal,
    AppraisalKind,
    Cascade,
    CoachingReason,
    CoreValue,
    Employee,
    FeedbackNote,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    FunctionalLevel,
    IndividualIndicator,
    Level,
    OrganisationPredicate,
    UnitPredicate,
)
from kpi.store.people.entry import Thing

_DAY: Final = pa.date32()
_COLUMN_TYPES: Final[dict[str, pa.DataType]] = {
    **dict.fromkeys(("valid_from", "valid_to", "period_start", "period_end", "about_period_end"), _DAY),
    **dict.fromkeys(("due_on", "written_on"), _DAY),
    "multiplier": pa.float64(),
    "decimals": pa.int32(),
}
"""The columns that are no text."""


@dataclasses.dataclass(frozen=True, slots=True)
class Kind:
    """One kind: `table` names its table and its SQL files; `key` tells its things apart within an organisation."""

    thing: type[Thing]
    table: str
    key: tuple[str, ...]
    closed: Mapping[str, type[StrEnum]]

    def key_of(self, thing: Thing) -> tuple[str | date, ...]:
        """Return what tells `thing` apart."""
        return tuple(getattr(thing, name) for name in self.key)

    def as_arrow(self, things: Sequence[Thing]) -> pa.Table:
        """Return one row per thing, a column per field."""
        names = [part.name for part in dataclasses.fields(self.thing)]
        return pa.table(
            {
                name: pa.array([getattr(thing, name) for thing in things], _COLUMN_TYPES.get(name, pa.string()))
                for name in names
            }
        )

    def from_row(self, row: Mapping[str, Any]) -> Thing:
        """Return the thing that a row states; the text of a closed set becomes its Enum."""
        closed = {name: kind(row[name]) for name, kind in self.closed.items() if row[name] is not None}
        return self.thing(**{**row, **closed})


EMPLOYEE: Final = Kind(Employee, "employee", ("employee_code", "valid_from"), {"functional_level": FunctionalLevel})
IKI: Final = Kind(
    IndividualIndicator, "iki", ("employee_code", "indicator_code"), {"cascade": Cascade, "polarity": Polarity}
)
APPRAISAL: Final = Kind(
    Appraisal,
    "appraisal",
    ("employee_code", "kind", "period_end"),
    {
        "kind": AppraisalKind,
        "rule_mark": Mark,
        **dict.fromkeys(("work_result", "behaviour", *(value.value for value in CoreValue)), Level),
    },
)
UNIT_PREDICATE: Final = Kind(
    UnitPredicate,
    "unit_predicate",
    ("unit_code", "kind", "period_end"),
    {"kind": AppraisalKind, "predicate": OrganisationPredicate},
)
FOLLOW_UP: Final = Kind(
    FollowUp,
    "follow_up",
    ("follow_up_code",),
    {"kind": FollowUpKind, "state": FollowUpState, "reason": CoachingReason},
)
FEEDBACK_NOTE: Final = Kind(FeedbackNote, "feedback_note", ("note_code",), {})
KINDS: Final = (EMPLOYEE, IKI, APPRAISAL, UNIT_PREDICATE, FOLLOW_UP, FEEDBACK_NOTE)
"""All kinds, what others need first."""
