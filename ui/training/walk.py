"""A first walk: who one is, a task at a time, its answers with what each teaches, and the way to where it shows."""

from __future__ import annotations

import streamlit as st

from kpi.errors import KpiError
from kpi.intake.messages import translated
from kpi.training.progress import own_unit
from kpi.training.task import Ground, Option, Task
from kpi.training.walks import PLANS, Kind, codes_of, first_walk, is_finished, task_of
from kpi.views.markdown import plain
from kpi.views.selection import Selection, offered_periods
from ui import address, faces, loaders, pickers
from ui.gate import Page
from ui.training import held, state


def section(page: Page) -> None:
    """Draw the choice of a walk, how far it has come, and its open task."""
    t = page.t
    st.markdown(
        t(
            "A few questions about real pages. Open the page, look, come back and answer. The figures themselves say "
            "what is right, a wrong answer costs nothing, and you may try again."
        )
    )
    kinds = {kind.value: t(plan.name) for kind, plan in PLANS.items()}
    own = first_walk(page.access.roles(page.organisation.organisation_code))
    kind = Kind(pickers.pick_option(held.WALK, kinds, t("I am"), default=own.value, style="pills"))
    st.caption(t(PLANS[kind].aim))
    unit = _unit(page)
    codes = codes_of(kind)
    number = pickers.pick_page(held.TASK, len(codes))
    progress = st.empty()
    ground = _ground(page)
    task = task_of(kind, number, ground, t)
    if task is None:
        _skip(page, kind, codes[number - 1], unit)
    else:
        _task(page, kind, number, task, unit)
    with progress:
        _progress(page, kind)


def _unit(page: Page) -> str:
    """Return the unit that one learns for: that of the own role, else what is chosen."""
    code = page.organisation.organisation_code
    bound = own_unit(page.access, code)
    if bound:
        return bound
    with st.expander(page.t("For which unit do you learn?"), icon=":material/groups:"):
        unit = pickers.pick_unit(page.t, page.snapshot.units(code), key="learner", default=code)
        st.caption(
            page.t(
                "The people manager sees how many of a unit have begun and finished, from five persons on; never who. "
                "What you answer is kept nowhere, only that a task is solved."
            )
        )
    return unit


def _ground(page: Page) -> Ground:
    """Return the figures that walks ask about: the newest full period, whatever the reader looks at meanwhile."""
    offered = loaders.ask(offered_periods, page.snapshot, page.organisation)
    period = offered.default if offered else page.selection.period
    selection = Selection(page.organisation.organisation_code, period, False, page.profile.code)
    return Ground(page.snapshot, page.organisation, selection, page.profile, loaders.ask)


def _progress(page: Page, kind: Kind) -> None:
    t, found = page.t, state.done(page, kind)
    total = len(codes_of(kind))
    if is_finished(kind, found):
        st.success(
            t(
                "Walk finished: all {n} tasks. Choose another one, or read the questions that others ask.",
                n=t.number(total),
            ),
            icon=":material/school:",
        )
        return
    said = t("{done} of {n} tasks solved", done=t.number(len(found)), n=t.number(total))
    st.progress(len(found) / total, text=said)


def _skip(page: Page, kind: Kind, code: str, unit: str) -> None:
    """Say that the figures do not allow to ask this, and count it, so that a walk can be finished on any figures."""
    t = page.t
    st.info(t("These figures do not allow to ask this one. It counts as done."), icon=":material/skip_next:")
    _keep(page, kind, code, unit)
    state.training(page).question = ""


def _task(page: Page, kind: Kind, number: int, task: Task, unit: str) -> None:
    """Draw a task: the question, the way, the answers, and what the chosen one teaches."""
    t, held = page.t, state.training(page)
    name = (kind.value, task.code)
    held.question = task.question
    with st.container(border=True, key="training-task"):
        st.markdown(f"#### {number}. {task.question}")
        st.caption(task.look)
        _way(page, task)
        with st.form(f"answers-{kind.value}-{task.code}", border=False):
            words = {option.code: option.words for option in task.options}
            known = held.answers.get(name)
            chosen = st.radio(
                t("Your answer"),
                list(words),
                index=list(words).index(known) if known in words else None,
                format_func=words.__getitem__,
                key=f"answer-{kind.value}-{task.code}-{t.language}",
            )
            pressed = st.form_submit_button(t("Check my answer"), type="primary", icon=":material/check:")
        if pressed and chosen is not None:
            held.answers[name] = chosen
        option = task.option(held.answers.get(name))
        if option is None:
            if pressed:
                st.warning(t("Choose an answer first."))
            return
        if option.code == task.right:
            _keep(page, kind, task.code, unit)
        _feedback(page, task, option)
    _onward(page, kind, number)


def _way(page: Page, task: Task) -> None:
    if task.way is None:
        return
    query = address.parameters(**task.way.choices)
    label = page.t("Open the page with the right choices")
    st.page_link(task.way.page, label=label, icon=":material/open_in_new:", query_params=query)


def _feedback(page: Page, task: Task, option: Option) -> None:
    t = page.t
    if option.code == task.right:
        st.success(f"**{t('Right.')}** {option.feedback}", icon=":material/check_circle:")
    else:
        st.warning(f"**{t('Not yet.')}** {option.feedback}", icon=":material/lightbulb:")


def _keep(page: Page, kind: Kind, code: str, unit: str) -> None:
    try:
        state.solve(page, kind, code, unit)
    except KpiError as error:
        faces.partly_missing(plain(translated(page.t, error)))


def _onward(page: Page, kind: Kind, number: int) -> None:
    """Draw the way to the next task where this one is solved."""
    codes = codes_of(kind)
    if codes[number - 1] in state.done(page, kind) and number < len(codes):
        st.button(
            page.t("Next task"), key="training-next", type="primary", icon=":material/arrow_forward:", on_click=_turn,
            args=(number + 1,),
        )  # fmt: skip


def _turn(number: int) -> None:
    address.remember(held.TASK, str(number))
    st.session_state[held.TASK] = number
