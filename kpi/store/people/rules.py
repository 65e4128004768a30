"""What must hold among the things of the people's record together. Pure: reads no file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from kpi.errors import StoreError, UnknownCode
from kpi.messages import Message, mark
from kpi.people_model import Appraisal, Employee, FeedbackNote, FollowUp, IndividualIndicator
from kpi.store.people.entry import Thing

_OPEN_END: Final = date.max


def check_posts(employees: Iterable[Employee]) -> None:
    """Raise StoreError where posts of one employee overlap or superiors go in a circle, UnknownCode for a superior."""
    posts: dict[str, list[Employee]] = {}
    for post in sorted(employees, key=lambda post: (post.employee_code, post.valid_from)):
        posts.setdefault(post.employee_code, []).append(post)
    for code, held in posts.items():
        for earlier, later in pairwise(held):
            if (earlier.valid_to or _OPEN_END) >= later.valid_from:
                raise StoreError(
                    "Employee {code}: the post from {earlier} goes on when the one from {later} begins. Give the "
                    "earlier one its last day.",
                    code=code,
                    earlier=earlier.valid_from,
                    later=later.valid_from,
                )
        for post in held:
            if post.superior_code is not None and post.superior_code not in posts:
                where = Message(mark("superior of employee {code}"), {"code": code})
                raise UnknownCode("employee", post.superior_code, posts, where)
    _check_circles({code: held[-1].superior_code for code, held in posts.items()})


def _check_circles(superiors: dict[str, str | None]) -> None:
    """Raise StoreError when somebody is above themselves in the newest posts."""
    sound: set[str] = set()
    for code in superiors:
        above: list[str] = []
        at: str | None = code
        while at is not None and at not in sound:
            if at in above:
                circle = ", ".join(above[above.index(at) :])
                text = "Employees {codes}: each is above the other. Give one of them another superior."
                raise StoreError(text, codes=circle)
            above.append(at)
            at = superiors[at]
        sound.update(above)


def check_codes(things: Sequence[Thing], employees: Iterable[str]) -> None:
    """Raise UnknownCode for the first thing that names an employee who isn't known."""
    known = set(employees)
    for thing in things:
        for where, code in _named(thing):
            if code not in known:
                raise UnknownCode("employee", code, known, where=where)


def _named(thing: Thing) -> list[tuple[Message, str]]:
    """Return the employees that a thing names, each with the place."""
    match thing:
        case IndividualIndicator():
            return [(Message(mark("indicator {code}"), {"code": thing.indicator_code}), thing.employee_code)]
        case Appraisal():
            ends = {"day": thing.period_end}
            return [
                (Message(mark("appraisal to {day}"), ends), thing.employee_code),
                (Message(mark("superior in appraisal to {day}"), ends), thing.superior_code),
            ]
        case FollowUp():
            code = {"code": thing.follow_up_code}
            return [
                (Message(mark("follow-up {code}"), code), thing.employee_code),
                (Message(mark("owner of follow-up {code}"), code), thing.owner_code),
            ]
        case FeedbackNote():
            return [(Message(mark("note {code}"), {"code": thing.note_code}), thing.employee_code)]
        case _:  # an employee's superior is checked with all posts; a unit's predicate names nobody here
            return []
