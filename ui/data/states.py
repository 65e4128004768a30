"""States: how far each unit's periods are checked, complete and in time; verify, lock, reopen."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from kpi.errors import KpiError
from kpi.i18n import Translator
from kpi.intake.messages import translated
from kpi.intake.setting import set_states
from kpi.model import Verification
from kpi.periods import Grain, Period
from kpi.views import states_words as words
from kpi.views.markdown import plain
from kpi.views.states import ORDER, StateMatrix, furthest, state_matrix
from kpi.views.tree import tree_of
from ui import faces, figure, loaders, past, pickers
from ui.data import counting, offered, publishing, who
from ui.gate import Page


def section(page: Page) -> None:
    """Draw the matrix of states, then the two forms."""
    t, organisation = page.t, page.organisation.organisation_code
    publishing.result(page)
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        label, units = t("Unit, with those below it"), page.snapshot.units(organisation)
        parent = pickers.pick_unit(t, units, key="state_parent", label=label, default=organisation)
    matrix = loaders.ask(state_matrix, page.snapshot, page.selection, None, parent)
    if matrix.offered:
        with right:
            grains = {each.value: t.label(each) for each in matrix.offered}
            grain = pickers.pick_option("state_grain", grains, t("Length"), default=matrix.grain.value, style="pills")
        matrix = loaders.ask(state_matrix, page.snapshot, page.selection, Grain(grain), parent)
    if not matrix.units:
        faces.empty(t("No unit reports figures here in this year."), t("Choose another unit, length or year."))
    _matrix(page, matrix, parent)
    if past.is_on():
        st.info(t("States can't be set while an earlier day is shown. Go back to today first."))
        return
    tasks = {"set": t("Verify, lock, reopen"), "count": t("Count as indicators")}
    tasks = {code: name for code, name in tasks.items() if offered.may_open(page, code)}
    if not tasks:
        return
    if pickers.pick_option("task", tasks, t("Task"), style="segmented") == "count":
        counting.draw(page, matrix)
    else:
        _setting(page, matrix, parent)


def _matrix(page: Page, matrix: StateMatrix, parent: str) -> None:
    t, key = page.t, f"{parent}-{matrix.grain.value}-{page.selection.year}"
    said = words.sentence(matrix, t)
    st.markdown(f"**{said}**")
    table, name = words.matrix_table(matrix, t), f"{key}-states"
    figure.show_table(table, key=f"states-{key}", alt=said, t=t, file_name=name, narrow=t("Unit"))
    st.caption(
        t("Each cell: how far it is checked · figures there/due, and how they came. Due dates count working days.")
    )
    with st.expander(t("Due dates, arrivals, who set a state"), icon=":material/event_available:"):
        alt = t("A unit and period a row, the newest first.")
        figure.show_table(
            words.arrivals_table(matrix, t), key=f"arrivals-{key}", alt=alt, t=t, file_name=f"{key}-arrivals"
        )
    if matrix.history:
        names = {code: node.name for code, node in tree_of(_units(page)).nodes.items()}
        with st.expander(t("Every state that was set this year"), icon=":material/history:"):
            table = words.history_table(matrix, names, page.organisation.year_starts_in, t)
            alt = t("States as they were set, the newest first.")
            figure.show_table(table, key=f"set-{key}", alt=alt, t=t, file_name=f"{key}-set")


def _units(page: Page) -> pd.DataFrame:
    return page.snapshot.units(page.organisation.organisation_code)


def _setting(page: Page, matrix: StateMatrix, parent: str) -> None:
    """Draw the form that verifies, locks or reopens a period of one unit, or of all below it too."""
    t = page.t
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        unit = pickers.pick_unit(t, _units(page), key="state_unit", default=parent)
    periods = {each.code: each for each in matrix.may_be_set}
    with right:
        labels = {code: t.period(each) for code, each in periods.items()}
        period = periods[pickers.pick_option("state_period", labels, t("Period"), default=matrix.newest.code)]
    below = st.checkbox(t("The units below it too"), key="state-below")
    tree = tree_of(_units(page))
    codes = tree.subtree(unit) if below else (unit,)
    st.markdown(words.now_said(matrix, codes, period, t))
    choices = {state.value: words.state_said(state, t) for state in ORDER}
    with st.form("setting-state", enter_to_submit=False):
        label = t("New state")
        wanted = st.segmented_control(
            label, list(choices), format_func=choices.__getitem__, key="state-wanted", required=True, default="verified"
        )
        reason = st.text_input(t("Reason (needed to go back)"), key="state-reason", max_chars=500).strip()
        made_by = who.asked(t)
        if not st.form_submit_button(t("Set the state"), type="primary", icon=":material/verified:"):
            return
    state = Verification(wanted or "verified")
    fault = _fault(matrix, codes, period, state, made_by, reason, t)
    if fault:
        st.error(fault, icon=":material/error:")
        return
    _set(page, codes, period, state, made_by, reason or None)


def _set(
    page: Page, codes: tuple[str, ...], period: Period, state: Verification, made_by: str, reason: str | None
) -> None:
    t, organisation = page.t, page.organisation.organisation_code
    try:
        made = set_states(loaders.store_folder(), page.access, organisation, codes, period, state, made_by, reason)
        if not made:
            st.info(t("It stands so already: nothing was recorded."), icon=":material/task_alt:")
            return
        said = t.plural("{period}, {n} unit: {state}.", "{period}, {n} units: {state}.", len(made),
                        period=t.period(period), state=words.state_said(state, t))  # fmt: skip
        publishing.publish_and_show(page, said)
    except KpiError as error:  # in place, so that what was written stays
        st.error(plain(translated(page.t, error)), icon=":material/error:")


def _fault(
    matrix: StateMatrix,
    codes: tuple[str, ...],
    period: Period,
    state: Verification,
    made_by: str,
    reason: str,
    t: Translator,
) -> str:
    """Return what stands in the way of setting the state; empty when nothing does."""
    if not made_by:
        return t("Your name is missing. Write who sets the state.")
    for code in codes:
        because = furthest(matrix.standing, code, period)
        if because is None or ORDER.index(because.state) <= ORDER.index(state):
            continue
        if not because.is_of(period):
            wider = words.span_said(because, period.year_starts_in, t)
            stands = words.state_said(because.state, t)
            return t("{period} stands as {state} through {wider}: reopen that.", period=t.period(period), state=stands,
                     wider=wider)  # fmt: skip
        if not reason:
            return t("The reason is missing. A period goes back only with a reason; it is kept.")
    return ""
