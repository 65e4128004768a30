"""Send figures: template, files, what was understood, findings, questions, difference, commit, what changed."""

from __future__ import annotations

import streamlit as st

from ui import past
from ui.data import template
from ui.gate import Page


def section(page: Page) -> None:
    """Draw the way in for files, step by step."""
    t = page.t
    if past.is_on():
        st.info(t("Figures can't be sent while an earlier day is shown. Go back to today first."))
        return
    st.subheader(t("1 · Fetch the template"), anchor=False)
    template.offer(page)
