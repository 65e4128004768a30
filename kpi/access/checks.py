"""Refuses what was not granted, and logs each refusal: the one check of every door."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NoReturn

from kpi.access.persons import held_on, is_own_hand, reach
from kpi.access.rights import Access, Right
from kpi.errors import AccessRefused
from kpi.messages import Message, mark
from kpi.people_model import Employee
from kpi.store.access_log import REFUSED, log_of

SAID: Final[Mapping[Right, str]] = {
    Right.READ_PUBLISHED: mark("see verified figures"),
    Right.READ_REPORTED: mark("see figures that are not verified yet"),
    Right.REPORT: mark("report figures"),
    Right.AGREE: mark("agree indicators and targets"),
    Right.VERIFY: mark("verify and lock periods"),
    Right.UNDO: mark("undo a batch"),
    Right.COUNT_PEOPLE: mark("see summaries of people's appraisals"),
    Right.READ_PERSON: mark("see a person's record"),
    Right.APPRAISE: mark("appraise this person"),
    Right.FOLLOW_UP: mark("set follow-ups for this person"),
    Right.NOTE: mark("write a note on this person"),
    Right.MANAGE_PEOPLE: mark("keep the list of employees"),
    Right.ADMINISTER: mark("say who may see what"),
}
"""What each right is for, after "may not"."""


def check(
    store: Path,
    access: Access,
    right: Right,
    organisation_code: str,
    *,
    unit_codes: Collection[str] = (),
    parents: Mapping[str, str | None] | None = None,
    what: str = "",
) -> None:
    """Return where `access` has the right in the organisation, and for each of `unit_codes`; else log and refuse.

    `parents`: every unit's parent (None for the root), needed with `unit_codes`. A unit that it doesn't name is a new
    one, which nobody bound to a unit may touch. `what` says it in other words than the right's. Raises AccessRefused.
    """
    check_any(store, access, (right,), organisation_code, unit_codes=unit_codes, parents=parents, what=what)


def check_any(
    store: Path,
    access: Access,
    rights: Sequence[Right],
    organisation_code: str,
    *,
    unit_codes: Collection[str] = (),
    parents: Mapping[str, str | None] | None = None,
    what: str = "",
) -> None:
    """Return where `access` has one of the rights for each of `unit_codes`; else refuse as `check`."""
    if not any(access.may(right, organisation_code) for right in rights):
        refuse(store, access, rights[0], organisation_code, what=what)
    reached = reached_units(access, rights, organisation_code, parents or {})
    outside = [] if reached is None else sorted(set(unit_codes) - reached)
    if outside:
        refuse(store, access, rights[0], organisation_code, unit_code=outside[0], what=what)


def reached_units(
    access: Access, rights: Sequence[Right], organisation_code: str, parents: Mapping[str, str | None]
) -> frozenset[str] | None:
    """Return the units for which `access` has one of the rights; None = the whole organisation."""
    reached = [access.units(right, organisation_code, parents) for right in rights]
    bounded = [units for units in reached if units is not None]
    return frozenset().union(*bounded) if len(bounded) == len(reached) else None


def check_person(
    store: Path,
    access: Access,
    right: Right,
    organisation_code: str,
    employee_code: str,
    posts: Collection[Employee],
    parents: Mapping[str, str | None] | None = None,
    *,
    hand: str | None = None,
) -> None:
    """Return where `access` has the right for this employee; else log and refuse.

    `posts`: all posts of the organisation; those of today (by the clock) say who is whose staff. `parents`: every
    unit's parent, needed where a role is bound to a unit. `hand`: the employee in whose name it is done, which must be
    the own one for whoever's role is bound to a person. Raises AccessRefused.
    """
    held = held_on(posts, date.today())  # noqa: DTZ011 - the day here
    reached = reach(access, right, organisation_code, held.values(), parents or {})
    is_reached = access.may(right, organisation_code) and (reached is None or employee_code in reached)
    if not is_reached or (hand is not None and not is_own_hand(access, right, organisation_code, hand)):
        refuse(store, access, right, organisation_code, employee_code=employee_code)


def refuse(
    store: Path,
    access: Access,
    right: Right,
    organisation_code: str,
    *,
    unit_code: str = "",
    employee_code: str = "",
    whom: str = "",
    what: str = "",
) -> NoReturn:
    """Log that the right was asked for in vain, and raise AccessRefused. `what`: in other words than the right's."""
    said = what or SAID[right]
    log_of(store).add(
        REFUSED,
        access.identity,
        ",".join(access.roles(organisation_code)),
        said,
        organisation_code=organisation_code,
        employee_code=employee_code,
        unit_code=unit_code,
        whom=whom,
    )
    place = Message("{where}: ", {"where": where}) if (where := unit_code or organisation_code) else Message("")
    raise AccessRefused(place, Message(said))
