"""Fields of the forms about people, read into things; each field tells its own fault. Writes nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from kpi.intake.messages import Message, mark
from kpi.people_model import CLOSED_STATES, CoachingReason, FollowUp, FollowUpKind, FollowUpState

_DAY: Final = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})\s*")


@dataclass(frozen=True, slots=True)
class FollowUpForm:
    """What stands in the form for a follow-up; `due` as it was written: DD/MM/YYYY."""

    employee_code: str
    kind: FollowUpKind
    owner_code: str
    due: str
    state: FollowUpState
    text: str
    outcome: str = ""
    reason: CoachingReason | None = None

    def faults(self) -> dict[str, Message]:
        """Return what is wrong, by field; empty = sound."""
        found = {}
        if written_day(self.due) is None:
            found["due"] = Message(mark("is no day. Write it as day/month/year: 31/12/2026."))
        if not self.text.strip():
            found["text"] = Message(mark("is empty. Say what is to be done."))
        if self.state in CLOSED_STATES and not self.outcome.strip():
            found["outcome"] = Message(mark("is empty. Say what came of it, to close it."))
        return found

    def thing(self, organisation_code: str, follow_up_code: str) -> FollowUp:
        """Return the follow-up that a sound form states. Raises ValueError for one with a fault."""
        due = written_day(self.due)
        if due is None:
            raise ValueError(f"'{self.due}' is no day.")
        return FollowUp(
            organisation_code,
            follow_up_code,
            self.employee_code,
            self.kind,
            self.owner_code,
            due,
            self.state,
            self.text.strip(),
            self.reason,
            self.outcome.strip() or None,
        )


def written_day(text: str) -> date | None:
    """Return the day that is written as DD/MM/YYYY (also with dots or dashes), None where it is none."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None


def new_code(kind: str, employee_code: str, taken: Collection[str]) -> str:
    """Return a code that is not taken: TL-P017-03. `kind` begins it."""
    number = 1
    while (code := f"{kind}-{employee_code}-{number:02d}") in taken:
        number += 1
    return code
