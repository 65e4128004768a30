"""People of a unit: the matrix, the pattern and its breaches, the units below, follow-ups; persons where allowed."""

from __future__ import annotations

from functools import partial

import streamlit as st

from kpi.access import AllowedPeople, Right
from kpi.charts.overview import heatmap
from kpi.charts.people import distribution
from kpi.views import people_numbers
from kpi.views import people_words as words
from kpi.views.glossary import hint
from kpi.views.help_texts import Topic
from kpi.views.markdown import plain
from kpi.views.people import Round, UnitPeople, rounds, unit_people, units_with_people
from kpi.views.tree import tree_of
from ui import faces, figure, pickers
from ui.chart import Drawing
from ui.gate import Page
from ui.help import beside
from ui.people import coaching, judging_units


def section(page: Page, people: AllowedPeople) -> None:
    """Draw the unit's people in one round of appraisal."""
    t, organisation = page.t, page.organisation.organisation_code
    offered = rounds(people, organisation)
    units = units_with_people(people, page.snapshot, organisation)
    if not offered or units.empty:
        faces.empty(t("Nobody has been appraised yet."), t("Import appraisals, or enter them under My staff."))
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        unit = pickers.pick_unit(t, units, label=t("Unit, with those below it"), default=organisation)
    with right:
        of = _round(page, offered)
    view = unit_people(people, page.snapshot, organisation, of, unit)
    st.markdown(f"##### {words.sentence(view, page.organisation.year_starts_in, t)}")
    if view.whole.persons:
        _whole(page, view)
    judging_units.draw(page, people, view)
    _parts(page, view)
    _follow_ups(page, view)
    if page.access.may(Right.READ_PERSON, organisation):
        _persons(page, people, unit)


def _round(page: Page, offered: tuple[Round, ...]) -> Round:
    by_code = {each.code: each for each in offered}
    names = {code: words.round_said(each, page.organisation.year_starts_in, page.t) for code, each in by_code.items()}
    return by_code[pickers.pick_option("round", names, page.t("Appraisal"))]


def _whole(page: Page, view: UnitPeople) -> None:
    t, whole, key = page.t, view.whole, f"{view.whole.unit.unit_code}-{view.round.code}"
    if whole.hidden is not None:
        st.info(words.hidden_said(whole.hidden, t).capitalize() + ".", icon=":material/visibility_off:")
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(t("Work result and behaviour"), anchor=False, help=hint(t, "appraisal", "predicate"))
        st.caption(t("Rows: work result. Columns: behaviour. The sign is the predicate that follows."))
        chart = heatmap(words.matrix_cells(whole, t), t.language, figure.tone())
        drawn, table = Drawing.of(chart, words.alt(whole, t)), partial(words.matrix_table, whole, t)
        figure.show(drawn, key=f"matrix-{key}", t=t, table=table, file_name=key)
        beside(t, Topic.WORK_AND_BEHAVIOUR, people_numbers.work_and_behaviour(whole, t))
    with right:
        st.subheader(t("Predicates and pattern"), anchor=False)
        chart = distribution(words.bars(whole, t, figure.tone()), t.language, figure.tone())
        figure.show(Drawing.of(chart, words.sentence(view, 1, t)), key=f"predicates-{key}", t=t)
        beside(t, Topic.PATTERN, people_numbers.pattern(whole, t))
        st.markdown(words.pattern_said(whole, t))
    st.caption(words.rules_said(t))


def _parts(page: Page, view: UnitPeople) -> None:
    t = page.t
    if not view.parts:
        return
    st.subheader(t("Units right below"), anchor=False)
    if breaches := words.breaches_below(view, t):
        st.markdown(f"{t('⚠ Patterns that are not kept:')}\n\n{breaches}")
    key = f"{view.whole.unit.unit_code}-{view.round.code}-parts"
    alt = t("A row per unit below: predicates of its persons.")
    figure.show_table(words.parts_table(view, t), key=key, alt=alt, t=t, file_name=key, narrow=t("Unit"))


def _follow_ups(page: Page, view: UnitPeople) -> None:
    t, key = page.t, f"{view.whole.unit.unit_code}-follow-ups"
    st.subheader(t("Coaching and development"), anchor=False)
    said = words.progress_said(view, t)
    st.markdown(said)
    figure.show_table(words.progress_table(view, t), key=key, alt=said, t=t, file_name=key, narrow=t("Unit"))


def _persons(page: Page, people: AllowedPeople, unit: str) -> None:
    """Draw, where the reader asks for it, the coaching list with the persons whom they may see."""
    t, organisation = page.t, page.organisation.organisation_code
    tree = tree_of(page.snapshot.units(organisation))
    label = t("Show the coaching list with the persons whom I may see in {unit}", unit=plain(tree.name(unit)))
    if st.toggle(label, key="people-names", help=t("Every look at a person's record is logged.")):
        coaching.draw(page, people, tree.subtree(unit))
