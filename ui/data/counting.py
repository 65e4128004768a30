"""Counts completeness and punctuality of a period as figures of two indicators, with the checks of every import."""

from __future__ import annotations

from typing import Final

import streamlit as st

from kpi.intake import ImportOptions, Proposal, propose, translated
from kpi.intake.form import KIND
from kpi.intake.reporting_figures import Reporting, reporting_source
from kpi.periods import Period
from kpi.views.markdown import plain
from kpi.views.states import Arrival, StateMatrix
from ui import loaders, pickers
from ui.data import steps
from ui.gate import Page

_OUTCOME: Final = "_states-counted"


def draw(page: Page, matrix: StateMatrix) -> None:
    """Draw the way to record a period's completeness and punctuality as figures of two indicators."""
    t = page.t
    if outcome := st.session_state.pop(_OUTCOME, None):
        steps.changed(page, outcome, "counted")
    st.caption(
        t(
            "Two indicators get a figure for each unit: the share of its reports that are there, and that came in "
            "time. They go in like any figures; they weigh in an index once their weights are stated."
        )
    )
    due = [period for period in matrix.periods if any(_is_due(cell.arrival) for _, cell in matrix.due_in(period))]
    if not due:
        st.info(t("No period of this year is due yet."))
        return
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        labels = {each.code: t.period(each) for each in reversed(due)}
        code = pickers.pick_option("counted", labels, t("Period"))
    target = right.number_input(t("Target (%)"), 1.0, 100.0, 100.0, 1.0, key="counted-target")
    if st.toggle(t("Show the figures first"), key=f"counted-{code}-{matrix.grain.value}"):
        period = next(each for each in due if each.code == code)
        _count(page, _proposal(page, matrix, period, target))


def _count(page: Page, proposal: Proposal) -> None:
    for finding in proposal.findings:
        st.markdown(f"- {plain(translated(page.t, finding))}")
    steps.difference(page, proposal, "counted")
    outcome = steps.confirm(page, proposal, "counted")
    if outcome:
        st.session_state[_OUTCOME] = outcome
        st.rerun()


def _proposal(page: Page, matrix: StateMatrix, period: Period, target: float) -> Proposal:
    rows = [
        Reporting(unit, period, cell.expected, cell.reported, cell.in_time)
        for unit, cell in matrix.due_in(period)
        if _is_due(cell.arrival)
    ]
    options = ImportOptions(page.organisation.organisation_code, create=True, kind=KIND)
    return propose(loaders.store_folder(), page.access, [reporting_source(rows, target)], options)


def _is_due(arrival: Arrival) -> bool:
    return arrival is not Arrival.NOT_DUE
