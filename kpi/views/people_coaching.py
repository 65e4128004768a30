"""The coaching list of the persons whom a reader may see: for whom, why, what is proposed, and what follows already.

Proposes only. Leadership, which sees no person, gets none of it: its counts are those of `people.unit_people`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from kpi.access import AllowedPeople, AllowedSnapshot
from kpi.appraisal.coaching import coaching_list
from kpi.appraisal.predicate import predicates
from kpi.messages import Message
from kpi.people_model import CoachingReason, FollowUpKind, FollowUpState, Predicate
from kpi.scoring.profile import RuleProfile
from kpi.scoring.table import score_table
from kpi.views.change_and_target import Move, change_and_target
from kpi.views.moments import local
from kpi.views.plain_rows import names_by
from kpi.views.selection import Selection
from kpi.views.tree import tree_of

Worsening = frozenset[tuple[str, str]]
"""Units and indicators of theirs that get worse by the control chart."""


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A follow-up as it stands. `is_overdue` by the day of the snapshot; `entered_in` is the batch of this version."""

    code: str
    employee_code: str
    employee_name: str
    kind: FollowUpKind
    owner_code: str
    owner_name: str
    due_on: date
    state: FollowUpState
    text: str
    reason: CoachingReason | None
    outcome: str | None
    is_overdue: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A follow-up as it stood from `at` (local time) on, and who entered that."""

    at: datetime | None
    made_by: str
    state: FollowUpState
    due_on: date
    text: str
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """One row of the coaching list. `why` fills itself from the row; `open` are this person's open follow-ups."""

    employee_code: str
    employee_name: str
    unit_code: str
    superior_code: str | None
    reason: CoachingReason
    kind: FollowUpKind
    why: Message
    indicator_code: str
    open: tuple[FollowedUp, ...]

    @property
    def key(self) -> str:
        """What tells it from every other row."""
        return f"{self.employee_code}-{self.reason}-{self.indicator_code}"


@dataclass(frozen=True, slots=True)
class Coaching:
    """What is proposed, the most urgent reasons first, and all follow-ups of these persons, by due date."""

    proposed: tuple[Proposed, ...]
    follow_ups: tuple[FollowedUp, ...]


def worsening_in(
    snapshot: AllowedSnapshot, selection: Selection, unit_codes: Sequence[str], profile: RuleProfile
) -> Worsening:
    """Return which indicators of these units get worse by the control chart; figures alone, no person.

    A unit is judged with the one above it, so that a whole department costs one question.
    """
    tree = tree_of(snapshot.units(selection.organisation_code))
    asked = {tree.nodes[code].parent_code or code for code in unit_codes if code in tree.nodes}
    judged = [change_and_target(snapshot, selection, code, profile) for code in sorted(asked)]
    return frozenset(
        (figure.unit_code, figure.sheet.code)
        for each in judged
        for figure in each.figures
        if figure.move is Move.WORSE and figure.unit_code in unit_codes
    )


def staff_in(people: AllowedPeople, organisation_code: str, unit_codes: Sequence[str] | None = None) -> pd.DataFrame:
    """Return who is in post today and may be read, of all units or of these; columns as `people.employees`."""
    return people.employees(organisation_code, on=people.meta.today, unit_codes=unit_codes)


def units_served(people: AllowedPeople, organisation_code: str, staff: pd.DataFrame) -> tuple[str, ...]:
    """Return the units whose indicators the individual ones of `staff` are cascaded from, by code."""
    codes = staff["employee_code"].astype(str).tolist()
    indicators = people.iki(organisation_code, codes)
    return tuple(sorted(set(indicators["from_unit_code"].dropna().astype(str))))


