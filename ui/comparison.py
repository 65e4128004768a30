"""The three faces of the comparison: a group in order, units by indicators, units side by side."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.access import AllowedSnapshot
from kpi.charts import comparison as charts
from kpi.charts.funnel import funnel
from kpi.scoring.profile import RuleProfile
from kpi.views import comparison_words as words
from kpi.views import control_words, funnel_words, numbers_words
from kpi.views import pairs_words as pairs
from kpi.views.comparison import Ranking, ranked_on_index, ranked_on_indicator
from kpi.views.glossary import hint
from kpi.views.groups import groups_of, members
from kpi.views.help_texts import Topic
from kpi.views.markdown import plain
from kpi.views.matrix import matrix, unit_pages
from kpi.views.selection import Selection
from kpi.views.side_by_side import heaviest, side_by_side
from kpi.views.trends import indicator_over_time, offered_indicators
from ui import address, faces, figure, header, loaders, pickers
from ui.chart import Drawing
from ui.figure import Look
from ui.gate import Page
from ui.help import beside

SAID: Final = 30
"""Units that both verdicts are said of in sentences."""


def pick_group(page: Page) -> str:
    """Draw the choice of the units to compare; ends the page where there are none."""
    t = page.t
    groups = words.group_names(groups_of(page.snapshot.units(page.organisation.organisation_code)), t)
    if not groups:
        faces.empty(t("{name} has no units to compare.", name=page.organisation.name), t("Import a file with units."))
    return pickers.pick_option("parent", groups, t("Units"))


def order(page: Page, top: DeltaGenerator) -> None:
    """Draw a group in order, on the index of its units or on one indicator."""
    t, selection, profile = page.t, page.selection, page.profile
    left, middle, right = st.columns([3, 2, 4], vertical_alignment="bottom")
    with left:
        group = pick_group(page)
    found = _ranking(page.snapshot, selection, group, "", profile)
    measures = {"index": t("Index"), "indicator": t("Indicator")}
    with middle:  # where nothing can be scored, such as figures without targets, an indicator still compares
        default = "index" if found.bars else "indicator"
        on = pickers.pick_option("by", measures, t("By"), default=default, style="segmented")
    indicator = ""
    if on == "indicator":
        with right:
            offer = loaders.ask(offered_indicators, page.snapshot, selection, profile)
            indicator = pickers.pick_indicator(t, offer.indicators, default=offer.default)
        found = _ranking(page.snapshot, selection, group, indicator, profile)
    said = words.sentence(found, t)
    with top:
        header.show(page, t("Comparison"), plain(said))
    notes = words.notes(found, profile, t)
    if not found.bars:
        faces.empty(plain(" ".join(notes)) or t("No figures here."), t("Choose another period, indicator or group."))
    drawn = "bars"
    if on == "indicator":
        drawn = pickers.pick_option("as", {"bars": t("Bars"), "funnel": t("Funnel")}, t("Chart"), style="segmented")
    key = f"{drawn}-{group}-{on}-{indicator}-{found.period.code}-{found.to_date}-{profile.code}"
    clicked = _funnel(page, found, key) if drawn == "funnel" else _bars(page, found, (group, indicator), key)
    st.caption(plain(" ".join(notes if drawn == "bars" else ())))
    beside(t, Topic.FUNNEL if drawn == "funnel" else Topic.ORDER, numbers_words.order(found, t))
    _both_verdicts(page, found)
    if clicked:
        address.follow("pages/trends.py", unit=clicked, units=clicked)


def _ranking(
    snapshot: AllowedSnapshot, selection: Selection, group: str, indicator: str, profile: RuleProfile
) -> Ranking:
    """Return a group in order: on the index of its units where no indicator is named."""
    if indicator:
        return loaders.ask(ranked_on_indicator, snapshot, selection, group, indicator, profile)
    return loaders.ask(ranked_on_index, snapshot, selection, group, profile)


def _both_verdicts(page: Page, found: Ranking) -> None:
    """Draw, folded, a sentence per unit: is its target met, and did its figure really change."""
    t = page.t
    if found.sheet is None or not found.bars:
        return
    units = tuple(bar.unit_code for bar in found.bars[:SAID])
    single = replace(page.selection, to_date=False)
    trend = loaders.ask(indicator_over_time, page.snapshot, single, found.sheet.code, units, page.profile)
    with st.expander(t("Is the target met, and did it change?"), icon=":material/timeline:"):
        st.markdown(control_words.verdict_lines(trend, t))
        if len(found.bars) > SAID:
            st.caption(t("The first {n} units; choose a unit in Trends for the others.", n=t.number(SAID)))


def _bars(page: Page, found: Ranking, asked: tuple[str, str], key: str) -> str | None:
    """Draw a page of bars. `asked`: the group and the indicator that was ranked on."""
    t, number = page.t, pickers.pick_page("bars", found.pages)
    drawn = loaders.ask(_drawn, page.snapshot, page.selection, *asked, page.profile, figure.look(t), number)
    return figure.show(
        drawn,
        key="ranking",
        t=t,
        table=partial(words.table, found, page.profile, t),
        file_name=key,
        drills=True,
    )


def _drawn(
    snapshot: AllowedSnapshot,
    selection: Selection,
    group: str,
    indicator: str,
    profile: RuleProfile,
    look: Look,
    number: int,
) -> Drawing:
    t, found = look.translator, _ranking(snapshot, selection, group, indicator, profile)
    bars = words.bars(found, found.page(number), profile, t, look.tone)
    middle = found.fair.middle * (100 if found.sheet is None else 1)
    chart = charts.ranking(bars, words.legend(found, t), t.language, look.tone, middle)
    return Drawing.of(chart, words.sentence(found, t))


def _funnel(page: Page, found: Ranking, key: str) -> str | None:
    t = page.t
    if not found.fair.is_of_rates:
        st.info(funnel_words.refused(found, t), icon=":material/info:")
        return None
    said = funnel_words.funnel_sentence(found, t)
    st.markdown(f"**{plain(said)}** {plain(funnel_words.funnel_notes(found, t))}")
    units, limits = funnel_words.funnel_units(found, t), funnel_words.funnel_limits(found)
    legend = funnel_words.funnel_legend(found, t)
    chart = Drawing.of(funnel(units, limits, found.fair.middle, legend, t.language, figure.tone()), said)
    table = partial(words.table, found, page.profile, t)
    return figure.show(chart, key="funnel", t=t, table=table, file_name=key, drills=True)


def by_indicators(page: Page, top: DeltaGenerator) -> None:
    """Draw the units of a group by their indicators, a page of each at a time."""
    t, selection, profile = page.t, page.selection, page.profile
    group = pick_group(page)
    pages = loaders.ask(unit_pages, page.snapshot, selection, group)
    number = pickers.pick_page("rows", max(pages, 1))
    found = loaders.ask(matrix, page.snapshot, selection, group, number, profile)
    said = pairs.matrix_sentence(found, selection, profile, t)
    with top:
        header.show(page, t("Comparison"), plain(said))
    if not found.cells:
        faces.empty(plain(said), t("Choose another period or group."))
    column = pickers.pick_page("columns", found.indicator_pages)
    cells = pairs.cells(found, found.indicator_page(column), profile, t, figure.tone())
    clicked = figure.show(
        Drawing.of(charts.matrix(cells, t.language, figure.tone()), said),
        key="matrix",
        t=t,
        table=partial(pairs.matrix_table, found, profile, t),
        file_name=f"{group}-{selection.period.code}",
        drills=True,
    )
    st.caption(plain(" ".join(pairs.matrix_notes(found, t))))
    beside(t, Topic.MATRIX, numbers_words.matrix(found, profile, t))
    if clicked:
        address.follow("pages/indicators.py", **pairs.drilled(clicked))


def sides(page: Page, top: DeltaGenerator) -> None:
    """Draw two or more units side by side: their indices, what they share, what each has alone."""
    t, selection, profile = page.t, page.selection, page.profile
    units = page.snapshot.units(selection.organisation_code)
    default = heaviest(units, members(units, selection.organisation_code, selection.period), 2)
    chosen = pickers.pick_units(t, units, key="sides", default=default, label=t("Units side by side"))
    if len(chosen) < 2:
        with top:
            header.show(page, t("Comparison"))
        faces.empty(t("One unit can't be compared."), t("Choose at least two."))
    found = loaders.ask(side_by_side, page.snapshot, selection, chosen, profile)
    said = pairs.sides_sentence(found, profile, t)
    with top:
        header.show(page, t("Comparison"), plain(said))
    if not found.cells:
        faces.empty(t("These units have no figure of this period."), t("Choose another period or other units."))
    key = f"sides-{'-'.join(chosen)}-{selection.period.code}-{selection.to_date}-{profile.code}"
    figure.show_table(pairs.standings_table(found, profile, t), key=key, alt=said, t=t, file_name="units")
    st.subheader(t("Shared indicators"), anchor=False, help=hint(t, "index", "like_for_like"))
    if not found.shared:
        faces.partly_missing(t("They share no indicator in this period."))
    else:
        dots = pairs.dots(found, profile, t)
        clicked = figure.show(
            Drawing.of(charts.dumbbells(dots, t("Target"), t.language, figure.tone()), pairs.shared_alt(found, t)),
            key="shared",
            t=t,
            table=partial(pairs.shared_table, found, profile, t),
            file_name=f"{key}-shared",
            drills=True,
        )
        beside(t, Topic.SIDES, numbers_words.sides(found, profile, t))
        if clicked:
            address.follow("pages/indicators.py", **pairs.drilled(clicked))
    for side in found.sides:
        if side.own:
            st.subheader(t("{unit} alone", unit=plain(side.unit_name)), anchor=False)
            name = f"own-{side.unit_code}"
            own = pairs.own_table(found, side, profile, t)
            figure.show_table(own, key=f"{key}-{name}", alt=side.unit_name, t=t, file_name=name)
