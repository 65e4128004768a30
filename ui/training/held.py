"""What a session knows of its walks, and the line that every page shows of an open one. Holds codes, never data.

Every page needs this; what tasks there are and how they are checked is for Help alone (ui/training/state.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from ui import address

WALK: Final = "walk"
TASK: Final = "task"
PLACE: Final = "_training"


@dataclass(slots=True)
class Training:
    """What one session knows of its walks. `question`: what was asked last, for the line on other pages."""

    organisation_code: str
    solved: set[tuple[str, str]] = field(default_factory=set)
    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    question: str = ""


def question() -> str:
    """Return what the open walk asked last (Markdown); empty where no walk is open in this session."""
    held: Training | None = st.session_state.get(PLACE)
    return held.question if held and address.recall(WALK) else ""


def leave() -> None:
    """End the walk: the line on other pages goes, what is solved stays."""
    for key in (WALK, TASK):
        address.remember(key, None)
        st.session_state.pop(key, None)
    if held := st.session_state.get(PLACE):
        held.question = ""
