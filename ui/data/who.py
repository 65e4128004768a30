"""Who enters: who signed in; without sign-in asked once and kept for the session. Nothing is written without a name."""

from __future__ import annotations

from typing import Final

import streamlit as st

from kpi.i18n import Translator
from kpi.views.markdown import plain
from ui import gate

_KEPT: Final = "_made-by"
"""A widget's own state is lost with its page; the name stays here."""
_WIDGET: Final = "made-by"


def asked(t: Translator) -> str:
    """Draw the field for the name and return what stands in it; empty until it is given. Who signed in isn't asked."""
    if signed_in := gate.signed_in_name():
        st.caption(t("Kept with everything you enter: {name}", name=plain(signed_in)))
        return signed_in
    st.session_state.setdefault(_WIDGET, st.session_state.get(_KEPT, ""))
    name = st.text_input(t("Your name"), key=_WIDGET, help=t("It is kept with everything you enter."), max_chars=80)
    st.session_state[_KEPT] = name.strip()
    return st.session_state[_KEPT]


def known() -> str:
    """Return the name that was given in this session; empty until then."""
    return gate.signed_in_name() or st.session_state.get(_KEPT, "")
