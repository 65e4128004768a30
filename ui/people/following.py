"""The form for a follow-up: a new one, or how far one has come. Faults stand beneath their field; nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from kpi.access import AllowedPeople
from kpi.errors import KpiError
from kpi.intake.messages import translated
from kpi.intake.people.entering import enter_people
from kpi.intake.people.forms import FollowUpForm, new_code
from kpi.people_model import CoachingReason, FollowUpKind, FollowUpState
from kpi.views import person_words as words
from kpi.views.markdown import plain
from kpi.views.people_coaching import FollowedUp, Proposed, steps_of
from ui import figure, loaders
from ui.gate import Page
from ui.people import opened

SAID: Final = "_follow-up-said"
NEW: Final = "new"
LONGEST: Final = 500
FIELDS: Final = ("kind", "owner", "due", "state", "text", "outcome")
DAY: Final = "%d/%m/%Y"


def draw(
    page: Page,
    people: AllowedPeople,
    employee_code: str,
    superior_code: str | None,
    followed: Sequence[FollowedUp],
) -> None:
    """Draw the form for one person's follow-ups."""
    t = page.t
    opened.said_once(SAID)
    by_code = {each.code: each for each in followed}
    names = {NEW: t("A new follow-up"), **{code: words.follow_up_said(each, t) for code, each in by_code.items()}}
    which = st.selectbox(
        t("Set or change a follow-up"), list(names), format_func=names.__getitem__, key=f"fu-{employee_code}-which"
    )
    if which and which != NEW:
        _steps(page, people, which)
    key = f"fu-{employee_code}-{which}"
    _begin(key, by_code.get(which or NEW), superior_code, people)
    form = _fields(page, people, employee_code, key)
    if st.button(t("Save the follow-up"), key=f"{key}-save", type="primary", icon=":material/checklist:"):
        _save(page, form, key, which or NEW, followed)


def propose(page: Page, each: Proposed) -> None:
    """Draw the button that takes a proposal of the coaching list into the form for a new follow-up."""
    t = page.t
    if st.button(t("Take it into the form"), key=f"take-{each.key}", icon=":material/edit_square:"):
        key = f"fu-{each.employee_code}-{NEW}"
        st.session_state[f"fu-{each.employee_code}-which"] = NEW
        st.session_state[f"{key}-kind"] = each.kind
        st.session_state[f"{key}-reason"] = each.reason
        st.session_state[f"{key}-text"] = words.why_listed(each, t).replace("\\", "")
        st.rerun()


def _steps(page: Page, people: AllowedPeople, code: str) -> None:
    """Draw, folded, how a follow-up has gone."""
    t = page.t
    with st.expander(t("How it has gone"), icon=":material/history:"):
        table = words.steps_table(steps_of(people, page.organisation.organisation_code, code), t)
        figure.show_table(table, key=f"{code}-steps", alt=t("A row per entry."), t=t, file_name=code)


def _begin(key: str, known: FollowedUp | None, superior_code: str | None, people: AllowedPeople) -> None:
    """Set what the fields hold when they are drawn for the first time, and what was the newest entry then."""
    start = {
        "kind": known.kind if known else FollowUpKind.COACHING,
        "owner": known.owner_code if known else superior_code,
        "due": known.due_on.strftime(DAY) if known else "",
        "state": known.state if known else FollowUpState.PLANNED,
        "text": known.text if known else "",
        "outcome": (known.outcome or "") if known else "",
        "reason": known.reason if known else None,
        "seen": people.meta.record_version,
    }
    for name, value in start.items():
        st.session_state.setdefault(f"{key}-{name}", value)


def _fields(page: Page, people: AllowedPeople, employee_code: str, key: str) -> FollowUpForm:
    t = page.t
    names = people.names(page.organisation.organisation_code)
    owner = st.session_state.get(f"{key}-owner")
    first = [str(owner)] if owner else []
    owners = [*first, *(code for code in names if code not in (*first, employee_code))]
    left, right = st.columns(2)
    with left:
        kind = st.selectbox(
            t("Kind"), list(FollowUpKind), format_func=t.label, key=f"{key}-kind", persist_state="session"
        )
        due = st.text_input(
            t("Due (day/month/year)"), key=f"{key}-due", placeholder="31/12/2026", max_chars=10, persist_state="session"
        )
        due_fault = st.empty()
    with right:
        said = {code: f"{names.get(code, code)} ({code})" for code in owners}
        picked = st.selectbox(
            t("Owner: who sees to it"),
            owners,
            format_func=said.__getitem__,
            key=f"{key}-owner",
            persist_state="session",
        )
        state = st.segmented_control(
            t("State"), list(FollowUpState), format_func=t.label, key=f"{key}-state", required=True,
            persist_state="session",
        )  # fmt: skip
    text = st.text_area(t("What is to be done"), key=f"{key}-text", max_chars=LONGEST, persist_state="session")
    text_fault = st.empty()
    outcome = st.text_input(
        t("Outcome (needed to close it)"), key=f"{key}-outcome", max_chars=LONGEST, persist_state="session"
    )
    places = {"due": due_fault, "text": text_fault, "outcome": st.empty()}
    reason = st.session_state.get(f"{key}-reason")
    form = FollowUpForm(
        employee_code,
        FollowUpKind(kind or FollowUpKind.COACHING),
        str(picked or ""),
        due or "",
        FollowUpState(state or FollowUpState.PLANNED),
        text or "",
        outcome or "",
        CoachingReason(reason) if reason else None,
    )
    if st.session_state.pop(f"{key}-tried", False):
        for name, fault in form.faults().items():
            places[name].error(plain(translated(t, fault)).capitalize())
    return form


def _save(page: Page, form: FollowUpForm, key: str, which: str, followed: Sequence[FollowedUp]) -> None:
    t, organisation = page.t, page.organisation.organisation_code
    if form.faults():
        st.session_state[f"{key}-tried"] = True
        st.rerun()
    code = which if which != NEW else new_code("TL", form.employee_code, {each.code for each in followed})
    thing = form.thing(organisation, code)
    try:
        seen = st.session_state.get(f"{key}-seen")
        batch = enter_people(loaders.store_folder(), page.access, organisation, [thing], seen=seen)
    except KpiError as error:  # in place, so that what was written stays
        st.error(plain(translated(t, error)), icon=":material/error:")
        return
    for name in (*FIELDS, "reason", "seen"):
        st.session_state.pop(f"{key}-{name}", None)
    said = t("The follow-up is saved: {kind}, due {date}.", kind=t.label(thing.kind), date=t.date(thing.due_on))
    st.session_state[SAID] = said if batch else t("It stands so already: nothing was recorded.")
    st.rerun()
