"""The door of every page: it lets in who may see something, and shows anybody else what to do about it.

A page that runs without app.py shows the way to the app and no figure: Streamlit may run a file under pages/ alone,
when a deep link is the first request of a process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.access import Access, AllowedSnapshot, Right
from kpi.errors import KpiError, StoreError
from kpi.i18n import Translator
from kpi.model import Organisation
from kpi.scoring.profile import RuleProfile, load_profile
from kpi.views.selection import Selection
from ui import address, faces, loaders, lost, past, pickers, visitor, welcome
from ui.visitor import Visitor


@dataclass(frozen=True, slots=True)
class _Opened:
    """What app.py hands to the page that it runs."""

    t: Translator
    choices: DeltaGenerator
    who: Visitor


_OPENED: ContextVar[_Opened | None] = ContextVar("opened_by_app", default=None)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page starts from: the language, one snapshot for the whole run, and the shared choices.

    The snapshot is the newest one, or that of the day to which the reader turned back (`snapshot.meta.as_known_at`).
    """

    t: Translator
    snapshot: AllowedSnapshot
    organisation: Organisation
    selection: Selection
    profile: RuleProfile

    @property
    def access(self) -> Access:
        """Who is here, and what they may."""
        return self.snapshot.access


def greet(t: Translator) -> Visitor:
    """Return who is here, found out anew on every run: a sign-in may have ended, a role may have been taken away."""
    try:
        who = visitor.of_this_run()
    except KpiError as error:
        faces.refused(t, error)
        st.stop()
    with st.sidebar:
        welcome.badge(t, who)
    return who


def if_enters(who: Visitor) -> Literal["visible", "hidden"]:
    """Return how a page stands in the list that is for those who report, agree, verify or undo."""
    enters = (Right.REPORT, Right.AGREE, Right.VERIFY, Right.UNDO)
    return "visible" if any(who.access.may(right) for right in enters) else "hidden"


def if_sees_people(who: Visitor) -> Literal["visible", "hidden"]:
    """Return how the page of people stands in the list: it is for those who may see some of them."""
    sees = (Right.COUNT_PEOPLE, Right.READ_PERSON)
    return "visible" if any(who.access.may(right) for right in sees) else "hidden"


def if_administers(who: Visitor) -> Literal["visible", "hidden"]:
    """Return how the page of roles stands in the list: it is for administrators."""
    return "visible" if who.access.may(Right.ADMINISTER) else "hidden"


@contextmanager
def opened(t: Translator, page: str, choices: DeltaGenerator, who: Visitor) -> Iterator[None]:
    """Open pages to `who` for the length of one script run, show their errors once, and keep the address bar in step.

    `choices` is the place where the shared pickers are drawn.
    """
    address.turn_to(page)
    if who.is_admitted:
        lost.say(t)
    token = _OPENED.set(_Opened(t, choices, who))
    try:
        yield
    except faces.PageEnd:
        pass
    except KpiError as error:
        faces.refused(t, error)
    finally:
        _OPENED.reset(token)
    address.write()


def language() -> Translator:
    """Return the language of this run, for pages that need no figures. Stops a page that runs without app.py."""
    return _admitted().t


def signed_in_name() -> str:
    """Return the name of who signed in; empty for the user of this machine, and for the public."""
    opened = _OPENED.get()
    return opened.who.identity.name if opened and opened.who.is_signed_in else ""


def enter() -> Page:
    """Return what a page starts from, after the shared pickers have been drawn."""
    opened = _admitted()
    t = opened.t
    try:
        newest = loaders.newest_snapshot(opened.who.access)
    except StoreError as error:
        faces.no_store(t, error)
    with opened.choices:
        choices, beneath = st.container(), st.container()
    with beneath:
        day = past.pick_day(t, newest)
    snapshot = past.snapshot_of(t, newest, day)
    with choices:
        organisation, selection = pickers.pick_selection(t, snapshot)
    return Page(t, snapshot, organisation, selection, load_profile(selection.profile_code))


def _admitted() -> _Opened:
    """Return what app.py handed over, where the visitor may see something; else show the door and end the page."""
    opened = _OPENED.get()
    if opened is None:
        st.markdown("[Buka aplikasi / Open the app](/)")
        st.stop()
    if not opened.who.is_admitted:
        welcome.refused(opened.t, opened.who)
    welcome.band(opened.t, opened.who)
    return opened
