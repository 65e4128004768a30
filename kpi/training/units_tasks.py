"""Tasks about units: which one costs most, whose index says little, what reaching a target would bring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kpi.i18n import Translator
from kpi.training.task import MOST_OPTIONS, Ground, Option, Task, Way, by_words
from kpi.views.gaps import Cut, Gap, GapsOfUnit, gaps_of_unit
from kpi.views.markdown import plain
from kpi.views.overview import Tile, level
from kpi.views.ratings import index_text

GAPS: Final = "pages/gaps.py"
OVERVIEW: Final = "pages/overview.py"
UNITS_LOOKED_AT: Final = 12
CLEAR: Final = 0.0005
"""Half a tenth of a point: what stands nearer than that reads the same on screen."""


def costliest(ground: Ground, t: Translator) -> Task | None:
    """Ask which part took most from the organisation's index in the period before the chosen one."""
    period = ground.selection.period.shifted(-1)
    selection = replace(ground.selection, period=period)
    gaps: GapsOfUnit = ground.found(gaps_of_unit, selection, ground.root, ground.profile)
    cuts = gaps.losing[:MOST_OPTIONS]
    if len(cuts) < 2 or cuts[0].loss - cuts[1].loss < CLEAR:
        return None
    values = {"name": plain(gaps.unit.name), "period": t.period(period)}
    asked = (
        t("Which indicator cost {name} the most points in {period}?", **values)
        if gaps.is_own
        else t("Which unit cost {name} the most points in {period}?", **values)
    )
    options = [Option(cut.code, plain(cut.name), _cost(cut, cuts[0], ground, t)) for cut in cuts]
    return Task(
        "costliest",
        asked,
        t("Look at “From 100 to the index”: the longest step down. Mind the period at the left."),
        by_words(options),
        cuts[0].code,
        Way(GAPS, {"unit": ground.root, "period": period.code, "span": "period", "gaps": "all"}),
    )


def _cost(cut: Cut, first: Cut, ground: Ground, t: Translator) -> str:
    said = t(
        "{name} took {points}: {share} of the weight times what its index {index} lacks of 100.",
        name=plain(cut.name),
        points=t.points(cut.loss),
        share=t.percent(cut.share),
        index=index_text(cut.index, ground.profile, t),
    )
    if cut is first:
        return f"{said} {t('Begin the talk there: nothing else would lift the whole as much.')}"
    return f"{said} {t('There is a longer step.')}"


def little_scored(ground: Ground, t: Translator) -> Task | None:
    """Ask whose index stands on the least of its weight."""
    found = ground.found(level, ground.selection, ground.root, "previous", ground.profile)
    known = [tile for tile in found.tiles if tile.now.coverage is not None and tile.now.index is not None]
    tiles = sorted(known, key=lambda tile: (tile.now.coverage or 0.0, tile.name))[:MOST_OPTIONS]
    if len(tiles) < 2 or _coverage(tiles[1]) - _coverage(tiles[0]) < 0.01:
        return None
    options = [Option(tile.unit_code, plain(tile.name), _scored(tile, tile is tiles[0], ground, t)) for tile in tiles]
    return Task(
        "little_scored",
        t("Whose index says the least, because most of its weight could not be scored?"),
        t("Look at the tiles: the share of weight scored stands below each index."),
        by_words(options),
        tiles[0].unit_code,
        Way(OVERVIEW, {"parent": ground.root, "tiles": None, "period": ground.selection.period.code, "span": "period"}),
    )


def _coverage(tile: Tile) -> float:
    return tile.now.coverage or 0.0


def _scored(tile: Tile, is_right: bool, ground: Ground, t: Translator) -> str:
    said = t(
        "{name}: index {index}, and {share} of its weight is scored.",
        name=plain(tile.name),
        index=index_text(tile.now.index, ground.profile, t),
        share=t.percent(tile.now.coverage, 0),
    )
    if not is_right:
        return f"{said} {t('There is one with less.')}"
    least = t.percent(ground.profile.least_coverage, 0)
    if tile.now.rating is None:
        return f"{said} {t('Below {least} there is no rating at all: ask for the figures first.', least=least)}"
    return f"{said} {t('What is missing is left out, it never counts as zero: ask for it before you judge.')}"


def gain(ground: Ground, t: Translator) -> Task | None:
    """Ask how much the index of a unit would rise if its costliest indicator came exactly on target."""
    found = _costliest_own(ground)
    if found is None:
        return None
    gaps, gap = found
    answers = {"loss": gap.loss, "lack": 1 - gap.index, "share": gap.share}
    if len({t.points(number) for number in answers.values()}) < len(answers):
        return None
    feedback = {
        "loss": t(
            "{share} of the weight × {lack} it lacks of 100 = {loss}. A heavy indicator with a small gap may "
            "cost more than a light one with a large gap.",
            share=t.percent(gap.share),
            lack=t.points(1 - gap.index),
            loss=t.points(gap.loss),
        ),
        "lack": t(
            "That is what the indicator itself lacks of 100; its weight in the unit is {share} only.",
            share=t.percent(gap.share),
        ),
        "share": t("That is its share of the weight; it would cost as much only if its index were 0."),
    }
    options = [Option(code, t.points(number), feedback[code]) for code, number in answers.items()]
    return Task(
        "gain",
        t(
            "{unit}: the index of “{indicator}” is {index}. By how much would the unit's index rise if it came exactly "
            "on target?",
            unit=plain(gaps.unit.name),
            indicator=plain(gap.sheet.name),
            index=index_text(gap.index, ground.profile, t, is_unit=False),
        ),
        t("Look at “From 100 to the index”: the step of this indicator, with its points."),
        tuple(sorted(options, key=lambda option: answers[option.code])),
        "loss",
        Way(GAPS, {"unit": gap.unit_code, "period": ground.selection.period.code, "span": "period", "gaps": "all"}),
    )


def _costliest_own(ground: Ground) -> tuple[GapsOfUnit, Gap] | None:
    """Return the unit that costs most among those with figures of their own, and the costliest of these."""
    for gaps in own_of_units(ground):
        missed = [gap for gap in gaps.missed if gap.loss > CLEAR]
        if missed:
            return gaps, missed[0]
    return None


def own_of_units(ground: Ground) -> Iterator[GapsOfUnit]:
    """Give the gaps of units with figures of their own, the costliest unit first; asks for each only when wanted."""
    top: GapsOfUnit = ground.found(gaps_of_unit, ground.selection, ground.root, ground.profile)
    if top.is_own:
        yield top
        return
    for cut in top.cuts[:UNITS_LOOKED_AT]:
        gaps: GapsOfUnit = ground.found(gaps_of_unit, ground.selection, cut.code, ground.profile)
        if gaps.is_own:
            yield gaps
