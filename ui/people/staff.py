"""A superior's own staff: who has been appraised, the form for one of them with the evidence beside it, follow-ups."""

from __future__ import annotations

import streamlit as st

from kpi.access import AllowedPeople
from kpi.views import judging, people_words
from kpi.views import person_words as words
from kpi.views.judging import Colleague
from kpi.views.markdown import plain
from kpi.views.people import Round
from kpi.views.people_coaching import staff_in
from kpi.views.person import Person, person
from ui import faces, figure, pickers
from ui.gate import Page
from ui.people import appraising, coaching, following, opened


def section(page: Page, people: AllowedPeople) -> None:
    """Draw the staff of one superior in a round, and the forms for one of them."""
    t, year = page.t, page.organisation.year_starts_in
    opened.said_once(appraising.SAID)
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        superior = _superior(page, people)
    offered = judging.offered_rounds(people, page.organisation.organisation_code, year)
    with right:
        of = _round(page, people, offered)
    staff = judging.staff_in_round(people, page.organisation.organisation_code, superior, of)
    if not staff:
        faces.empty(t("Nobody works right under this superior today."), t("Choose another superior."))
    _overview(page, staff, of)
    chosen = _colleague(page, staff)
    found = person(people, page.snapshot, page.selection, chosen.code, page.profile)
    st.subheader(plain(chosen.name), anchor=False)
    st.caption(words.post_said(found.post, t))
    form, beside = st.columns([3, 2], gap="large")
    with form:
        appraising.draw(page, people, found, of, superior)
    with beside:
        _evidence(page, found, of)
    _follow_up(page, people, found)
    opened.role_caption(t)


def _superior(page: Page, people: AllowedPeople) -> str:
    """Return whose staff is shown: the reader's own, or a chosen superior's for the single user of this machine."""
    t, organisation = page.t, page.organisation.organisation_code
    own = page.access.employee_code(organisation)
    if own is not None:
        return own
    names = judging.superiors(people, organisation)
    if not names:
        faces.empty(t("No employee has staff yet."), t("Import employees with their superiors first."))
    return pickers.pick_option("superior", {code: f"{name} ({code})" for code, name in names.items()}, t("Superior"))


def _round(page: Page, people: AllowedPeople, offered: tuple[Round, ...]) -> Round:
    by_code = {each.code: each for each in offered}
    year, t = page.organisation.year_starts_in, page.t
    names = {code: people_words.round_said(each, year, t) for code, each in by_code.items()}
    default = judging.newest_over(offered, people.meta.today).code
    return by_code[pickers.pick_option("appraise", names, t("Appraisal"), default=default)]


def _overview(page: Page, staff: tuple[Colleague, ...], of: Round) -> None:
    t = page.t
    done = sum(each.predicate is not None for each in staff)
    said = t("{round}: {done} of {total} appraised.", done=done, total=len(staff),
             round=people_words.round_said(of, page.organisation.year_starts_in, t))  # fmt: skip
    st.markdown(f"##### {said}")


def _colleague(page: Page, staff: tuple[Colleague, ...]) -> Colleague:
    t, by_code = page.t, {each.code: each for each in staff}
    names = {
        code: f"{each.name} · {people_words.word(each.predicate, t) if each.predicate else t('○ not yet')}"
        for code, each in by_code.items()
    }
    return by_code[pickers.pick_option("employee", names, t("Employee"), style="pills")]


def _evidence(page: Page, of: Person, about: Round) -> None:
    """Draw the indicators and the other appraisals beside the form; they compute nothing."""
    t, year = page.t, page.organisation.year_starts_in
    st.markdown(f"**{t('Evidence: individual indicators')}**")
    if of.expected:
        table = words.evidence_table(of.expected, page.profile, t)
        key = f"{of.code}-evidence"
        figure.show_table(table, key=key, alt=t("A row per individual indicator."), t=t, file_name=key,
                          narrow=t("Indicator"))  # fmt: skip
    else:
        st.caption(t("No individual indicator is stated."))
    st.caption(t("Indicators are evidence beside the appraisal. No predicate is computed from them."))
    others = [each for each in of.appraisals if (each.kind, each.end) != (about.kind, about.end)]
    if others:
        st.markdown(f"**{t('Other appraisals')}**")
        table = words.appraisals_table(others, year, t)
        key = f"{of.code}-earlier"
        figure.show_table(table, key=key, alt=t("A row per appraisal."), t=t, file_name=key)


def _follow_up(page: Page, people: AllowedPeople, of: Person) -> None:
    """Draw what the coaching list proposes for this person, the follow-ups there are, and the form."""
    t, organisation = page.t, page.organisation.organisation_code
    st.subheader(t("Follow-ups"), anchor=False)
    staff = staff_in(people, organisation)
    found = coaching.listed(page, people, staff[staff["employee_code"] == of.code])
    for each in found.proposed:
        left, right = st.columns([4, 1], vertical_alignment="center")
        said, kind = words.why_listed(each, t), t("Proposed: {kind}.", kind=t.label(each.kind))
        left.markdown(f"{t.label(each.reason)}: {said} {kind}")
        with right:
            following.propose(page, each)
    if of.follow_ups:
        table = words.follow_ups_table(of.follow_ups, t)
        figure.show_table(table, key=f"{of.code}-followed", alt=t("A row per follow-up."), t=t,
                          file_name=f"{of.code}-follow-ups")  # fmt: skip
    following.draw(page, people, of.code, of.post.superior_code, of.follow_ups)
