"""The box that reaches any unit or indicator by its name, on every page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import streamlit as st

from kpi.access import AllowedSnapshot
from kpi.i18n import Language, Translator
from kpi.views.names import Named, names_of
from ui import address, loaders

GOES_TO: Final = {"unit": "pages/overview.py", "indicator": "pages/indicators.py"}
_ROUND: Final = "_search_round"


def box(t: Translator, snapshot: AllowedSnapshot, organisation_code: str) -> None:
    """Draw the box; choosing a name goes to its page and empties the box."""
    said = loaders.ask(_said, snapshot, organisation_code, t.language)
    turn = st.session_state.setdefault(_ROUND, 0)
    key = st.selectbox(
        t("Search"),
        list(said),
        index=None,
        format_func=said.__getitem__,
        key=f"search-{turn}",
        placeholder=t("Search a unit or an indicator …"),
        label_visibility="collapsed",
    )
    if key is not None:
        st.session_state[_ROUND] = turn + 1
        _go_to(next(each for each in loaders.ask(names_of, snapshot, organisation_code) if each.key == key))


def _said(snapshot: AllowedSnapshot, organisation_code: str, language: Language) -> Mapping[str, str]:
    t = Translator(language)
    words = {"unit": t("unit"), "indicator": t("indicator")}
    named = loaders.ask(names_of, snapshot, organisation_code)
    return MappingProxyType({each.key: f"{each.name} · {words[each.kind]}" for each in named})


def _go_to(found: Named) -> None:
    if found.kind == "unit":
        address.follow(GOES_TO["unit"], parent=found.code, unit=found.code, tiles=None)
    address.follow(GOES_TO["indicator"], indicator=found.code)
