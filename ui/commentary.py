"""Comments on missed targets: those there are, which figures have none yet, and the form that enters one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.errors import KpiError
from kpi.intake.comment_rows import SAID, faults_of
from kpi.intake.commentary import enter_comment
from kpi.intake.messages import translated
from kpi.store.publish import publish
from kpi.views import commentary_words as words
from kpi.views.commentary import Commentary, commentary_for, commentary_over, may_comment, without_comment
from kpi.views.gaps import Gap, GapsOfUnit
from kpi.views.markdown import plain
from kpi.views.trends import Trend
from ui import figure, loaders, past
from ui.data import who
from ui.folded import folded
from ui.gate import Page

_SAID: Final = "comment-said"
_FORM: Final = "comment-form"
"""Counts the forms of a session: after a comment is saved, the next one is read from what stands."""
_AREAS: Final = ("cause", "obstacle", "follow_up")
SHOWN: Final = 8
"""Comments that are said in full on Gaps; all stand in the table."""


def of_gaps(page: Page, gaps: GapsOfUnit, key: str) -> None:
    """Draw what is said of the unit's missed targets, which have no comment yet, and the form for one."""
    t, missed = page.t, gaps.missed
    if not missed:
        return
    pairs = tuple(gap.pair for gap in missed)
    comments = loaders.ask(commentary_for, page.snapshot, page.selection, pairs)
    silent = without_comment(missed, comments)
    st.subheader(t("Causes and follow-ups"), anchor=False)
    if said := st.session_state.pop(_SAID, None):
        st.success(said, icon=":material/edit_note:")
    st.markdown(words.heading(missed, silent, gaps, t))
    today = page.snapshot.meta.today
    if late := words.due_said(comments, today, t):
        st.markdown(late)
    names = {gap.pair: words.name_of(gap, gaps) for gap in missed}
    with st.grid(min_column_width=320):
        for number, comment in enumerate(comments[:SHOWN]):
            with st.container(border=True, key=f"comment-{number}"):
                st.markdown(words.comment_said(comment, names[comment.pair], today, t, with_period=True))
    as_table = t("Causes and follow-ups as a table")
    if comments and (place := folded(as_table, key="comments-folded", icon=":material/table:")):
        with place:
            both = {gap.pair: (gap.unit_name, gap.sheet.name) for gap in missed}
            alt, file_name = t("A comment a row"), f"{gaps.unit.unit_code}-{page.selection.period.code}-commentary"
            table = words.table(comments, both, today, t)
            figure.show_table(table, key=f"comments-{key}", alt=alt, t=t, file_name=file_name)
    offered = may_comment(page.snapshot, page.organisation.organisation_code, (*silent, *_others(missed, silent)))
    if offered and not past.is_on():  # an earlier day is read, not written
        _form(page, gaps, offered, silent, comments)


def of_trend(page: Page, trend: Trend) -> None:
    """Draw, folded, what the units say of the figures on a chart, each with its period."""
    t = page.t
    codes = tuple(unit.unit_code for unit in trend.units)
    organisation = page.organisation.organisation_code
    comments = loaders.ask(commentary_over, page.snapshot, organisation, trend.sheet.code, codes, trend.periods)
    if not comments:
        return
    names = {unit.unit_code: unit.unit_name for unit in trend.units}
    label = t.plural("{n} comment on these figures", "{n} comments on these figures", len(comments))
    place = folded(label, key="said-folded", icon=":material/comment:")
    if not place:
        return
    with place:
        for comment in comments:
            name, today = names[comment.unit_code], page.snapshot.meta.today
            st.markdown(words.comment_said(comment, name, today, t, with_period=True))


def _others(missed: Sequence[Gap], silent: Sequence[Gap]) -> tuple[Gap, ...]:
    first = {gap.pair for gap in silent}
    return tuple(gap for gap in missed if gap.pair not in first)


def _form(
    page: Page, gaps: GapsOfUnit, offered: Sequence[Gap], silent: Sequence[Gap], comments: Sequence[Commentary]
) -> None:
    t, period = page.t, page.selection.period
    number = st.session_state.setdefault(_FORM, 0)
    place = folded(t("Write cause and follow-up"), key="comment-folded", icon=":material/add_circle:", stays=True)
    if not place:
        return
    with place:
        labels = [words.choice(gap, silent, gaps, t) for gap in offered]
        place = st.selectbox(
            t("Missed target"), range(len(offered)), format_func=labels.__getitem__, key=f"comment-figure-{number}"
        )
        gap = offered[place]
        standing = next((one for one in comments if one.pair == gap.pair and one.period == period), None)
        with st.form(f"comment-{number}", border=False, enter_to_submit=False):
            row, beneath = _fields(page, gap, standing, f"{number}-{gap.unit_code}-{gap.sheet.code}-{period.code}")
            if st.form_submit_button(t("Save cause and follow-up"), type="primary"):
                _save(page, words.name_of(gap, gaps), row, beneath)


def _fields(
    page: Page, gap: Gap, standing: Commentary | None, key: str
) -> tuple[dict[str, str], dict[str, DeltaGenerator]]:
    """Draw the fields as they stand and, beneath each, the place of its error; return what they hold, and those."""
    t, period = page.t, page.selection.period
    beneath: dict[str, DeltaGenerator] = {}
    row = {
        "unit_code": gap.unit_code,
        "indicator_code": gap.sheet.code,
        "period_start": period.start.isoformat(),
        "period_end": period.end.isoformat(),
    }
    for column in SAID:
        before = str(getattr(standing, column)) if standing else ""
        draw = st.text_area if column in _AREAS else st.text_input
        placeholder = "2026-12-31" if column == "due" else None
        row[column] = draw(t(words.FIELDS[column]), before, key=f"comment-{column}-{key}", placeholder=placeholder)
        beneath[column] = st.empty()
    row["author"] = who.asked(t)
    beneath["author"] = st.empty()
    return row, beneath


def _save(page: Page, name: str, row: dict[str, str], beneath: dict[str, DeltaGenerator]) -> None:
    t, organisation = page.t, page.organisation
    faults = {column: plain(translated(t, message)) for column, message in faults_of(row, organisation.year_starts_in)}
    if not row["author"]:
        faults["author"] = t("Write your name first: it is kept with the figures.")
    for column, said in faults.items():
        beneath[column].error(said[:1].upper() + said[1:])
    if faults:
        return
    starts, code = organisation.year_starts_in, organisation.organisation_code
    try:
        with st.spinner(t("Saving and publishing …")):
            batch = enter_comment(loaders.store_folder(), code, row, page.access, starts)
            publish(loaders.store_folder())
    except KpiError as error:  # in place, so that what was written in the form stays
        st.error(plain(translated(t, error)))
        return
    st.session_state[_SAID] = words.saved_said(name, t, is_new=batch is not None)
    st.session_state[_FORM] += 1
    st.rerun()
