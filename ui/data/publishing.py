"""After an entry: publish with a progress bar, and show what it turned, on the run that follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from kpi.access import Access, AllowedSnapshot
from kpi.errors import StoreError
from kpi.i18n import Translator
from kpi.store.publish import publish
from kpi.views import turned_words as words
from kpi.views.turned import Touched, turned
from ui import address, figure, loaders
from ui.gate import Page

_DONE: Final = "_done"


@dataclass(frozen=True, slots=True)
class Done:
    """What was entered: the sentence that says so, the snapshot before it, and what it touched."""

    said: str
    version_before: str
    touched: tuple[Touched, ...]


def publish_and_show(page: Page, said: str, touched: tuple[Touched, ...] = ()) -> None:
    """Publish what was just recorded, then run the page anew with `said` and what changed (`result`).

    Raises StoreError where publishing fails: what was recorded stays recorded.
    """
    published(page.t, page.access)
    st.session_state[_DONE] = Done(said, page.snapshot.meta.version, touched)
    st.rerun()


def published(t: Translator, access: Access) -> AllowedSnapshot:
    """Publish with a progress bar; return the snapshot that pages show from now on."""
    store, said = loaders.store_folder(), t("Publishing, so that every page shows it …")
    bar = st.progress(0.0, said)
    version = publish(store, progress=lambda share, _what: bar.progress(min(share, 1.0), said)).version
    bar.empty()
    return loaders.snapshot_of(version, access)


def result(page: Page) -> None:
    """Draw, once, what the last entry did: a sentence, the ratings it turned, a table, the way to Trends."""
    done = st.session_state.pop(_DONE, None)
    if not isinstance(done, Done):
        return
    t = page.t
    st.success(done.said, icon=":material/check_circle:")
    if not done.touched:
        return
    try:
        before = loaders.snapshot_of(done.version_before, page.access)
    except StoreError:  # pruned by publishing elsewhere meanwhile: nothing to compare with
        return
    found = turned(before, page.snapshot, page.selection, done.touched, page.profile)
    st.markdown(f"{words.summary(found, t)}\n\n{words.lines(found, page.profile, t)}")
    if found.figures or found.units:
        with st.expander(t("What changed in scores and ratings"), icon=":material/table:"):
            name = f"changes-{page.snapshot.meta.version}"
            alt = words.summary(found, t)
            figure.show_table(words.table(found, page.profile, t), key=name, alt=alt, t=t, file_name=name)
    first = done.touched[0]
    choices = address.parameters(indicator=first.indicator_code, units=first.unit_code, period=first.period.code)
    st.page_link("pages/trends.py", label=t("See it in Trends"), icon=":material/trending_up:", query_params=choices)
