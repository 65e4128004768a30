"""Where a reader is in a walk, and what is solved: the place in the address, the answers in the session.

Holds codes, never data. What is solved is kept in the store too, so that it is there again tomorrow.
"""

from __future__ import annotations

import streamlit as st

from kpi.training.progress import keep, solved
from kpi.training.walks import Kind, codes_of
from ui import loaders
from ui.gate import Page
from ui.training.held import PLACE, Training


def training(page: Page) -> Training:
    """Return the session's training in the organisation; what is solved comes from the store the first time."""
    code = page.organisation.organisation_code
    held: Training | None = st.session_state.get(PLACE)
    if held is None or held.organisation_code != code:
        held = Training(code, set(solved(loaders.store_folder(), page.access, code)))
        st.session_state[PLACE] = held
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
