"""Parts of a page that are folded: what lies in one is made once a reader opens it, and costs nothing until then."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def folded(label: str, *, key: str, icon: str, stays: bool = False) -> DeltaGenerator | None:
    """Draw a folded part; return its place while it is open, else None.

    `key` names the part whatever it holds, so that it stays open when something else is chosen. With `stays` it is
    made for good once it was opened: what a reader has written in it is there when it is opened again.
    """
    box = st.expander(label, key=key, on_change="rerun", icon=icon)
    was_opened = f"{key}-was-opened"
    if stays and box.open:
        st.session_state[was_opened] = True
    return box if box.open or (stays and st.session_state.get(was_opened)) else None