def coaching(
    people: AllowedPeople, organisation_code: str, staff: pd.DataFrame, worsening: Worsening, profile: RuleProfile
) -> Coaching:
    """Return the coaching list of `staff` (rows as `staff_in` gives them) and their follow-ups.

    `worsening` as `worsening_in` gives it for the units that their individual indicators come from.
    """
    codes = staff["employee_code"].astype(str).tolist()
    if not codes:
        return Coaching((), ())
    appraised = people.appraisals(organisation_code, employee_codes=codes)
    appraised = appraised.assign(predicate=predicates(appraised["work_result"], appraised["behaviour"]))
    facts = people.iki_facts(organisation_code, codes)
    scored = score_table(facts[facts["is_finished"].astype("bool")], profile)
    listed = coaching_list(staff, appraised, scored, people.iki(organisation_code, codes), _verdicts(worsening))
    names = names_by("employee_code", staff)
    followed = follow_ups_of(people, organisation_code, codes, names)
    still_open = _by_person([each for each in followed if not each.is_closed])
    return Coaching(tuple(_proposed(row, names, still_open) for row in listed.to_dict("records")), followed)


def follow_ups_of(
    people: AllowedPeople, organisation_code: str, employee_codes: Sequence[str], names: Mapping[str, str]
) -> tuple[FollowedUp, ...]:
    """Return these persons' follow-ups, by due date; who has no name in `names` is called by the code."""
    rows = people.follow_ups(organisation_code, list(employee_codes))
    plain = rows.astype(object).where(rows.notna(), None)
    return tuple(
        FollowedUp(
            row["follow_up_code"],
            row["employee_code"],
            names.get(row["employee_code"], row["employee_code"]),
            FollowUpKind(row["kind"]),
            row["owner_code"],
            names.get(row["owner_code"], row["owner_code"]),
            pd.Timestamp(row["due_on"]).date(),
            FollowUpState(row["state"]),
            row["text"],
            CoachingReason(row["reason"]) if row["reason"] else None,
            row["outcome"],
            bool(row["is_overdue"]),
            bool(row["is_closed"]),
        )
        for row in plain.to_dict("records")
    )


def steps_of(people: AllowedPeople, organisation_code: str, follow_up_code: str) -> tuple[Step, ...]:
    """Return how a follow-up has gone, the oldest entry first. Raises AccessRefused where the reader may not know."""
    rows = people.follow_up_history(organisation_code, follow_up_code)
    plain = rows.astype(object).where(rows.notna(), None)
    return tuple(
        Step(
            local(row["recorded_at"]),
            row["made_by"],
            FollowUpState(row["state"]),
            pd.Timestamp(row["due_on"]).date(),
            row["text"],
            row["outcome"],
        )
        for row in plain.to_dict("records")
    )


def _verdicts(worsening: Worsening) -> pd.DataFrame:
    rows = [(unit, indicator, True) for unit, indicator in sorted(worsening)]
    return pd.DataFrame(rows, columns=["unit_code", "indicator_code", "is_worsening"]).astype(
        {"unit_code": "str", "indicator_code": "str", "is_worsening": "bool"}
    )


def _by_person(followed: Sequence[FollowedUp]) -> dict[str, tuple[FollowedUp, ...]]:
    found: dict[str, tuple[FollowedUp, ...]] = {}
    for each in followed:
        found[each.employee_code] = (*found.get(each.employee_code, ()), each)
    return found


def _proposed(row: Mapping, names: Mapping[str, str], still_open: Mapping[str, tuple[FollowedUp, ...]]) -> Proposed:
    code = str(row["employee_code"])
    values: dict[str, object] = {}
    if not pd.isna(row["predicate"]):
        values["predicate"] = Predicate(row["predicate"])
    if not pd.isna(row["times"]):
        values["times"] = int(row["times"])
    if not pd.isna(row["indicator_name"]):
        values["indicator_name"] = str(row["indicator_name"])
    return Proposed(
        code,
        names[code],
        str(row["unit_code"]),
        None if pd.isna(row["superior_code"]) else str(row["superior_code"]),
        CoachingReason(row["reason"]),
        FollowUpKind(row["proposed_kind"]),
        Message(str(row["text"]), values),
        "" if pd.isna(row["indicator_code"]) else str(row["indicator_code"]),
        still_open.get(code, ()),
    )
