"""The sections of the administrator's page: roles and the form for them, the switch for the public, the log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import streamlit as st

from kpi.access import (
    GIVEN,
    Grant,
    Right,
    Role,
    change_grants,
    granted,
    logged_entries,
    open_public,
    public_is_open,
)
from kpi.access.rights import BOUND_TO_PERSONS
from kpi.access.role_words import ROLE_WORDS
from kpi.errors import KpiError
from kpi.intake.messages import translated
from kpi.views import roles_words as words
from kpi.views.markdown import plain
from ui import faces, figure, loaders, past, pickers
from ui.gate import Page

NEW: Final = ""
"""The code of "another identity" in the choice; no identity is empty."""
NO_ROLE: Final = ""
MOST: Final = 200
"""Entries of the log that are shown."""
LONGEST: Final = 254
"""Letters of an e-mail address."""
_SAID: Final = "_roles-said"
_ROUND: Final = "_roles-round"
"""Counts the changes of a session: after one the form is empty again."""


def section(page: Page) -> None:
    """Draw who has which role, then the form that changes it."""
    t = page.t
    _said_once()
    if past.is_on():
        faces.partly_missing(t("Roles are shown as of now, not as of the earlier day."))
    rows = granted(loaders.store_folder(), page.access)
    names = _names(page)
    standing = [one for one in rows if one.is_newest and one.grants]
    with_past = st.toggle(t("Also what no longer stands"), key="roles-history")
    shown = rows[::-1] if with_past else standing[::-1]
    if shown:
        alt = t("A row per role, the newest first.")
        figure.show_table(words.roles_table(shown, names, t), key="roles", alt=alt, t=t, file_name="roles")
    else:
        st.info(t("Nobody has a role yet. Give the first one below."), icon=":material/inbox:")
    st.subheader(t("Give, change or end a role"), anchor=False)
    _form(page, {one.identity: one.grants for one in standing}, names)


def public(page: Page) -> None:
    """Draw whether verified figures are open to everybody, and the switch for those who may turn it."""
    t, store = page.t, loaders.store_folder()
    _said_once()
    is_open = public_is_open(store)
    now = (
        t("Verified figures of units are open to everybody who reaches this server.")
        if is_open
        else t("Figures are closed to everybody without a role.")
    )
    st.markdown(f"{':material/public:' if is_open else ':material/lock:'} **{now}**")
    st.caption(t("Open means: verified and locked figures of units, without signing in. Never a person's record."))
    if not page.access.may_everywhere(Right.ADMINISTER):
        st.caption(t("Only an administrator of every organisation can change it."))
        return
    reason = st.text_input(t("Reason"), key=_key("public-reason"), max_chars=500)
    label = t("Close the figures again") if is_open else t("Open verified figures to everybody")
    if st.button(label, key=_key("public-switch"), icon=":material/public_off:" if is_open else ":material/public:"):
        said = t("Figures are closed from now on.") if is_open else t("Verified figures are open from now on.")
        _enter(page, lambda: open_public(store, page.access, not is_open, reason), said)


def log(page: Page) -> None:
    """Draw the newest entries of the access log."""
    t = page.t
    kinds = {"all": t("Everything"), **{act: t(name) for act, name in words.ACTS.items()}}
    kind = pickers.pick_option("log", kinds, t("Entries"), style="pills")
    acts = list(words.ACTS) if kind == "all" else [kind]
    found = logged_entries(loaders.store_folder(), page.access, acts, MOST)
    older = words.older_said(found.files_left_out, t)
    if not found.entries:
        faces.empty(t("Nothing of this kind has been logged yet."), older)
    alt = t("The newest entries of the access log, {n} at most.", n=t.number(MOST))
    table = words.log_table(found.entries, _names(page), t)
    figure.show_table(table, key=f"log-{kind}", alt=alt, t=t, file_name="access-log")
    st.caption(" ".join(filter(None, (alt, t("Persons are named to those alone who may read every record."), older))))


def _form(page: Page, standing: Mapping[str, tuple[Grant, ...]], names: words.Names) -> None:
    """Draw which roles of an identity stay, and which one it is given besides."""
    t = page.t
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        said = {NEW: t("+ Somebody else"), **{identity: identity for identity in standing}}
        identity = st.selectbox(t("Whose roles"), list(said), format_func=said.__getitem__, key=_key("of"))
    kept: Sequence[Grant] = standing.get(identity, ())
    with right:
        if identity == NEW:
            about = t("As the sign-in names the person; capitals don't matter in an address.")
            identity = st.text_input(t("E-mail address or number"), key=_key("who"), max_chars=LONGEST, help=about)
        else:
            held = {words.grant_code(grant): words.grant_said(grant, names, t) for grant in kept}
            staying = st.multiselect(
                t("Roles that stay"),
                list(held),
                list(held),
                format_func=held.__getitem__,
                key=_key(f"kept-{identity}"),
                placeholder=t("None: all are ended"),
            )
            kept = [grant for grant in kept if words.grant_code(grant) in staying]
    ended = [grant for grant in standing.get(identity, ()) if grant not in kept]
    given = _new_role(page)
    reason = st.text_input(t("Reason"), key=_key("reason"), max_chars=500, help=t("It stays in the access record."))
    if st.button(t("Set the roles"), key=_key("set"), type="primary", icon=":material/key:"):
        if given is None and not ended:
            st.warning(t("Nothing would change. Choose a role to give, or take one out of those that stay."))
            return
        store, new = loaders.store_folder(), [given] if given else []
        said_so = t("The roles of {identity} are set.", identity=plain(identity.strip()))
        _enter(page, lambda: change_grants(store, page.access, identity, new, ended, reason), said_so)


def _new_role(page: Page) -> Grant | None:
    """Draw the role to give and what bounds it; None = no further role."""
    t, organisation = page.t, page.organisation
    first, second, third = st.columns(3, vertical_alignment="bottom")
    roles = {NO_ROLE: t("No further role"), **{role.value: t(ROLE_WORDS[role]) for role in GIVEN}}
    code = first.selectbox(t("Role to give"), list(roles), format_func=roles.__getitem__, key=_key("role"))
    if code == NO_ROLE:
        return None
    role, places = Role(code), {organisation.organisation_code: organisation.name}
    if page.access.may_everywhere(Right.ADMINISTER) and role not in BOUND_TO_PERSONS:
        places[""] = t("Every organisation")
    where = second.selectbox(t("Organisation"), list(places), format_func=places.__getitem__, key=_key("where")) or None
    if role in BOUND_TO_PERSONS:
        employee = third.text_input(t("Code of the employee"), key=_key("employee"), max_chars=64)
        return Grant(role, where, employee_code=employee.strip() or None)
    if not words.is_offered_unit(role, where):
        return Grant(role, where)
    units = page.snapshot.units(organisation.organisation_code)
    below = {"": t("All units"), **pickers.indented(units)}
    unit = third.selectbox(t("Unit, with those below it"), list(below), format_func=below.__getitem__, key=_key("unit"))
    return Grant(role, where, unit_code=unit or None)


def _enter(page: Page, write: Callable[[], object], said: str) -> None:
    """Write a change and run the page anew; a fault is said in place, so that what was typed stays."""
    try:
        write()
    except KpiError as error:
        st.error(plain(translated(page.t, error)), icon=":material/error:")
        return
    st.session_state[_SAID] = said
    st.session_state[_ROUND] = _round() + 1
    st.rerun()


def _said_once() -> None:
    if said := st.session_state.pop(_SAID, None):
        st.success(said, icon=":material/check_circle:")


def _round() -> int:
    return int(st.session_state.get(_ROUND, 0))


def _key(name: str) -> str:
    """Return the key of a field of the form: another one after each change."""
    return f"roles-{name}-{_round()}"


def _names(page: Page) -> words.Names:
    """Return the names of the organisations that the reader sees, and of their units."""
    found: dict[tuple[str, str], str] = {}
    for organisation in page.snapshot.organisations():
        code = organisation.organisation_code
        found[code, ""] = organisation.name
        units = page.snapshot.units(code)
        found |= {(code, unit): name for unit, name in zip(units["unit_code"], units["name"], strict=True)}
    return found
