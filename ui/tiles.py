"""The overview's parts: the way down the tree, tiles of units, what costs most."""

from __future__ import annotations

import math
from typing import Final, NoReturn

import streamlit as st

from kpi.access import AllowedSnapshot
from kpi.charts.overview import heatmap
from kpi.i18n import Translator
from kpi.scoring.profile import RuleProfile
from kpi.views import overview_words as words
from kpi.views.costs import Cost
from kpi.views.markdown import plain
from kpi.views.overview import Against, Level, Tile, level
from kpi.views.ratings import index_text, rating_style
from kpi.views.selection import Selection
from ui import address, loaders, parts
from ui.chart import Drawing
from ui.figure import Look
from ui.folded import folded

OVERVIEW: Final = "pages/overview.py"
GAPS: Final = "pages/gaps.py"


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
    parts.draw([_tile(tile, level, profile, t) for tile in tiles], key="tiles-shown", look="kpi-tiles")


def by_period(
    snapshot: AllowedSnapshot,
    selection: Selection,
    parent: str,
    against: Against,
    profile: RuleProfile,
    look: Look,
    number: int,
) -> Drawing:
    """Return the index by period of a page of tiles as a heatmap. For `loaders.ask`, which keeps it."""
    t, seen = look.translator, loaders.ask(level, snapshot, selection, parent, against, profile)
    cells = words.cells(seen.page(number), profile, t, look.tone)
    return Drawing.of(heatmap(cells, t.language, look.tone), words.alt(seen, t))


def silent(level: Level, profile: RuleProfile, t: Translator) -> None:
    """Name, folded, the units without an index in any period shown, each with the reason."""
    if level.silent:
        count = t.plural("{n} unit without an index", "{n} units without an index", len(level.silent))
        place = folded(count, key="silent-folded", icon=":material/visibility_off:")
        if place:
            lines = [f"- {plain(tile.name)}: {words.why_not_rated(tile.now, profile, t)}" for tile in level.silent]
            place.markdown("\n".join(lines))


def costs(found: tuple[Cost, ...], unit: str, t: Translator) -> None:
    """Draw a sentence per indicator, each with its way to the gaps of that unit."""
    if not found:
        st.markdown(t("Nothing costs {unit} any points in this period.", unit=plain(unit)))
        return
    lines = [
        parts.tag(
            "div",
            parts.tag("p", f"{place}. ", *parts.rich(words.cost_sentence(cost, t))),
            parts.Link(GAPS, t("See the gap"), "flag", {"unit": cost.unit_code, "indicator": cost.indicator_code}),
        )
        for place, cost in enumerate(found, start=1)
    ]
    parts.draw(lines, key="costs", look="kpi-costs")


def follow(level: Level, unit_code: str) -> NoReturn:
    """Go where a click on a unit leads: down to its level, or to its gaps where nothing is below it."""
    leads_to, changes = _leads_to(level, unit_code)
    address.follow(leads_to, **changes)


def _leads_to(level: Level, unit_code: str) -> tuple[str, dict[str, str | None]]:
    leads_down = unit_code != level.parent.unit_code and any(
        tile.has_children for tile in level.tiles if tile.unit_code == unit_code
    )
    return (OVERVIEW, {"parent": unit_code, "tiles": None}) if leads_down else (GAPS, {"unit": unit_code})


def _tile(tile: Tile, level: Level, profile: RuleProfile, t: Translator) -> parts.Tag:
    style = rating_style(profile, tile.now.rating, t.language, "light")
    said = style.words if tile.now.rating else f"{style.symbol} {words.why_not_rated(tile.now, profile, t)}"
    leads_to, changes = _leads_to(level, tile.unit_code)
    icon = "account_tree" if leads_to == OVERVIEW else "flag"
    coverage = "" if tile.now.coverage is None else t("{share} of weight scored", share=t.percent(tile.now.coverage, 0))
    return parts.tag(
        "div",
        parts.Link(leads_to, f"**{plain(tile.name)}**", icon, changes),
        parts.tag(
            "p",
            parts.tag("span", f"{t('Index')} ", look="kpi-unseen"),
            index_text(tile.now.index, profile, t),
            look="kpi-number",
        ),
        *_change(tile, t),
        *_line(tile, profile, t),
        parts.tag("strong", said, look=f"kpi-{style.colour_name}"),
        parts.tag("small", coverage),
    )


def _change(tile: Tile, t: Translator) -> tuple[parts.Tag, ...]:
    """Return the change, without a colour: whether it is more than chance is not this figure's to say."""
    if tile.change is None:
        return ()
    arrow = "" if not tile.change else "↑ " if tile.change > 0 else "↓ "
    return (parts.tag("p", parts.tag("span", arrow, aria_hidden="true"), t.change(tile.change), look="kpi-change"),)


def _line(tile: Tile, profile: RuleProfile, t: Translator) -> tuple[parts.Tag, ...]:
    """Return the small line of a tile; a mouse that rests on it is told the indices."""
    values = words.line(tile)
    if values is None:
        return ()
    drawn = parts.tag("line", values=[None if math.isnan(value) else round(value, 1) for value in values])
    return (parts.tag("div", drawn, title=words.line_said(tile, profile, t)),)
