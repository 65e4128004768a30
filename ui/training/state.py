"""Where a reader is in a walk, and what is solved: the place in the address, the answers in the session.

Holds codes, never data. What is solved is kept in the store too, so that it is there again tomorrow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import streamlit as st

from kpi.training.progress import keep, solved
from kpi.training.walks import Kind, codes_of
from ui import address, loaders
from ui.gate import Page

WALK: Final = "walk"
TASK: Final = "task"
_PLACE: Final = "_training"


@dataclass(slots=True)
class _Training:
    """What one session knows of its walks. `question`: what was asked last, for the line on other pages."""

    organisation_code: str
    solved: set[tuple[str, str]] = field(default_factory=set)
    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    question: str = ""


def training(page: Page) -> _Training:
    """Return the session's training in the organisation; what is solved comes from the store the first time."""
    code = page.organisation.organisation_code
    held: _Training | None = st.session_state.get(_PLACE)
    if held is None or held.organisation_code != code:
        held = _Training(code, set(solved(loaders.store_folder(), page.access, code)))
        st.session_state[_PLACE] = held
    return held


def done(page: Page, kind: Kind) -> frozenset[str]:
    """Return the codes of the tasks of a walk that are solved."""
    found = training(page).solved
    return frozenset(code for code in codes_of(kind) if (kind.value, code) in found)


def solve(page: Page, kind: Kind, task: str, unit_code: str) -> None:
    """Count a task as solved, once, here and in the store. Raises KpiError where it can't be kept."""
    held = training(page)
    if (kind.value, task) not in held.solved:
        keep(loaders.store_folder(), page.access, page.organisation.organisation_code, unit_code, kind, task)
        held.solved.add((kind.value, task))


def question() -> str:
    """Return what the open walk asked last (Markdown); empty where no walk is open in this session."""
    held: _Training | None = st.session_state.get(_PLACE)
    return held.question if held and address.recall(WALK) else ""


def leave() -> None:
    """End the walk: the line on other pages goes, what is solved stays."""
    for key in (WALK, TASK):
        address.remember(key, None)
        st.session_state.pop(key, None)
    if held := st.session_state.get(_PLACE):
        held.question = ""
