"""A unit's own trend of what it has just reported: value against target with both verdicts, a small chart each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import streamlit as st

from kpi.charts.theme import Figure
from kpi.charts.trends import lines
from kpi.periods import Period
from kpi.views import control_words, event_words, numbers_words
from kpi.views import trends_tables as tables
from kpi.views import trends_words as words
from kpi.views.help_texts import Topic
from kpi.views.markdown import plain
from kpi.views.selection import Selection
from kpi.views.trends import Trend, indicator_over_time
from kpi.views.turned import Touched
from ui import address, figure, loaders
from ui.chart import Drawing
from ui.gate import Page
from ui.help import beside

AT_ONCE: Final = 6
"""Charts on one page."""


def draw(page: Page, touched: tuple[Touched, ...], key: str) -> None:
    """Draw a small chart for each indicator that came in, the newest period of each marked; in pages."""
    t = page.t
    newest = newest_periods(touched)
    if not newest:
        return
    st.subheader(t("Your own trend"), anchor=False)
    st.caption(t("Value against target: did it really change, and is the target met?"))
    pages = -(-len(newest) // AT_ONCE)
    number = st.pagination(pages, key=f"{key}-trends") if pages > 1 else 1
    drawn: list[Trend] = []
    with st.grid(min_column_width=320):
        for (unit, indicator), period in list(newest.items())[(number - 1) * AT_ONCE : number * AT_ONCE]:
            with st.container(border=True, key=f"own-{unit}-{indicator}"):
                drawn += _chart(page, unit, indicator, period, key)
    beside(t, Topic.OWN_TRENDS, numbers_words.own_trend(drawn[0], page.profile, t) if drawn else "")


def newest_periods(touched: Iterable[Touched]) -> dict[tuple[str, str], Period]:
    """Return the newest period that came in of each unit and indicator, by code."""
    found: dict[tuple[str, str], Period] = {}
    for each in touched:
        pair = each.unit_code, each.indicator_code
        if pair not in found or each.period.end > found[pair].end:
            found[pair] = each.period
    return dict(sorted(found.items(), key=lambda pair: pair[0]))


def _chart(page: Page, unit: str, indicator: str, period: Period, key: str) -> list[Trend]:
    """Draw one chart; return what it shows, nothing where there is no value yet."""
    t = page.t
    selection = Selection(page.selection.organisation_code, period, False, page.selection.profile_code)
    view = loaders.ask(indicator_over_time, page.snapshot, selection, indicator, (unit,), page.profile)
    own = view.units[0]
    st.markdown(f"**{plain(view.sheet.name)}**  \n:small[{plain(own.unit_name)}, {t.period(view.period)}]")
    if view.is_empty:
        st.caption(t("A target alone, without a value yet."))
        return []
    figure.show(Drawing.of(_lines(page, view), words.alt(view, t, own)), key=f"{key}-{unit}-{indicator}", t=t)
    st.markdown(control_words.verdicts_on(own, view, t))
    query = address.parameters(unit=unit, units=unit, indicator=indicator, period=view.period.code, part=None)
    st.page_link("pages/trends.py", label=t("See the trend"), query_params=query, icon=":material/trending_up:")
    return [view]


def _lines(page: Page, view: Trend) -> Figure:
    t, own = page.t, view.units[0]
    return lines(
        tables.points(view, page.profile, t),
        tables.ticks(view, t),
        words.legend(t),
        t.language,
        figure.tone(),
        is_small=True,
        control=tables.control(own),
        events=event_words.event_marks(own.happenings, t, view.happenings),
    )
