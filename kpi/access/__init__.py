"""Who may see and enter what: roles and units become what may be asked of snapshots and of the doors that write."""

from kpi.access.checks import check, check_any, check_person
from kpi.access.figures import AllowedSnapshot, allowed_snapshot, open_allowed
from kpi.access.grants import Granted, access_of, change_grants, granted, open_public, public_is_open, set_grants
from kpi.access.logged import logged_entries
from kpi.access.people import AllowedPeople, allowed_people, has_people
from kpi.access.rights import GIVEN, LOCAL, PUBLIC, RIGHTS, Access, Grant, Right, Role

__all__ = [
    "GIVEN",
    "LOCAL",
    "PUBLIC",
    "RIGHTS",
    "Access",
    "AllowedPeople",
    "AllowedSnapshot",
    "Grant",
    "Granted",
    "Right",
    "Role",
    "access_of",
    "allowed_people",
    "allowed_snapshot",
    "change_grants",
    "check",
    "check_any",
    "check_person",
    "granted",
    "has_people",
    "logged_entries",
    "open_allowed",
    "open_public",
    "public_is_open",
    "set_grants",
]
