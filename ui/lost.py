"""Addresses that lead to no page: the browser is sent on to the start page, which says so in the reader's language.

Left alone, Streamlit's own front page says it in English, over whatever page it shows instead.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from kpi.i18n import Translator
from kpi.views.markdown import plain
from ui import address

PAGES: Final = frozenset(path.stem for path in (Path(__file__).resolve().parents[1] / "pages").glob("*.py"))
START: Final = "start"
"""How the start page is named inside Streamlit; it answers at the bare address alone."""
ASKED: Final = "no_page"
LONGEST: Final = 60
"""Letters of an address that are said back."""
_SAID: Final = "_no_page"


def way_on(path: str, query: str) -> str | None:
    """Return where a browser that asks for `path` is sent instead; None where that is a page."""
    name = path.strip("/")
    if not name or name in PAGES:
        return None
    choices = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != ASKED]
    asked = [] if name == START else [(ASKED, name[:LONGEST])]
    chosen = urlencode([*choices, *asked])
    return f"/?{chosen}" if chosen else "/"


def say(t: Translator) -> None:
    """Say on the start page, until the reader leaves it, that what they asked for is no page."""
    if asked := address.recall(ASKED):
        address.remember(ASKED, None)
        st.session_state[_SAID] = asked[:LONGEST]
    if address.here():
        st.session_state.pop(_SAID, None)
    if asked := st.session_state.get(_SAID):
        said = t("There is no page “{page}” here. This is the start page; the others stand above.", page=plain(asked))
        st.info(said, icon=":material/wrong_location:")
