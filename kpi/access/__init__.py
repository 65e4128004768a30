"""Who may see and enter what: roles and units become what may be asked of snapshots and of the doors that write."""

from kpi.access.checks import check
from kpi.access.figures import AllowedSnapshot, allowed_snapshot
from kpi.access.rights import LOCAL, PUBLIC, RIGHTS, Access, Grant, Right, Role

__all__ = [
    "LOCAL",
    "PUBLIC",
    "RIGHTS",
    "Access",
    "AllowedSnapshot",
    "Grant",
    "Right",
    "Role",
    "allowed_snapshot",
    "check",
]
