"""The line on every page that says which task of the walk is open, with the way back to it."""

from __future__ import annotations

from typing import Final

import streamlit as st

from kpi.i18n import Translator
from ui import address
from ui.training import held

PATH: Final = "help"
HELP: Final = f"pages/{PATH}.py"


def show(t: Translator) -> None:
    """Draw the open question, the way back to its answers, and the end of the walk; nothing where none is open."""
    asked = held.question()
    if not asked:
        return
    with st.container(border=True, key="training-bar", gap="xxsmall"):
        st.markdown(f":material/school: {asked}")
        with st.container(horizontal=True, gap="small"):
            st.page_link(
                HELP,
                label=t("Back to the answers"),
                icon=":material/undo:",
                query_params=address.parameters(help="walk"),
            )
            st.button(
                t("End the walk"), key="training-leave", type="tertiary", icon=":material/close:", on_click=held.leave
            )
