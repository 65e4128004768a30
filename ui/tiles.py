"""The overview's parts: the way down the tree, tiles of units, what costs most."""

from __future__ import annotations

from typing import Final, NoReturn

import streamlit as st

from kpi.i18n import Translator
from kpi.scoring.profile import RuleProfile
from kpi.views import overview_words as words
from kpi.views.costs import Cost
from kpi.views.markdown import plain
from kpi.views.overview import Level, Tile
from kpi.views.ratings import index_text, rating_style
from ui import address

OVERVIEW: Final = "pages/overview.py"
GAPS: Final = "pages/gaps.py"


LEFT: Final = """<style>
[class*="st-key-open-"] button, [class*="st-key-open-"] button div { justify-content: flex-start; text-align: left; }
</style>"""
"""Names of tiles start at the left; Streamlit centres what a button says."""


def way(level: Level) -> None:
    """Draw the way from the root to the unit whose level is shown; each step leads back up."""
    if len(level.way) < 2:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for place in level.way[:-1]:
            if st.button(
                plain(place.name), key=f"up-{place.unit_code}", type="tertiary", icon=":material/arrow_upward:"
            ):
                address.follow(OVERVIEW, parent=place.unit_code, tiles=None)
        st.markdown(f"**{plain(level.way[-1].name)}**", width="content")


def show(level: Level, tiles: tuple[Tile, ...], profile: RuleProfile, t: Translator) -> None:
    """Draw the tiles side by side, as many as the screen holds: two on a telephone."""
    st.html(LEFT)
    with st.grid(min_column_width=160, gap="small"):
        for tile in tiles:
            with st.container(border=True, height="stretch", key=f"tile-{tile.unit_code}"):
                _tile(tile, level, profile, t)


def silent(level: Level, profile: RuleProfile, t: Translator) -> None:
    """Name, folded, the units without an index in any period shown, each with the reason."""
    if level.silent:
        count = t.plural("{n} unit without an index", "{n} units without an index", len(level.silent))
        with st.expander(count, icon=":material/visibility_off:"):
            lines = [f"- {plain(tile.name)}: {words.why_not_rated(tile.now, profile, t)}" for tile in level.silent]
            st.markdown("\n".join(lines))


def costs(found: tuple[Cost, ...], unit: str, t: Translator) -> None:
    """Draw a sentence per indicator, each with its way to the gaps of that unit."""
    if not found:
        st.markdown(t("Nothing costs {unit} any points in this period.", unit=plain(unit)))
    for place, cost in enumerate(found, start=1):
        left, right = st.columns([4, 1], vertical_alignment="center")
        left.markdown(f"{place}. {words.cost_sentence(cost, t)}")
        query = address.parameters(unit=cost.unit_code, indicator=cost.indicator_code)
        right.page_link(GAPS, label=t("See the gap"), query_params=query, icon=":material/flag:")


def follow(level: Level, unit_code: str) -> NoReturn:
    """Go where a click on a unit leads: down to its level, or to its gaps where nothing is below it."""
    leads_to, changes = _leads_to(level, unit_code)
    address.follow(leads_to, **changes)


def _leads_to(level: Level, unit_code: str) -> tuple[str, dict[str, str | None]]:
    leads_down = unit_code != level.parent.unit_code and any(
        tile.has_children for tile in level.tiles if tile.unit_code == unit_code
    )
    return (OVERVIEW, {"parent": unit_code, "tiles": None}) if leads_down else (GAPS, {"unit": unit_code})


def _tile(tile: Tile, level: Level, profile: RuleProfile, t: Translator) -> None:
    style = rating_style(profile, tile.now.rating, t.language, "light")
    said = style.words if tile.now.rating else f"{style.symbol} {words.why_not_rated(tile.now, profile, t)}"
    leads_to, _ = _leads_to(level, tile.unit_code)
    icon = ":material/account_tree:" if leads_to == OVERVIEW else ":material/flag:"
    if st.button(f"**{plain(tile.name)}**", key=f"open-{tile.unit_code}", type="tertiary", icon=icon, wrap=True):
        follow(level, tile.unit_code)
    st.metric(
        t("Index"),
        index_text(tile.now.index, profile, t),
        None if tile.change is None else t.change(tile.change),
        delta_color="off",  # whether a change is more than chance is not this figure's to say
        delta_arrow="off" if not tile.change else "up" if tile.change > 0 else "down",
        label_visibility="collapsed",
        chart_data=words.line(tile),
    )
    coverage = "" if tile.now.coverage is None else t("{share} of weight scored", share=t.percent(tile.now.coverage, 0))
    st.markdown(f":{style.colour_name}[**{said}**]  \n:small[{coverage}]")
