"""One person's record: expectations, evidence, appraisals over time, follow-ups, notes, and who looked."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kpi.access import AllowedPeople, Right
from kpi.appraisal.rules import MATRIX_RULE
from kpi.charts.people import indices, over_time
from kpi.views import people_numbers, people_words
from kpi.views import person_words as words
from kpi.views.help_texts import Topic
from kpi.views.markdown import plain
from kpi.views.people_coaching import staff_in
from kpi.views.person import Person, person
from ui import faces, figure, pickers
from ui.chart import Drawing
from ui.gate import Page
from ui.help import beside
from ui.people import following, noting, opened


def section(page: Page, people: AllowedPeople) -> None:
    """Draw the record of one of the persons whom the reader may see."""
    t = page.t
    code = _pick(page, people)
    of = person(people, page.snapshot, page.selection, code, page.profile)
    st.markdown(f"##### {words.sentence(of, page.organisation.year_starts_in, t)}")
    st.markdown("  \n".join(words.post_said(post, t) for post in of.posts))
    _expected(page, of)
    _appraised(page, of)
    _followed(page, people, of)
    noting.draw(page, people, of)
    _looks(page, of)


def _pick(page: Page, people: AllowedPeople) -> str:
    t, organisation = page.t, page.organisation.organisation_code
    staff = staff_in(people, organisation)
    if staff.empty:
        faces.empty(
            t("There is nobody whose record you may see."), t("An administrator can say which employee you are.")
        )
    codes = staff["employee_code"].astype(str)
    names = {code: f"{name} ({code})" for code, name in sorted(zip(codes, staff["name"], strict=True), key=_by_name)}
    own = page.access.employee_code(organisation)
    if len(names) == 1:
        return next(iter(names))
    return pickers.pick_option("employee", names, t("Employee"), default=own)


def _by_name(pair: tuple[str, str]) -> tuple[str, str]:
    return pair[1], pair[0]


def _expected(page: Page, of: Person) -> None:
    """Draw what is expected, and beside it the evidence: how the individual indicators stand and went."""
    t, profile = page.t, page.profile
    st.subheader(t("What is expected, and the evidence"), anchor=False)
    if not of.expected:
        st.caption(t("No individual indicator is stated."))
        return
    left, right = st.columns(2, gap="large")
    with left:
        for each in of.expected:
            st.markdown(words.expected_said(each, profile, t))
            if each.why is not None:
                with st.expander(t("Why it scores so"), icon=":material/calculate:"):
                    st.markdown(words.why_said(each, profile, t))
    with right:
        lines = words.index_lines(of.expected, profile, t)
        if not lines.empty:
            chart = indices(lines, t("on target"), t.language, figure.tone())
            alt = " ".join(words.standing(each, profile, t) for each in of.expected)
            key, table = f"indices-{of.code}", partial(words.history_table, of.expected, profile, t)
            figure.show(Drawing.of(chart, alt), key=key, t=t, table=table, file_name=f"{of.code}-indicators")
            beside(t, Topic.INDIVIDUAL, people_numbers.individual(of.expected, profile, t))
    st.caption(t("Indicators are evidence beside the appraisal. No predicate is computed from them."))


def _appraised(page: Page, of: Person) -> None:
    t, year = page.t, page.organisation.year_starts_in
    st.subheader(t("Appraisals over time"), anchor=False)
    if not of.appraisals:
        st.caption(t("There is none yet."))
        return
    points = words.appraisal_points(of, year, t)
    chart = over_time(points, words.places_said(t), t.language, figure.tone())
    table, name = partial(words.appraisals_table, of.appraisals, year, t), f"{of.code}-appraisals"
    drawn = Drawing.of(chart, "; ".join(points["hover"]))
    figure.show(drawn, key=f"{name}-{len(points)}", t=t, table=table, file_name=name)
    beside(t, Topic.APPRAISALS, people_numbers.appraisals(of, year, t))
    newest = of.appraisals[0]
    if newest.note:
        st.markdown(t("Note of {name}: {text}", name=plain(newest.superior_name), text=plain(newest.note)))
    st.caption(" ".join(filter(None, (people_words.rule_said(MATRIX_RULE, t) + ".", words.credit_said(of, t)))))


def _followed(page: Page, people: AllowedPeople, of: Person) -> None:
    t = page.t
    st.subheader(t("Follow-ups"), anchor=False)
    if of.follow_ups:
        alt = t("A row per follow-up.")
        figure.show_table(words.follow_ups_table(of.follow_ups, t), key=f"{of.code}-followed", alt=alt, t=t,
                          file_name=f"{of.code}-follow-ups")  # fmt: skip
    else:
        st.caption(t("There is none yet."))
    if people.may(Right.FOLLOW_UP, page.organisation.organisation_code, of.code):
        following.draw(page, people, of.code, of.post.superior_code, of.follow_ups)


def _looks(page: Page, of: Person) -> None:
    t = page.t
    if of.looks is None:
        opened.role_caption(t)
        return
    with st.expander(t("Who looked at this record"), icon=":material/visibility:"):
        if not of.looks:
            st.caption(t("Nobody else has looked at it."))
            return
        alt = t("A row per look.")
        figure.show_table(words.looks_table(of.looks, t), key=f"{of.code}-looks", alt=alt, t=t, file_name="looks")
    opened.role_caption(t)
