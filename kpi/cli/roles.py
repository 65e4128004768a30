"""`kpi roles`: who may see and enter what; for the first administrator, and where nobody can sign in."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from dataclasses import replace
from typing import Any, Final  # Any: what JSON takes

from kpi.access import GIVEN, LOCAL, Access, Grant, Granted, granted, open_public, public_is_open, set_grants
from kpi.access.rights import BOUND_TO_PERSONS
from kpi.cli import Subparsers
from kpi.errors import UsageError

_ROLES: Final = {role.value: role for role in GIVEN}
_EPILOG: Final = f"""
ROLE is one of {", ".join(_ROLES)}, of every organisation; ROLE:ORGANISATION of that one; ROLE:ORGANISATION:UNIT of the
unit and all below it. superior and employee are superior:ORGANISATION:EMPLOYEE, the code of the employee whom the
identity is.
"""


def add_parsers(subparsers: Subparsers, parents: list[argparse.ArgumentParser]) -> None:
    """Add `roles`."""
    commands = subparsers.add_parser("roles", help="say who may see and enter what").add_subparsers(
        dest="roles_command", required=True
    )
    listing = commands.add_parser("list", parents=parents, help="who has which role, since when and why")
    listing.add_argument("--history", action="store_true", help="also what no longer stands")
    listing.add_argument("--json", action="store_true", help="one JSON object on stdout")
    listing.set_defaults(run=run_list)
    setting = commands.add_parser("set", parents=parents, help="give an identity roles, and no others", epilog=_EPILOG)
    setting.add_argument("identity", metavar="IDENTITY", help="the e-mail address or number by which they sign in")
    setting.add_argument("roles", nargs="*", metavar="ROLE", help="see below")
    setting.add_argument("--none", action="store_true", help="end all roles")
    setting.add_argument("--reason", required=True, metavar="TEXT", help="why; it stays in the access record")
    setting.set_defaults(run=run_set)
    switching = commands.add_parser("public", parents=parents, help="show verified figures to everybody, or not")
    switching.add_argument("state", choices=["open", "closed"])
    switching.add_argument("--reason", required=True, metavar="TEXT", help="why; it stays in the access record")
    switching.set_defaults(run=run_public)


def run_list(args: argparse.Namespace) -> int:
    """Print who has which role."""
    rows = [one for one in granted(args.store, _here()) if args.history or (one.is_newest and one.grants)]
    is_public = public_is_open(args.store)
    if args.json:
        print(json.dumps({"is_public": is_public, "roles": [_as_dict(one) for one in rows]}, ensure_ascii=False))
        return 0
    print(f"Verified figures are {'open to everybody' if is_public else 'closed to those without a role'}.")
    for one in rows:
        roles = ", ".join(_written(grant) for grant in one.grants) or "no role any more"
        print(f"{one.identity}: {roles} (since {one.since:%Y-%m-%d %H:%M} UTC, by {one.made_by}: {one.reason})")
    return 0


def run_set(args: argparse.Namespace) -> int:
    """Give an identity roles, or end them."""
    if bool(args.roles) == args.none:
        raise UsageError("Name the roles that the identity shall have, or --none to end all of them.")
    is_changed = set_grants(args.store, _here(), args.identity, [_read(text) for text in args.roles], args.reason)
    said = "has these roles from now on" if is_changed else "has these roles already; nothing was written"
    print(f"{args.identity} {said}: {', '.join(args.roles) or 'none'}.", file=sys.stderr)
    return 0


def run_public(args: argparse.Namespace) -> int:
    """Open published figures to everybody, or close them."""
    open_public(args.store, _here(), args.state == "open", args.reason)
    print(f"Verified figures are {args.state} to everybody from now on.", file=sys.stderr)
    return 0


def _here() -> Access:
    """Return the local user by name, for the access record."""
    return replace(LOCAL, identity=f"{getpass.getuser()} (command line)")


def _read(text: str) -> Grant:
    name, *places = text.split(":")
    if name not in _ROLES or len(places) > 2 or "" in places:
        raise UsageError(f"'{text}' is no role. Write ROLE, ROLE:ORGANISATION or ROLE:ORGANISATION:UNIT.{_EPILOG}")
    role = _ROLES[name]
    organisation_code, part = [*places, None, None][:2]
    if role in BOUND_TO_PERSONS:
        return Grant(role, organisation_code, employee_code=part)
    return Grant(role, organisation_code, unit_code=part)


def _written(grant: Grant) -> str:
    parts = (grant.role.value, grant.organisation_code, grant.unit_code or grant.employee_code)
    return ":".join(part for part in parts if part)


def _as_dict(one: Granted) -> dict[str, Any]:
    return {
        "identity": one.identity,
        "roles": [_written(grant) for grant in one.grants],
        "since": one.since.isoformat(timespec="seconds"),
        "made_by": one.made_by,
        "reason": one.reason,
        "is_newest": one.is_newest,
    }
