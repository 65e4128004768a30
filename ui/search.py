"""The box that reaches any unit or indicator by its name, on every page."""

from __future__ import annotations

from typing import Final

import streamlit as st

from kpi.access import AllowedSnapshot
from kpi.i18n import Translator
from kpi.views.names import Named, names_of
from ui import address, loaders

GOES_TO: Final = {"unit": "pages/overview.py", "indicator": "pages/indicators.py"}
_ROUND: Final = "_search_round"


def box(t: Translator, snapshot: AllowedSnapshot, organisation_code: str) -> None:
    """Draw the box; choosing a name goes to its page and empties the box."""
    named = {each.key: each for each in loaders.ask(names_of, snapshot, organisation_code)}
    words = {"unit": t("unit"), "indicator": t("indicator")}

    def said(key: str) -> str:
        return f"{named[key].name} · {words[named[key].kind]}"

    turn = st.session_state.setdefault(_ROUND, 0)
    key = st.selectbox(
        t("Search"),
        list(named),
        index=None,
        format_func=said,
        key=f"search-{turn}",
        placeholder=t("Search a unit or an indicator …"),
        label_visibility="collapsed",
    )
    if key is not None:
        st.session_state[_ROUND] = turn + 1
        _go_to(named[key])


def _go_to(found: Named) -> None:
    if found.kind == "unit":
        address.follow(GOES_TO["unit"], parent=found.code, unit=found.code, tiles=None)
    address.follow(GOES_TO["indicator"], indicator=found.code)
