"""The parts of the gaps page: bullets, the way to the index, the rest of the year, what is not scored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st

from kpi.access import AllowedSnapshot
from kpi.charts import gaps as charts
from kpi.i18n import Translator
from kpi.scoring.profile import RuleProfile
from kpi.views import control_words, numbers_words, outlook_words, pace_words
from kpi.views import gaps_tables as tables
from kpi.views import gaps_words as words
from kpi.views.gaps import Gap, GapsOfUnit, gaps_of_unit, page_of, pages_of
from kpi.views.glossary import hint
from kpi.views.help_texts import Topic
from kpi.views.outlook import outlook
from kpi.views.pace import Pace, YearOfPaces, paces
from kpi.views.selection import Selection
from kpi.views.verdicts import changes_of
from kpi.views.waterfall import waterfall
from ui import address, figure, loaders, pickers
from ui.chart import Drawing
from ui.figure import Look
from ui.folded import folded
from ui.gate import Page
from ui.help import beside

SAID: Final = 8
"""Figures that are said in a sentence; all stand in the table."""
BREAK: Final = "  \n  "
"""A new line within a point of a list."""


def bullets(page: Page, gaps: GapsOfUnit, *, missed_only: bool) -> None:
    """Draw a bullet per figure; a click leads to why it scores as it does."""
    t, shown = page.t, gaps.shown(missed_only=missed_only)
    st.subheader(words.bullets_title(gaps, t), anchor=False, help=hint(t, "gap", "index", "target"))
    number = pickers.pick_page("figures", pages_of(shown))
    some = page_of(shown, number)
    if not some:
        st.info(words.nothing(gaps, t))
        return
    st.caption(t("Upright mark: the target. Each row has a scale of its own. A click tells why it scores so."))
    asked = (page.snapshot, page.selection, gaps.unit.unit_code, page.profile, figure.look(t))
    clicked = figure.show(
        loaders.ask(_bullets, *asked, missed_only, number),
        key="bullets",
        t=t,
        table=partial(tables.table, shown, gaps, page.profile, t),
        file_name=f"{gaps.unit.unit_code}-{page.selection.period.code}",
        drills=True,
    )
    beside(t, Topic.BULLETS, numbers_words.bullets(some, page.profile, t))
    if clicked:
        address.follow("pages/indicators.py", **words.clicked(clicked, some))


def _bullets(
    snapshot: AllowedSnapshot,
    selection: Selection,
    unit: str,
    profile: RuleProfile,
    look: Look,
    missed_only: bool,
    number: int,
) -> Drawing:
    t, gaps = look.translator, loaders.ask(gaps_of_unit, snapshot, selection, unit, profile)
    some = page_of(gaps.shown(missed_only=missed_only), number)
    drawn = charts.bullets(tables.bullets(some, gaps, profile, t, look.tone), t.language, look.tone)
    return Drawing.of(drawn, tables.bullets_alt(some, t))


def way(page: Page, gaps: GapsOfUnit) -> None:
    """Draw the steps from 100 to the index; a click leads to the unit below, or to why the indicator scores so."""
    t, steps = page.t, waterfall(gaps)
    if not steps:
        return
    st.subheader(t("From 100 to the index"), anchor=False, help=hint(t, "loss", "weight", "index"))
    clicked = figure.show(
        loaders.ask(_way, page.snapshot, page.selection, gaps.unit.unit_code, page.profile, figure.look(t)),
        key="way",
        t=t,
        table=partial(tables.steps_table, steps, gaps, page.profile, t),
        file_name=f"{gaps.unit.unit_code}-{page.selection.period.code}-index",
        drills=True,
    )
    beside(t, Topic.WAY, numbers_words.way(gaps, page.profile, t))
    if clicked:
        leads_to, choices = words.followed(clicked, gaps)
        address.follow(leads_to, **choices)


def _way(snapshot: AllowedSnapshot, selection: Selection, unit: str, profile: RuleProfile, look: Look) -> Drawing:
    t, gaps = look.translator, loaders.ask(gaps_of_unit, snapshot, selection, unit, profile)
    steps = waterfall(gaps)
    drawn = charts.waterfall(tables.steps(steps, gaps, t), *words.ends(gaps, profile, t), t.language, look.tone)
    return Drawing.of(drawn, tables.steps_alt(steps, gaps, t))


def both_verdicts(page: Page, gaps: GapsOfUnit, shown: tuple[Gap, ...]) -> None:
    """Draw a sentence for each of the costliest figures: is its target met, did it really change."""
    t = page.t
    if not shown:
        return
    st.subheader(t("Is the target met, and did it change?"), anchor=False)
    st.caption(t("Every figure swings a little by chance; only a move that chance hardly explains is a real change."))
    said = shown[:SAID]
    pairs = tuple(gap.pair for gap in said)
    changes = loaders.ask(changes_of, page.snapshot, page.selection, pairs, page.profile)
    lines = [
        f"{words.met_or_missed(gap, gaps, page.profile, t)} {control_words.both_verdicts(changes[pair], gap, t)}"
        for gap, pair in zip(said, pairs, strict=True)
    ]
    st.markdown(_listed(lines))


def rest_of_year(page: Page, gaps: GapsOfUnit, key: str) -> None:
    """Draw what the rest of the year must bring: the pressing ones as sentences, all of them as a table."""
    t, names = page.t, words.names(gaps)
    year = loaders.ask(paces, page.snapshot, page.selection, gaps.pairs)
    st.subheader(t("The rest of {year}", year=t.period(year.year)), anchor=False)
    st.markdown(pace_words.heading(year, t))
    shown = {pace: pace_words.verdict_said(pace, t, names.get(pace.unit_code, "")) for pace in year.said[:SAID]}
    place = st.empty()
    place.markdown(
        _listed(_pace(said, "", pace, t) for pace, said in shown.items())
    )  # the outlooks take a moment: what is known stands meanwhile
    if year.said:
        beside(t, Topic.PACE, numbers_words.pace(year, t))
    if year.paces:
        _paces(gaps, year, key, t)
    place.markdown(_listed(_pace(said, _heading_for(page, pace), pace, t) for pace, said in shown.items()))


def _paces(gaps: GapsOfUnit, year: YearOfPaces, key: str, t: Translator) -> None:
    place = folded(t("Pace of every indicator"), key="paces-folded", icon=":material/table:")
    if place:
        with place:
            figure.show_table(
                pace_words.table(year, words.names(gaps), t),
                key=f"pace-{key}",
                alt=t("Needed pace and pace so far, an indicator a row."),
                t=t,
                file_name=f"{gaps.unit.unit_code}-{year.year.code}-pace",
            )


def _pace(said: str, heading_for: str, pace: Pace, t: Translator) -> str:
    """Return a pace in up to three lines: what is needed, where the year is heading, what helps to judge it."""
    beside = pace_words.beside(pace, t)
    return BREAK.join(line for line in (said, heading_for, beside and f":small[:gray[{beside}]]") if line)


def _heading_for(page: Page, pace: Pace) -> str:
    """Return where an open year is heading; empty for a decided one. Trends says how such a look is made."""
    if not pace.is_open:
        return ""
    newest = replace(page.selection, period=pace.known[-1], to_date=False)
    ahead = loaders.ask(outlook, page.snapshot, newest, pace.sheet.code, pace.unit_code, page.profile)
    return outlook_words.outlook_sentence(ahead, page.t)


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def not_scored(page: Page, gaps: GapsOfUnit, key: str) -> None:
    """Draw the figures that are not scored, each with its reason and what to do."""
    if not gaps.not_scored:
        return
    st.subheader(page.t("Not scored"), anchor=False, help=hint(page.t, "not_scored"))
    figure.show_table(
        tables.not_scored(gaps, page.selection.period.grain, page.t),
        key=f"unscored-{key}",
        alt=page.t("Figures that are not scored, each with its reason and what to do."),
        t=page.t,
        file_name=f"{gaps.unit.unit_code}-{page.selection.period.code}-not-scored",
    )
