"""Roles, the rights that each has, and what one identity was granted. Does no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is in an organisation. `LOCAL` is the single user of a machine, and never stands in the table."""

    LEADERSHIP = "leadership"
    PLANNER = "planner"
    OFFICER = "officer"
    VERIFIER = "verifier"
    PEOPLE_MANAGER = "people_manager"
    SUPERIOR = "superior"
    EMPLOYEE = "employee"
    ADMINISTRATOR = "administrator"
    PUBLIC = "public"
    LOCAL = "local"


class Right(StrEnum):
    """What one may do. A published figure is one that was verified or locked; the others are merely reported."""

    READ_PUBLISHED = "read_published"
    READ_REPORTED = "read_reported"
    REPORT = "report"
    AGREE = "agree"
    VERIFY = "verify"
    UNDO = "undo"
    COUNT_PEOPLE = "count_people"
    READ_PERSON = "read_person"
    APPRAISE = "appraise"
    FOLLOW_UP = "follow_up"
    NOTE = "note"
    MANAGE_PEOPLE = "manage_people"
    ADMINISTER = "administer"


_EVERYONE: Final = frozenset({Right.READ_PUBLISHED})
RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.LEADERSHIP: _EVERYONE | {Right.READ_REPORTED, Right.COUNT_PEOPLE},
    Role.PLANNER: _EVERYONE | {Right.READ_REPORTED, Right.AGREE},
    Role.OFFICER: _EVERYONE | {Right.READ_REPORTED, Right.REPORT, Right.UNDO},
    Role.VERIFIER: _EVERYONE | {Right.READ_REPORTED, Right.VERIFY},
    Role.PEOPLE_MANAGER: _EVERYONE | {Right.COUNT_PEOPLE, Right.READ_PERSON, Right.FOLLOW_UP, Right.MANAGE_PEOPLE},
    Role.SUPERIOR: _EVERYONE | {Right.COUNT_PEOPLE, Right.READ_PERSON, Right.APPRAISE, Right.FOLLOW_UP},
    Role.EMPLOYEE: _EVERYONE | {Right.READ_PERSON, Right.NOTE},
    Role.ADMINISTRATOR: _EVERYONE | {Right.ADMINISTER},
    Role.PUBLIC: _EVERYONE,
    Role.LOCAL: frozenset(Right),
}
"""The rights of each role. A grant's unit bounds all but READ_PUBLISHED; a superior's reach the own staff alone, an
employee's the own person. An administrator says who may see, and sees neither persons nor unverified figures."""

BOUND_TO_PERSONS: Final = frozenset({Role.SUPERIOR, Role.EMPLOYEE})
"""Roles that need the code of the employee whom the identity is."""
GIVEN: Final = tuple(role for role in Role if role not in {Role.PUBLIC, Role.LOCAL})
"""Roles that an administrator gives to an identity; the others follow from where somebody is."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role: in which organisation (None = every), in which unit and below (None = all), as which employee."""

    role: Role
    organisation_code: str | None = None
    unit_code: str | None = None
    employee_code: str | None = None

    def gives(self, right: Right, organisation_code: str) -> bool:
        """Whether it gives the right somewhere in the organisation."""
        return right in RIGHTS[self.role] and self.organisation_code in (None, organisation_code)


@dataclass(frozen=True, slots=True)
class Access:
    """What one identity was granted; `identity` is its claim (an e-mail address), never shown to others but in logs."""

    identity: str
    name: str
    grants: tuple[Grant, ...]

    def may(self, right: Right, organisation_code: str | None = None) -> bool:
        """Whether the right is given somewhere in the organisation (None: in any)."""
        return any(
            right in RIGHTS[grant.role] if organisation_code is None else grant.gives(right, organisation_code)
            for grant in self.grants
        )

    def may_everywhere(self, right: Right) -> bool:
        """Whether the right is given in every organisation, those to come too."""
        return any(right in RIGHTS[grant.role] and grant.organisation_code is None for grant in self.grants)

    def roles(self, organisation_code: str | None = None) -> tuple[Role, ...]:
        """Return the roles in an organisation (None: in any), in their order."""
        held = {
            g.role for g in self.grants if organisation_code is None or g.organisation_code in (None, organisation_code)
        }
        return tuple(role for role in Role if role in held)

    def employee_code(self, organisation_code: str) -> str | None:
        """Return who the identity is among the employees of an organisation; None = nobody."""
        codes = (g.employee_code for g in self.grants if g.organisation_code == organisation_code and g.employee_code)
        return next(codes, None)

    def units(self, right: Right, organisation_code: str, parents: Mapping[str, str | None]) -> frozenset[str] | None:
        """Return the units for which the right is given, with all below them; None = the whole organisation.

        `parents`: every unit's parent, None for the root.
        """
        granted = [grant for grant in self.grants if grant.gives(right, organisation_code)]
        if any(grant.unit_code is None and grant.role not in BOUND_TO_PERSONS for grant in granted):
            return None
        tops = {grant.unit_code for grant in granted if grant.unit_code is not None}
        return _subtrees(tops, parents)


def _subtrees(tops: Iterable[str], parents: Mapping[str, str | None]) -> frozenset[str]:
    above = set(tops)
    return frozenset(code for code in parents if above.intersection(_way_up(code, parents)))


def _way_up(code: str, parents: Mapping[str, str | None]) -> list[str]:
    way: list[str] = []
    at: str | None = code
    while at is not None and at not in way:
        way.append(at)
        at = parents.get(at)
    return way


LOCAL: Final = Access("local", "local", (Grant(Role.LOCAL),))
"""The single user of this machine, who may do everything: the command line, and the dashboard on localhost."""
PUBLIC: Final = Access("public", "public", (Grant(Role.PUBLIC),))
"""Anyone: published figures of units."""
NOBODY: Final = Access("nobody", "nobody", ())
"""Somebody who may see nothing."""
