"""What is said of roles and of the access log: tables and words for the administrator's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import pandas as pd

from kpi.access import Grant, Granted, Role
from kpi.access.role_words import ROLE_WORDS
from kpi.i18n import MISSING, Translator, mark
from kpi.store.access_log import LOOK, REFUSED, ROLES, Entry
from kpi.views.moments import local, moment_said

ACTS: Final[Mapping[str, str]] = {
    REFUSED: mark("Refused"),
    LOOK: mark("Looked at a person"),
    ROLES: mark("Roles"),
}
"""The acts of the log that an administrator reads, and what each is called."""
Names = Mapping[tuple[str, str], str]
"""Names by organisation and unit; an organisation's own by its code and ''. What has none is shown by its code."""


def grant_said(grant: Grant, names: Names, t: Translator) -> str:
    """Return a role with what bounds it: Unit officer (Kota Contoh, Dinas Kesehatan)."""
    parts = (_organisation(grant, names, t), _unit(grant, names), grant.employee_code or "")
    return f"{t(ROLE_WORDS[grant.role])} ({', '.join(part for part in parts if part)})"


def grant_code(grant: Grant) -> str:
    """Return a role as the command line writes it: officer:KOTA:DISDIK."""
    parts = (grant.role.value, grant.organisation_code, grant.unit_code or grant.employee_code)
    return ":".join(part for part in parts if part)


def roles_table(rows: Sequence[Granted], names: Names, t: Translator) -> pd.DataFrame:
    """Return a row per role of each identity; one for an identity whose roles were ended."""
    return pd.DataFrame([_row(one, grant, names, t) for one in rows for grant in (one.grants or (None,))])


def older_said(files_left_out: int, t: Translator) -> str:
    """Return that older files of the log were not looked into; empty where all were."""
    if not files_left_out:
        return ""
    return t.plural(
        "{n} older file of the log was not looked into; the operator has it.",
        "{n} older files of the log were not looked into; the operator has them.",
        files_left_out,
    )


def log_table(entries: Iterable[Entry], names: Names, t: Translator) -> pd.DataFrame:
    """Return a row per entry of the access log."""
    return pd.DataFrame(
        [
            {
                t("When"): moment_said(local(entry.at), t),
                t("Identity"): entry.who,
                t("Role"): _roles_said(entry.roles, t),
                t("What happened"): f"{t(ACTS[entry.act])}: {t(entry.what)}",
                t("Concerns"): _concerned(entry, names),
            }
            for entry in entries
        ]
    )


def _row(one: Granted, grant: Grant | None, names: Names, t: Translator) -> dict[str, str]:
    return {
        t("Identity"): one.identity,
        t("Role"): t(ROLE_WORDS[grant.role]) if grant else t("no role any more"),
        t("Organisation"): _organisation(grant, names, t) if grant else MISSING,
        t("Unit"): (_unit(grant, names) if grant else "") or MISSING,
        t("Employee"): (grant.employee_code if grant else "") or MISSING,
        t("Since"): moment_said(local(one.since), t),
        t("Given by"): one.made_by,
        t("Reason"): one.reason,
    }


def _organisation(grant: Grant, names: Names, t: Translator) -> str:
    code = grant.organisation_code
    return t("Every organisation") if code is None else names.get((code, ""), code)


def _unit(grant: Grant, names: Names) -> str:
    unit = grant.unit_code or ""
    return names.get((grant.organisation_code or "", unit), unit) if unit else ""


def _roles_said(codes: str, t: Translator) -> str:
    """Return roles as the log keeps them, in words; a word that is no role stays as it is."""
    known = {role.value: t(words) for role, words in ROLE_WORDS.items()}
    return ", ".join(known.get(code, code) for code in codes.split(",") if code) or MISSING


def _concerned(entry: Entry, names: Names) -> str:
    """Return whom or what an entry is about: an identity, an employee, a unit, an organisation."""
    organisation = entry.organisation_code
    place = names.get((organisation, entry.unit_code), entry.unit_code) if entry.unit_code else ""
    parts = (entry.whom, entry.employee_code, place, names.get((organisation, ""), organisation))
    return " · ".join(part for part in parts if part) or MISSING


def is_offered_unit(role: Role, organisation_code: str | None) -> bool:
    """Whether a role may be bound to a unit: not a person's own, not an administrator's, not of every organisation."""
    return organisation_code is not None and role not in {Role.SUPERIOR, Role.EMPLOYEE, Role.ADMINISTRATOR}
