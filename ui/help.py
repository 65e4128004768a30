"""The explanation that opens in place beside a chart."""

from __future__ import annotations

import streamlit as st

from kpi.i18n import Translator
from kpi.views.help_texts import Topic, help_text


def beside(t: Translator, topic: Topic, numbers: str = "") -> None:
    """Draw, folded, what the chart above it shows, how it was made and what to do with it.

    `numbers` reckons a mark of this very chart out (`kpi.views.numbers_words`).
    """
    with st.expander(t("What am I looking at?"), icon=":material/help:"):
        st.markdown(help_text(topic, t, numbers))
