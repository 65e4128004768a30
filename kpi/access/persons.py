"""Whom an access reaches among an organisation's employees: all, those of a unit, the own staff, or oneself. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kpi.access.rights import BOUND_TO_PERSONS, Access, Grant, Right, Role
from kpi.people_model import Employee


@dataclass(frozen=True, slots=True)
class Held:
    """Where somebody stands on a day: the newest post begun by then; `is_in_post`: it has not ended."""

    employee_code: str
    unit_code: str
    superior_code: str | None
    is_in_post: bool


def held_on(posts: Iterable[Employee], day: date) -> dict[str, Held]:
    """Return where everybody stands on a day, by code; who has not begun yet, by the first post to come."""
    found: dict[str, Employee] = {}
    for post in sorted(posts, key=lambda each: each.valid_from):
        if post.employee_code not in found or post.valid_from <= day:
            found[post.employee_code] = post
    return {code: _held(post, day) for code, post in found.items()}


def reach(
    access: Access,
    right: Right,
    organisation_code: str,
    held: Collection[Held],
    parents: Mapping[str, str | None],
) -> frozenset[str] | None:
    """Return the codes of the employees for whom the right is given; None = everybody in the organisation.

    A superior reaches those right under them today, no further down, and may read the own record too; an employee the
    own person alone; any other role the employees of its unit and below. `parents`: every unit's parent.
    """
    granted = [grant for grant in access.grants if grant.gives(right, organisation_code)]
    unbound = tuple(grant for grant in granted if grant.role not in BOUND_TO_PERSONS)
    units = Access(access.identity, access.name, unbound).units(right, organisation_code, parents)
    if units is None:
        return None
    found = {each.employee_code for each in held if each.unit_code in units}
    for grant in granted:
        found |= _of_person(grant, right, held)
    return frozenset(found)


def is_own_hand(access: Access, right: Right, organisation_code: str, hand: str) -> bool:
    """Whether `access` may sign with the employee code `hand`: the own one, or any for whom no person is bound."""
    granted = [grant for grant in access.grants if grant.gives(right, organisation_code)]
    return any(grant.role not in BOUND_TO_PERSONS or grant.employee_code == hand for grant in granted)


def _held(post: Employee, day: date) -> Held:
    is_in_post = post.valid_from <= day and (post.valid_to is None or post.valid_to >= day)
    return Held(post.employee_code, post.unit_code, post.superior_code, is_in_post)


def _of_person(grant: Grant, right: Right, held: Collection[Held]) -> set[str]:
    """Return whom a role that is bound to a person reaches."""
    own = grant.employee_code
    if own is None:
        return set()
    if grant.role is Role.EMPLOYEE:
        return {own}
    if grant.role is Role.SUPERIOR:
        staff = {each.employee_code for each in held if each.superior_code == own and each.is_in_post}
        return staff | ({own} if right is Right.READ_PERSON else set())
    return set()
