"""The glossary: every word of the pages with its meaning."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kpi.views.glossary import TERMS
from ui.gate import Page


def section(page: Page) -> None:
    """Draw the words in the order of the reader's alphabet."""
    t = page.t
    st.markdown(
        t(
            "The words of these pages, each with one meaning. Point at a question mark beside a heading, or at the "
            "head of a column, to read it in place."
        )
    )
    rows = sorted((term.word(t.language), t(term.meaning)) for term in TERMS.values())
    st.table(pd.DataFrame(rows, columns=[t("Word"), t("Meaning")]).set_index(t("Word")))
