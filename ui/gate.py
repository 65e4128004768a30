"""The door of every page: a page that runs without app.py shows the way to the app and no figure.

Streamlit may run a file under pages/ alone, when a deep link is the first request of a process.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.access import LOCAL, Access, AllowedSnapshot
from kpi.errors import KpiError, StoreError
from kpi.i18n import Translator
from kpi.model import Organisation
from kpi.scoring.profile import RuleProfile, load_profile
from kpi.views.selection import Selection
from ui import address, faces, loaders, past, pickers


@dataclass(frozen=True, slots=True)
class _Opened:
    """What app.py hands to the page that it runs."""

    t: Translator
    choices: DeltaGenerator


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


@contextmanager
def opened(t: Translator, page: str, choices: DeltaGenerator) -> Iterator[None]:
    """Let pages in for the length of one script run, show their errors once, and keep the address bar in step.

    `choices` is the place where the shared pickers are drawn.
    """
    address.turn_to(page)
    token = _OPENED.set(_Opened(t, choices))
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
    return _opened().t


def enter() -> Page:
    """Return what a page starts from, after the shared pickers have been drawn."""
    t = language()
    try:
        newest = loaders.newest_snapshot(LOCAL)
    except StoreError as error:
        faces.no_store(t, error)
    with _opened().choices:
        choices, beneath = st.container(), st.container()
    with beneath:
        day = past.pick_day(t, newest)
    snapshot = past.snapshot_of(t, newest, day)
    with choices:
        organisation, selection = pickers.pick_selection(t, snapshot)
    return Page(t, snapshot, organisation, selection, load_profile(selection.profile_code))


def _opened() -> _Opened:
    opened = _OPENED.get()
    if opened is None:
        st.markdown("[Buka aplikasi / Open the app](/)")
        st.stop()
    return opened
