"""What a role needs, to stand in the table: an organisation, a unit or an employee that is known, or none."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kpi.access.rights import BOUND_TO_PERSONS, GIVEN, Grant, Role
from kpi.errors import KpiError, StoreError, UnknownCode
from kpi.store.people.snapshot import PEOPLE_FOLDER, PeopleSnapshot
from kpi.store.snapshot import Snapshot
from kpi.store.versions import current_version


def check_grants(store: Path, grants: Iterable[Grant]) -> None:
    """Raise KpiError for a role that is given with too much or too little, UnknownCode for what isn't published."""
    for grant in sorted(grants, key=lambda grant: (grant.role, grant.organisation_code or "")):
        _check_parts(grant)
        if grant.organisation_code is not None:
            _check_codes(store, grant, grant.organisation_code)


def _check_parts(grant: Grant) -> None:
    role = grant.role.value
    if grant.role not in GIVEN:
        raise KpiError("Role {role} is given to nobody: it follows from where somebody is.", role=role)
    if grant.role in BOUND_TO_PERSONS and not (grant.organisation_code and grant.employee_code):
        raise KpiError("Role {role} needs the organisation and the employee's code.", role=role)
    if grant.role not in BOUND_TO_PERSONS and grant.employee_code:
        raise KpiError("Role {role} is bound to no employee. Leave the employee's code out.", role=role)
    if grant.unit_code and (grant.role in BOUND_TO_PERSONS or grant.role is Role.ADMINISTRATOR):
        raise KpiError("Role {role} is bound to no unit. Leave the unit out.", role=role)
    if grant.unit_code and not grant.organisation_code:
        raise KpiError("Unit {unit}: name the organisation that it belongs to.", unit=grant.unit_code)


def _check_codes(store: Path, grant: Grant, organisation_code: str) -> None:
    snapshot = Snapshot.open(store)
    organisations = [each.organisation_code for each in snapshot.organisations()]
    if organisation_code not in organisations:
        raise UnknownCode("organisation", organisation_code, organisations, where=grant.role.value)
    if grant.unit_code is not None:
        units = snapshot.units(organisation_code)["unit_code"].astype(str).tolist()
        if grant.unit_code not in units:
            raise UnknownCode("unit", grant.unit_code, units, where=organisation_code)
    if grant.employee_code is not None and not _is_employee(store, organisation_code, grant.employee_code):
        # without a hint: who gives roles may not read the list of employees
        raise UnknownCode("employee", grant.employee_code, (), where=organisation_code)


def _is_employee(store: Path, organisation_code: str, employee_code: str) -> bool:
    try:
        people = PeopleSnapshot.open(store, current_version(store, PEOPLE_FOLDER))
    except StoreError:
        return False
    return not people.employees(organisation_code, employee_codes=[employee_code]).empty
