"""The parts of the trends page: what may be chosen, both verdicts and the changes, the charts, the outlook."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from kpi.access import AllowedSnapshot
from kpi.charts.trends import lines, span_of
from kpi.i18n import Language, Translator
from kpi.scoring.profile import RuleProfile
from kpi.views import control_words, event_words, numbers_words, outlook_words
from kpi.views import trends_tables as tables
from kpi.views import trends_words as words
from kpi.views.help_texts import Topic
from kpi.views.markdown import plain
from kpi.views.outlook import outlook
from kpi.views.selection import Selection
from kpi.views.trends import Trend, first_unit, indicator_over_time, offered_indicators, units_with
from ui import faces, figure, loaders, pickers, sources
from ui.address import recall
from ui.chart import Drawing
from ui.figure import Look
from ui.gate import Page
from ui.help import beside


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader wants to see; `is_split` = a chart for each unit."""

    indicator_code: str
    unit_codes: tuple[str, ...]
    is_split: bool


def pick(page: Page) -> Choice:
    """Draw the page's own pickers; ends the page where there is nothing to choose."""
    t = page.t
    offer = loaders.ask(offered_indicators, page.snapshot, page.selection, page.profile)
    if offer.indicators.empty:
        faces.empty(t("No indicator yet."), t("Import a file first."))
    left, middle, right = st.columns([4, 4, 3], vertical_alignment="bottom")
    with left:
        indicator = pickers.pick_indicator(t, offer.indicators, default=offer.default)
    carriers = loaders.ask(units_with, page.snapshot, page.selection.organisation_code, indicator)
    if carriers.empty:
        faces.empty(t("No unit has ever reported this indicator."), t("Choose another indicator."))
    with middle:
        first = first_unit(carriers, recall("unit"), offer.default_unit)
        units = pickers.pick_units(t, carriers, default=(first,)) or (first,)
    with right:
        modes = {"one": t("One chart"), "each": t("A chart per unit")}
        mode = pickers.pick_option("charts", modes, t("Charts"), style="segmented") if len(units) > 1 else "one"
    return Choice(indicator, units, mode == "each")


def verdicts(page: Page, view: Trend) -> None:
    """Say both verdicts on each unit, then the changes like for like, and who has no value."""
    st.markdown(control_words.verdict_lines(view, page.t))
    st.markdown(words.change_lines(view, page.t))
    if absent := words.absent_said(view, page.t):
        faces.partly_missing(absent)


def charts(page: Page, view: Trend, choice: Choice) -> str | None:
    """Draw the figure, or one for each unit; returns what was clicked."""
    clicked = _split(page, view) if choice.is_split else _one(page, view, choice)
    t = page.t
    if view.happenings:
        st.caption(event_words.events_said(view.happenings, t))
    st.caption(plain(" ".join(words.notes(view, t))))
    several = Topic.SMALL_TRENDS if choice.is_split else Topic.SEVERAL_TRENDS
    beside(t, Topic.TREND if len(view.units) == 1 else several, numbers_words.trend(view, t))
    return clicked


def _one(page: Page, view: Trend, choice: Choice) -> str | None:
    t, snapshot, selection, indicator = page.t, page.snapshot, page.selection, choice.indicator_code
    drawn = loaders.ask(_drawn, snapshot, selection, indicator, choice.unit_codes, page.profile, figure.look(t))
    clicked = figure.show(drawn, key="trend", t=t, file_name=f"trend-{indicator}", drills=True)
    if len(view.units) == 1:
        ahead = loaders.ask(outlook, snapshot, selection, indicator, view.units[0].unit_code, page.profile)
        st.markdown(outlook_words.outlook_sentence(ahead, t))
        if method := outlook_words.method_said(ahead, t):
            st.caption(method)
    return clicked


def _drawn(
    snapshot: AllowedSnapshot,
    selection: Selection,
    indicator: str,
    units: tuple[str, ...],
    profile: RuleProfile,
    look: Look,
) -> Drawing:
    t, view = look.translator, loaders.ask(indicator_over_time, snapshot, selection, indicator, units, profile)
    alone = view.units[0] if len(view.units) == 1 else None
    ahead = alone and loaders.ask(outlook, snapshot, selection, indicator, alone.unit_code, profile)
    chart = lines(
        tables.points(view, profile, t),
        tables.ticks(view, t),
        words.legend(t),
        t.language,
        look.tone,
        control=tables.control(alone) if alone else None,
        fan=outlook_words.fan(ahead, view) if ahead else None,
        events=event_words.event_marks(view.happenings, t),
    )
    return Drawing.of(chart, words.alt(view, t))


def _split(page: Page, view: Trend) -> str | None:
    t, clicked = page.t, None
    ticks, span = tables.ticks(view, t), span_of(tables.points(view, page.profile, t))
    with st.grid(min_column_width=320):
        for unit in view.units:
            with st.container(key=f"small-{unit.unit_code}"):
                st.markdown(f"**{unit.unit_name}**")
                rows, band = tables.points(view, page.profile, t, (unit.unit_code,)), tables.control(unit)
                look = {"is_small": True, "span": span, "control": band}
                events = event_words.event_marks(unit.happenings, t, view.happenings)
                chart = lines(rows, ticks, words.legend(t), t.language, figure.tone(), events=events, **look)
                drawn = Drawing.of(chart, words.alt(view, t, unit))
                clicked = figure.show(drawn, key=f"trend-{unit.unit_code}", t=t, drills=True) or clicked
    return clicked


def table(page: Page, view: Trend, choice: Choice, *, key: str) -> None:
    """Draw every figure of the chart as a table."""
    t, indicator = page.t, choice.indicator_code
    rows = loaders.ask(_table, page.snapshot, page.selection, indicator, choice.unit_codes, page.profile, t.language)
    figure.show_table(rows, key=key, alt=words.alt(view, t), t=t, file_name=f"trend-{indicator}")


def _table(
    snapshot: AllowedSnapshot,
    selection: Selection,
    indicator: str,
    units: tuple[str, ...],
    profile: RuleProfile,
    language: Language,
) -> pd.DataFrame:
    view = loaders.ask(indicator_over_time, snapshot, selection, indicator, units, profile)
    return tables.table(view, profile, Translator(language))


def origins(page: Page, view: Trend) -> None:
    """Draw, folded, where each unit's figure of the chosen period comes from."""
    for unit in view.units:
        sources.draw(page, view.sheet.code, unit.unit_code, unit.unit_name)
