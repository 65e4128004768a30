"""What the overview says: its first sentence, why a unit is not rated, what an indicator costs, its tables."""

from __future__ import annotations

import math

import pandas as pd

from kpi.i18n import MISSING, Translator
from kpi.periods import Grain, Period
from kpi.scoring.profile import RuleProfile
from kpi.views.costs import Cost
from kpi.views.markdown import plain
from kpi.views.overview import Level, NotRated, Standing, Tile
from kpi.views.ratings import Tone, index_text, rating_style


def sentence(level: Level, profile: RuleProfile, t: Translator) -> str:
    """Return what there is to see on this level, in words made from the numbers (Markdown)."""
    if not level.rated:
        return t("No unit below {parent} could be rated for this period.", parent=plain(level.parent.name))
    if level.units == 1:
        only = level.tiles[0]
        style = rating_style(profile, only.now.rating, t.language, "light")
        return t(
            "{unit}: index {index}, {rating}.",
            unit=plain(only.name),
            index=index_text(only.now.index, profile, t),
            rating=style.words,
        )
    counted = [
        f"{t.number(level.count(band.code))} {band.symbol} {band.labels[t.language]}"
        for band in profile.bands_of_units
        if level.count(band.code)
    ]
    unrated = level.units - len(level.rated)
    if unrated:
        counted.append(t.plural("{n} ○ not rated", "{n} ○ not rated", unrated))
    worst = level.rated[0]
    return t(
        "{counted} of {units}; lowest is {unit} with {index}.",
        counted=", ".join(counted),
        units=t.plural("{n} unit", "{n} units", level.units),
        unit=plain(worst.name),
        index=index_text(worst.now.index, profile, t),
    )


def why_not_rated(standing: Standing, profile: RuleProfile, t: Translator) -> str:
    """Return why a unit has no rating; an empty text where it has one."""
    match standing.why_not:
        case NotRated.NO_FIGURES:
            return t("Not rated: no figures for this period")
        case NotRated.NOTHING_SCORED:
            return t("Not rated: no indicator could be scored")
        case NotRated.LOW_COVERAGE:
            return t("Not rated: less than {least} of the weight is scored", least=t.percent(profile.least_coverage, 0))
        case None:
            return ""


def cost_sentence(cost: Cost, t: Translator) -> str:
    """Return what one indicator costs: its name, unit, value against target, and the loss in points."""
    return t(
        "**{indicator}** ({unit}): {value} against a target of {target}, costs **{loss}**.",
        indicator=plain(cost.indicator_name),
        unit=plain(cost.unit_name),
        value=plain(t.measure(cost.value, cost.unit_of_measure, cost.decimals)),
        target=plain(t.measure(cost.target, cost.unit_of_measure, cost.decimals)),
        loss=t.points(cost.loss),
    )


def line(tile: Tile) -> list[float] | None:
    """Return a tile's small line: each period's index, 100 = on target, NaN = none; None for a lone point."""
    values = [math.nan if each.index is None else each.index * 100 for each in tile.history]
    return values if sum(not math.isnan(value) for value in values) > 1 else None


def line_said(tile: Tile, profile: RuleProfile, t: Translator) -> str:
    """Return the indices that the small line runs through, each with its period."""
    return " · ".join(f"{t.period(each.period)}: {index_text(each.index, profile, t)}" for each in tile.history)


def alt(level: Level, t: Translator) -> str:
    """Return what the heatmap shows, for those who can't see it."""
    first, last = t.period(level.periods[0]), t.period(level.periods[-1])
    return t("Index of the units below {parent}, {first} to {last}", parent=level.parent.name, first=first, last=last)


def cells(tiles: tuple[Tile, ...], profile: RuleProfile, t: Translator, tone: Tone) -> pd.DataFrame:
    """Return a row per unit and period: `●` over `104` rated, `○` over `87` not rated, a dash without."""
    rows = [_cell(tile, standing, profile, t, tone) for tile in tiles for standing in tile.history]
    return pd.DataFrame(rows)


def table(level: Level, profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return the tiles as a table: a row per unit, texts made for the reader."""
    against = t("Change since {period}", period=t.period(level.compared_with))
    rows = []
    for tile in (*level.tiles, *level.silent):
        style = rating_style(profile, tile.now.rating, t.language, "light")
        rows.append(
            {
                t("Unit"): tile.name,
                t("Index"): index_text(tile.now.index, profile, t),
                t("Rating"): style.words if tile.now.rating else why_not_rated(tile.now, profile, t),
                against: t.change(tile.change),
                t("Weight scored"): t.percent(tile.now.coverage, 0),
                **{t.period(each.period): index_text(each.index, profile, t) for each in tile.history[:-1]},
            }
        )
    return pd.DataFrame(rows)


def _cell(tile: Tile, standing: Standing, profile: RuleProfile, t: Translator, tone: Tone) -> dict[str, str]:
    style = rating_style(profile, standing.rating, t.language, tone)
    said = style.words if standing.rating else why_not_rated(standing, profile, t)
    return {
        "unit_code": tile.unit_code,
        "unit": tile.name,
        "period": _column(standing.period, t),
        "text": MISSING if standing.index is None else f"{style.symbol}<br>{index_text(standing.index, profile, t, 0)}",
        "hover": f"{tile.name}<br>{t.period(standing.period)}: {index_text(standing.index, profile, t)}<br>{said}",
        "fill": style.tint,
    }


def _column(period: Period, t: Translator) -> str:
    return str(period.year) if period.grain is Grain.YEAR else f"{t.period_short(period)}<br>{period.year}"
