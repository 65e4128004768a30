"""One access for each role, bound where roles are bound to the town's agency of education, and to its one employee."""

from __future__ import annotations

from kpi.access import LOCAL, Access, Grant, Role
from tests.small_organisation import TOWN

OWN = "DISDIK"
OTHER = "PKM_A"
EMPLOYEE = "E1"


def _access(role: Role, **bound: str) -> Access:
    return Access(f"{role}@example.go.id", role.value, (Grant(role, TOWN, **bound),))


ACCESSES: dict[str, Access] = {
    Role.LEADERSHIP.value: _access(Role.LEADERSHIP),
    Role.PLANNER.value: _access(Role.PLANNER),
    Role.OFFICER.value: _access(Role.OFFICER, unit_code=OWN),
    Role.VERIFIER.value: _access(Role.VERIFIER, unit_code=OWN),
    Role.PEOPLE_MANAGER.value: _access(Role.PEOPLE_MANAGER),
    Role.SUPERIOR.value: _access(Role.SUPERIOR, employee_code="E0"),
    Role.EMPLOYEE.value: _access(Role.EMPLOYEE, employee_code=EMPLOYEE),
    Role.ADMINISTRATOR.value: _access(Role.ADMINISTRATOR),
    Role.PUBLIC.value: Access("public", "public", (Grant(Role.PUBLIC),)),
    "nobody": Access("x@example.go.id", "x", ()),
    "elsewhere": Access("y@example.go.id", "y", tuple(Grant(role, "LAIN") for role in Role if role is not Role.LOCAL)),
    Role.LOCAL.value: LOCAL,
}
"""`elsewhere` has every role, in another organisation. Each of them must have a column in the matrices."""
