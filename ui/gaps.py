"""The parts of the gaps page: bullets, the way to the index, the rest of the year, what is not scored."""

from __future__ import annotations

import streamlit as st

from kpi.charts import gaps as charts
from kpi.views import gaps_tables as tables
from kpi.views import gaps_words as words
from kpi.views import pace_words
from kpi.views.gaps import Gap, GapsOfUnit, page_of, pages_of
from kpi.views.pace import paces
from kpi.views.waterfall import waterfall
from ui import address, figure, loaders, pickers
from ui.gate import Page


def bullets(page: Page, gaps: GapsOfUnit, shown: tuple[Gap, ...], key: str) -> None:
    """Draw a bullet per figure; a click leads to why it scores as it does."""
    t, tone = page.t, figure.tone()
    st.subheader(words.bullets_title(gaps, t), anchor=False)
    number = pickers.pick_page("figures", pages_of(shown))
    some = page_of(shown, number)
    if not some:
        st.info(words.nothing(gaps, t))
        return
    st.caption(t("Upright mark: the target. Each row has a scale of its own. A click tells why it scores so."))
    clicked = figure.show(
        charts.bullets(tables.bullets(some, gaps, page.profile, t, tone), t.language, tone),
        key=f"bullets-{key}-{number}",
        alt=tables.bullets_alt(some, t),
        t=t,
        table=tables.table(shown, gaps, page.profile, t),
        file_name=f"{gaps.unit.unit_code}-{page.selection.period.code}",
        drills=True,
    )
    if clicked:
        address.follow("pages/indicators.py", **words.clicked(clicked, some))


def way(page: Page, gaps: GapsOfUnit, key: str) -> None:
    """Draw the steps from 100 to the index; a click leads to the unit below, or to why the indicator scores so."""
    t, tone, steps = page.t, figure.tone(), waterfall(gaps)
    if not steps:
        return
    st.subheader(t("From 100 to the index"), anchor=False)
    clicked = figure.show(
        charts.waterfall(tables.steps(steps, gaps, t), *words.ends(gaps, page.profile, t), t.language, tone),
        key=f"way-{key}",
        alt=tables.steps_alt(steps, gaps, t),
        t=t,
        table=tables.steps_table(steps, gaps, t),
        file_name=f"{gaps.unit.unit_code}-{page.selection.period.code}-index",
        drills=True,
    )
    if clicked:
        leads_to, choices = words.followed(clicked, gaps)
        address.follow(leads_to, **choices)


def rest_of_year(page: Page, gaps: GapsOfUnit, key: str) -> None:
    """Draw what the rest of the year must bring: the pressing ones as sentences, all of them as a table."""
    t, names = page.t, words.names(gaps)
    year = loaders.ask(paces, page.snapshot, page.selection, gaps.pairs)
    st.subheader(t("The rest of {year}", year=t.period(year.year)), anchor=False)
    st.markdown("\n\n".join([pace_words.heading(year, t), "\n".join(pace_words.urgent(year, names, t))]))
    if year.paces:
        with st.expander(t("Pace of every indicator"), icon=":material/table:"):
            figure.show_table(
                pace_words.table(year, names, t),
                key=f"pace-{key}",
                alt=t("Needed pace and pace so far, an indicator a row."),
                t=t,
                file_name=f"{gaps.unit.unit_code}-{year.year.code}-pace",
            )


def not_scored(page: Page, gaps: GapsOfUnit, key: str) -> None:
    """Draw the figures that are not scored, each with its reason and what to do."""
    if not gaps.not_scored:
        return
    st.subheader(page.t("Not scored"), anchor=False)
    figure.show_table(
        tables.not_scored(gaps, page.t),
        key=f"unscored-{key}",
        alt=page.t("Figures that are not scored, each with its reason and what to do."),
        t=page.t,
        file_name=f"{gaps.unit.unit_code}-{page.selection.period.code}-not-scored",
    )
