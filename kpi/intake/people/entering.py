"""The door for what is entered on screen about people: checks the right, refuses stale forms, records, publishes.

Appraisals and follow-ups of the own direct staff, notes on oneself, and the list of employees: each needs its right,
and the record of now says who is whose staff.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from kpi.access import Access, Right, check, check_person
from kpi.access.unit_tree import parents_for
from kpi.errors import StoreError
from kpi.intake.allowed import log_entered
from kpi.messages import Message, mark
from kpi.people_model import (
    Appraisal,
    Employee,
    FeedbackNote,
    FollowUp,
    IndividualIndicator,
    UnitPredicate,
)
from kpi.store.people.entry import PeopleEntry, Thing
from kpi.store.people.publish import publish_people
from kpi.store.people.record import Batch, BatchHeader, PeopleRecord


def enter_people(
    store: Path,
    access: Access,
    organisation_code: str,
    things: Sequence[Thing],
    *,
    reason: str | None = None,
    seen: int | None = None,
) -> Batch | None:
    """Record `things` as one batch and publish people; None, and nothing written, when all of it stands so already.

    `seen`: the last batch of the snapshot that the form was filled in from (`meta.record_version`); another version of
    one of the things entered since is no longer overwritten unseen, but refused. Raises AccessRefused (logged),
    StoreError and UnknownCode; then nothing is written.
    """
    parents = parents_for(store, access, organisation_code)
    with PeopleRecord.opened(store, writing=True) as record:
        posts = record.all_of(Employee, organisation_code)
        for thing in things:
            _check(store, access, organisation_code, thing, posts, parents)
        if seen is not None and (stale := record.touched_since(seen, organisation_code, things)):
            raise StoreError(
                "{what}: somebody else changed it since this form was opened. Look at it anew, then enter it again.",
                what=_called(stale[0]),
            )
        header = BatchHeader(organisation_code, "form", made_by=access.name, reason=reason, rows=len(things))
        batch = record.append(header, PeopleEntry(things))
    if batch is not None:
        log_entered(store, access, [batch])
        publish_people(store)
    return batch


def _check(
    store: Path,
    access: Access,
    organisation_code: str,
    thing: Thing,
    posts: Collection[Employee],
    parents: Mapping[str, str | None],
) -> None:
    """Raise AccessRefused where `access` may not enter a thing."""
    match thing:
        case Appraisal():
            code, hand = thing.employee_code, thing.superior_code
            check_person(store, access, Right.APPRAISE, organisation_code, code, posts, parents, hand=hand)
        case FollowUp():
            check_person(store, access, Right.FOLLOW_UP, organisation_code, thing.employee_code, posts, parents)
        case FeedbackNote():
            code, hand = thing.employee_code, thing.author_code
            check_person(store, access, Right.NOTE, organisation_code, code, posts, parents, hand=hand)
        case Employee() | UnitPredicate() | IndividualIndicator():
            unit = None if isinstance(thing, IndividualIndicator) else thing.unit_code
            check(
                store,
                access,
                Right.MANAGE_PEOPLE,
                organisation_code,
                unit_codes=[unit] if unit else (),
                parents=parents,
            )


def _called(thing: Thing) -> Message:
    """Return what a thing is called in a refusal."""
    match thing:
        case Appraisal():
            values = {"code": thing.employee_code, "day": thing.period_end}
            return Message(mark("Appraisal of {code} to {day}"), values)
        case FollowUp():
            return Message(mark("Follow-up {code}"), {"code": thing.follow_up_code})
        case FeedbackNote():
            return Message(mark("Note {code}"), {"code": thing.note_code})
        case Employee():
            return Message(mark("Employee {code}"), {"code": thing.employee_code})
        case IndividualIndicator():
            return Message(mark("Indicator {code}"), {"code": thing.indicator_code})
        case UnitPredicate():
            return Message(mark("Predicate of {code}"), {"code": thing.unit_code})
