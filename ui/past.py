"""The control that turns every page back to what was known at the end of a day, and the band that says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final

import streamlit as st

from kpi.access import AllowedSnapshot, allowed_snapshot
from kpi.errors import StoreError
from kpi.i18n import Translator
from kpi.store.publish import as_known
from kpi.views.freshness import first_known_on
from ui import address, faces, loaders

KEY: Final = "known"
"""The URL's name for the day; absent = today."""
EARLIEST: Final = date(2000, 1, 1)
_MODE: Final = "known-is"
_DAY: Final = "known-day"


def pick_day(t: Translator, newest: AllowedSnapshot) -> date | None:
    """Draw the choice between today's figures and those known at the end of an earlier day; None = today's."""
    words = {"today": t("Today"), "day": t("A date")}
    known = _parsed(address.recall(KEY))
    if address.take_news(KEY) or st.session_state.get(_MODE) not in words:
        st.session_state[_MODE] = "day" if known else "today"
        st.session_state[_DAY] = known
    label = t("Figures as known")
    mode = st.segmented_control(label, list(words), format_func=words.__getitem__, key=_MODE, required=True)
    if mode != "day":
        address.remember(KEY, None)
        return None
    if _DAY not in st.session_state:  # Streamlit forgets it while the widget isn't drawn
        st.session_state[_DAY] = known
    today = _today()
    first = min(loaders.ask(first_known_on, newest) or today, known or today)
    label = t("At the end of this day")
    day = st.date_input(label, None, first, today, key=_DAY, format="DD/MM/YYYY")
    chosen = day if isinstance(day, date) else None
    address.remember(KEY, chosen.isoformat() if chosen else None)
    return chosen


def snapshot_of(t: Translator, newest: AllowedSnapshot, day: date | None) -> AllowedSnapshot:
    """Return the snapshot to show: the newest, or that of `day`, made where it isn't kept yet. Draws the band.

    Ends the page where nothing was known on that day.
    """
    if day is None:
        return newest
    _band(t, day)
    found = _known_at(t, newest, day)
    if not found.organisations():
        first = loaders.ask(first_known_on, newest)
        faces.empty(
            t("Nothing was known yet at the end of {date}.", date=t.date(day)),
            t("The first figures were recorded on {date}: choose that day or a later one.", date=t.date(first or day)),
        )
    return found


def is_on() -> bool:
    """Whether the pages show an earlier day: nothing can be entered then."""
    return address.recall(KEY) is not None


def file_mark() -> str:
    """Return what a download's name ends with while an earlier day is shown: `-known-2026-03-31`; else nothing."""
    day = address.recall(KEY)
    return f"-known-{day}" if day else ""


def _known_at(t: Translator, newest: AllowedSnapshot, day: date) -> AllowedSnapshot:
    """Return the snapshot of `day`; one that this process has found before costs no look at the record."""
    store = loaders.store_folder()
    kept, key = _kept(), (store, day, newest.meta.version)
    if key in kept:
        try:
            return loaders.snapshot_of(kept[key], newest.access)
        except StoreError:  # pruned since
            del kept[key]
    said = t("Making the figures as known on {date} …", date=t.date(day))
    bar = st.progress(0.0, said)
    found = as_known(store, day, progress=lambda share, _what: bar.progress(min(share, 1.0), said))
    bar.empty()
    kept[key] = found.meta.version
    return allowed_snapshot(store, found, newest.access)


@st.cache_resource
def _kept() -> dict[tuple[Path, date, str], str]:
    """Return the versions that were found, by store, day and the newest version then."""
    return {}


def _band(t: Translator, day: date) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="known-band"):
        st.warning(
            t("**You see what was known at the end of {date}**, not today's figures.", date=t.date(day)),
            icon=":material/history:",
        )
        st.button(t("Back to today"), key="known-back", on_click=_to_today, icon=":material/today:")


def _to_today() -> None:
    address.remember(KEY, None)
    st.session_state[_MODE] = "today"


def _parsed(code: str | None) -> date | None:
    """Return the day that a URL names, at the latest today; what can't be read is no day."""
    try:
        day = date.fromisoformat(code or "")
    except ValueError:
        return None
    return min(day, _today()) if day >= EARLIEST else None


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day here
