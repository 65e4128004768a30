"""The parts of the trends page: what may be chosen, both verdicts and the changes, the charts, the outlook."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from kpi.charts.trends import lines, span_of
from kpi.views import control_words, event_words, numbers_words, outlook_words
from kpi.views import trends_tables as tables
from kpi.views import trends_words as words
from kpi.views.help_texts import Topic
from kpi.views.markdown import plain
from kpi.views.outlook import Outlook, outlook
from kpi.views.trends import Trend, first_unit, offered_indicators, units_with
from ui import faces, figure, loaders, pickers, sources
from ui.address import recall
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
    clicked = _split(page, view) if choice.is_split else _one(page, view)
    t = page.t
    if view.happenings:
        st.caption(event_words.events_said(view.happenings, t))
    st.caption(plain(" ".join(words.notes(view, t))))
    several = Topic.SMALL_TRENDS if choice.is_split else Topic.SEVERAL_TRENDS
    beside(t, Topic.TREND if len(view.units) == 1 else several, numbers_words.trend(view, t))
    return clicked


def _one(page: Page, view: Trend) -> str | None:
    t, tone = page.t, figure.tone()
    ahead = _outlook(page, view) if len(view.units) == 1 else None
    chart = lines(
        tables.points(view, page.profile, t),
        tables.ticks(view, t),
        words.legend(t),
        t.language,
        tone,
        control=tables.control(view.units[0]) if len(view.units) == 1 else None,
        fan=outlook_words.fan(ahead, view) if ahead else None,
        events=event_words.event_marks(view.happenings, t),
    )
    name = f"trend-{view.sheet.code}"
    clicked = figure.show(chart, key="trend", alt=words.alt(view, t), t=t, file_name=name, drills=True)
    if ahead:
        st.markdown(outlook_words.outlook_sentence(ahead, t))
        if method := outlook_words.method_said(ahead, t):
            st.caption(method)
    return clicked


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
                alt, name = words.alt(view, t, unit), f"trend-{unit.unit_code}"
                clicked = figure.show(chart, key=name, alt=alt, t=t, drills=True) or clicked
    return clicked


def _outlook(page: Page, view: Trend) -> Outlook:
    unit_code = view.units[0].unit_code
    return loaders.ask(outlook, page.snapshot, page.selection, view.sheet.code, unit_code, page.profile)


def origins(page: Page, view: Trend) -> None:
    """Draw, folded, where each unit's figure of the chosen period comes from."""
    for unit in view.units:
        sources.draw(page, view.sheet.code, unit.unit_code, unit.unit_name)
