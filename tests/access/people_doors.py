"""How the door for what is entered about people is tried: on an employee of a unit, or on the unit itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from kpi.access import Access
from kpi.intake.people.entering import enter_people
from kpi.people_model import (
    Appraisal,
    AppraisalKind,
    Employee,
    FeedbackNote,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Level,
    OrganisationPredicate,
    UnitPredicate,
)
from kpi.periods import Period
from kpi.store.people.publish import publish_people
from kpi.store.people.record import BatchHeader, PeopleEntry, PeopleRecord
from tests.small_organisation import TOWN

HEADS = {"DISDIK": "E0", "PKM_A": "E2"}
STAFF = {"DISDIK": "E1", "PKM_A": "E3"}
"""The one superior and the one under them in each unit; the roles of the matrix are E0 and E1."""
_SINCE = date(2024, 1, 1)
_QUARTER = Period.parse("2026-Q3")


def staffed(store: Path) -> None:
    """Record and publish a head and a subordinate in each of the two units."""
    heads = [Employee(TOWN, code, f"Kepala {code}", "Kepala", unit, _SINCE) for unit, code in HEADS.items()]
    staff = [
        Employee(TOWN, code, f"Staf {code}", "Staf", unit, _SINCE, superior_code=HEADS[unit])
        for unit, code in STAFF.items()
    ]
    with PeopleRecord.opened(store, writing=True) as record:
        record.append(BatchHeader(TOWN, "form", made_by="a test"), PeopleEntry([*heads, *staff]))
    publish_people(store)


def _appraisal(store: Path, access: Access, unit: str, number: int) -> object:
    judged = Appraisal(
        TOWN, STAFF[unit], AppraisalKind.PERIODIC, _QUARTER.start, _QUARTER.end, HEADS[unit], Level.ABOVE,
        Level.AS_EXPECTED, note=str(number),
    )  # fmt: skip
    return enter_people(store, access, TOWN, [judged])


def _follow_up(store: Path, access: Access, unit: str, number: int) -> object:
    planned = FollowUp(
        TOWN, f"TL-{STAFF[unit]}-01", STAFF[unit], FollowUpKind.COACHING, HEADS[unit], date(2026, 12, 31),
        FollowUpState.PLANNED, str(number),
    )  # fmt: skip
    return enter_people(store, access, TOWN, [planned])


def _note(store: Path, access: Access, unit: str, number: int) -> object:
    code = STAFF[unit]
    return enter_people(store, access, TOWN, [FeedbackNote(TOWN, f"UB-{code}-01", code, code, _SINCE, str(number))])


def _post(store: Path, access: Access, unit: str, number: int) -> object:
    return enter_people(store, access, TOWN, [Employee(TOWN, f"N{number}", "Nama Contoh", "Staf", unit, _SINCE)])


def _unit_predicate(store: Path, access: Access, unit: str, number: int) -> object:
    judged = UnitPredicate(
        TOWN, unit, AppraisalKind.PERIODIC, _QUARTER.start, _QUARTER.end, OrganisationPredicate.GOOD, str(number)
    )
    return enter_people(store, access, TOWN, [judged])


PEOPLE_DOORS: dict[str, Callable[[Path, Access, str, int], object]] = {
    "enter_people: an appraisal": _appraisal,
    "enter_people: a follow-up": _follow_up,
    "enter_people: a note": _note,
    "enter_people: a post": _post,
    "enter_people: a unit's predicate": _unit_predicate,
}
