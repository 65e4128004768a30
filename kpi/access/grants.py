"""Who has which role: what an administrator states, and what an identity that signs in is granted by it.

Read on every run of every page, so kept in memory until the access record's file changes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from kpi.access.checks import check, refuse
from kpi.access.grant_rules import check_grants
from kpi.access.rights import Access, Grant, Right, Role
from kpi.errors import KpiError
from kpi.messages import mark
from kpi.store.access_log import ROLES, log_of
from kpi.store.access_record import AccessRecord, AssignedRole, Assignment, Standing, signature

CHANGED: Final = mark("changed the roles of an identity")
OPENED: Final = mark("opened verified figures to everybody")
CLOSED: Final = mark("closed verified figures to everybody without a role")
_PUBLIC: Final = Grant(Role.PUBLIC)
_LOWER: Final = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_kept: dict[Path, tuple[object, Standing]] = {}
_reading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Granted:
    """The roles of an identity from `since` (UTC) on, until the next row of it; none = they were ended."""

    identity: str
    grants: tuple[Grant, ...]
    since: datetime
    made_by: str
    reason: str
    is_newest: bool


def access_of(store: Path, identity: str, name: str) -> Access:
    """Return what the identity that signed in was granted; with nothing granted it may see nothing.

    Where published figures are public, it may see those besides. Raises StoreError when that can't be found out.
    """
    if not (known := normalised(identity)):
        return Access("", name, ())
    standing = _standing(Path(store))
    grants = tuple(_grant(role) for role in standing.roles.get(known, ()))
    return Access(known, name, (*grants, _PUBLIC) if standing.is_public else grants)


def public_is_open(store: Path) -> bool:
    """Whether everybody may see published figures of units without signing in."""
    return _standing(Path(store)).is_public


def open_public(store: Path, access: Access, is_open: bool, reason: str) -> None:
    """Open published figures of all organisations to everybody, or close them; logged. Raises AccessRefused."""
    if not access.may_everywhere(Right.ADMINISTER):
        refuse(store, access, Right.ADMINISTER, "")
    with AccessRecord.opened(store, writing=True) as record:
        if record.standing().is_public == is_open:
            return
        with record.adding("public", access.identity, _stated(reason)) as batch_number:
            record.switch_public(batch_number, is_open=is_open)
            log_of(store).add(ROLES, access.identity, _roles(access), OPENED if is_open else CLOSED)


def set_grants(store: Path, access: Access, identity: str, grants: Sequence[Grant], reason: str) -> bool:
    """Give an identity these roles and no others from now on; without any, it loses what it had. Logged.

    Returns False, and writes nothing, where they are its roles already. An administrator of one organisation changes
    roles in that one alone, and nobody their own: another administrator, or the command line, does. Raises
    AccessRefused, and KpiError or UnknownCode for a role that can't stand so.
    """
    wanted = tuple(dict.fromkeys(grants))
    return _assign(store, access, identity, lambda _standing: wanted, reason)


def change_grants(
    store: Path, access: Access, identity: str, given: Collection[Grant], ended: Collection[Grant], reason: str
) -> bool:
    """Give an identity some roles and end others, as `set_grants` does; what else it has stays, seen here or not."""

    def wanted(standing: tuple[Grant, ...]) -> tuple[Grant, ...]:
        return tuple(dict.fromkeys((*(grant for grant in standing if grant not in ended), *given)))

    return _assign(store, access, identity, wanted, reason)


def _assign(
    store: Path,
    access: Access,
    identity: str,
    wanted: Callable[[tuple[Grant, ...]], tuple[Grant, ...]],
    reason: str,
) -> bool:
    """Write what `wanted` makes of an identity's roles, where `access` may; return whether that changes anything."""
    if not (identity := normalised(identity)):
        raise KpiError("Roles need an identity. Give the e-mail address or the number by which the person signs in.")
    with AccessRecord.opened(store, writing=True) as record:
        standing = tuple(_grant(role) for role in record.standing().roles.get(identity, ()))
        grants = wanted(standing)
        changed = set(standing) ^ set(grants)
        _check_reach(store, access, identity, changed)
        if not changed:
            return False
        check_grants(store, set(grants) - set(standing))
        with record.adding("roles", access.identity, _stated(reason)) as batch_number:
            record.assign(batch_number, identity, [AssignedRole(**asdict(grant)) for grant in grants])
            log_of(store).add(
                ROLES,
                access.identity,
                _roles(access),
                CHANGED,
                organisation_code=_one_of({grant.organisation_code for grant in changed}),
                whom=identity,
            )
    return True


def granted(store: Path, access: Access) -> list[Granted]:
    """Return who was given which roles, in the past too, oldest first. Raises AccessRefused.

    An administrator of one organisation sees the roles in that one alone.
    """
    if not access.may(Right.ADMINISTER):
        refuse(store, access, Right.ADMINISTER, "")
    with AccessRecord.opened(store, writing=False) as record:
        made = [_granted(one) for one in record.assignments()]
    if access.may_everywhere(Right.ADMINISTER):
        return made
    return [seen for one in made if (seen := _seen_by(access, one)).grants]


def normalised(identity: str) -> str:
    """Return the identity as it is compared: without blanks around it, an e-mail address in lower case.

    ASCII letters alone are lowered: Unicode has others that become one of them, and would make two addresses the same.
    """
    bare = identity.strip()
    return bare.translate(_LOWER) if "@" in bare else bare


def _standing(store: Path) -> Standing:
    store = store.resolve()
    now = signature(store)  # before reading: a change meanwhile is read by the next
    kept = _kept.get(store)
    if kept is not None and kept[0] == now:
        return kept[1]
    with _reading, AccessRecord.opened(store, writing=False) as record:
        standing = record.standing()
    _kept[store] = (now, standing)
    return standing


def _check_reach(store: Path, access: Access, identity: str, changed: Collection[Grant]) -> None:
    """Raise AccessRefused where `access` may not change these roles of an identity."""
    if not access.may(Right.ADMINISTER):
        refuse(store, access, Right.ADMINISTER, "")
    if access.identity == identity:
        refuse(store, access, Right.ADMINISTER, "", whom=identity)
    for organisation_code in sorted({grant.organisation_code or "" for grant in changed}):
        if organisation_code:
            check(store, access, Right.ADMINISTER, organisation_code)
        elif not access.may_everywhere(Right.ADMINISTER):
            refuse(store, access, Right.ADMINISTER, "")


def _stated(reason: str) -> str:
    if not (said := reason.strip()):
        raise KpiError("Who may see what changes only with a reason. Say why.")
    return said


def _roles(access: Access) -> str:
    return ",".join(access.roles())


def _one_of(codes: Iterable[str | None]) -> str:
    """Return the only code, or nothing where there are several, or every organisation is meant."""
    only = set(codes)
    return (only.pop() or "") if len(only) == 1 else ""


def _grant(role: AssignedRole) -> Grant:
    return Grant(**{**asdict(role), "role": Role(role.role)})


def _granted(one: Assignment) -> Granted:
    grants = tuple(_grant(role) for role in one.roles)
    return Granted(one.identity, grants, one.recorded_at, one.made_by, one.reason, one.is_newest)


def _seen_by(access: Access, one: Granted) -> Granted:
    grants = (g for g in one.grants if g.organisation_code and access.may(Right.ADMINISTER, g.organisation_code))
    return Granted(one.identity, tuple(grants), one.since, one.made_by, one.reason, one.is_newest)
