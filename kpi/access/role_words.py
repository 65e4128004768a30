"""What each role is called on a screen, before translation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kpi.access.rights import Role
from kpi.messages import mark

ROLE_WORDS: Final[Mapping[Role, str]] = {
    Role.LEADERSHIP: mark("Leadership"),
    Role.PLANNER: mark("Planner"),
    Role.OFFICER: mark("Unit officer"),
    Role.VERIFIER: mark("Verifier"),
    Role.PEOPLE_MANAGER: mark("People manager"),
    Role.SUPERIOR: mark("Superior"),
    Role.EMPLOYEE: mark("Employee"),
    Role.ADMINISTRATOR: mark("Administrator"),
    Role.PUBLIC: mark("Public"),
    Role.LOCAL: mark("User of this machine"),
}
