"""The units below: their indices in order with their ratings; and how the index went over the last periods."""

from __future__ import annotations

from kpi.i18n import Translator
from kpi.reports.cells import change, count, index, percent, rating, text
from kpi.reports.content import Chart, ChartKind, Column, Section, Series, Slide, Table
from kpi.reports.gathered import Gathered
from kpi.reports.sections.links import link
from kpi.reports.texts import unmarked
from kpi.views import overview_words as words
from kpi.views.help_texts import TEXTS, Topic
from kpi.views.overview import Tile
from kpi.views.ratings import rating_style

DRAWN = 20
"""Units that a chart has room for."""
LINE = "#0b5c8a"


def ratings(found: Gathered, t: Translator) -> Section | None:
    """Return the indices of the units below; None where there are none."""
    seen = found.level
    if seen.units == 1 and seen.tiles and seen.tiles[0].unit_code == found.unit.unit_code:
        return None
    return Section(
        code="units",
        heading=t("Index of each unit"),
        message=unmarked(words.sentence(seen, found.profile, t)),
        notes=_not_drawn(found, t),
        chart=_bars(found, t) if seen.tiles else None,
        tables=(_table(found, t),),
        help=tuple(t(text) for text in TEXTS[Topic.TILES]),
        slide=Slide(notes=1),
        link=link(found, "overview", parent=found.unit.unit_code),
    )


def history(found: Gathered, t: Translator) -> Section | None:
    """Return how the unit's index went; None where it never had one."""
    tile = found.level.parent
    if tile.is_silent:
        return None
    compared, now = t.period(found.level.compared_with), index(tile.now.index, found.profile, t).text
    message = t("No index of {unit} to compare with {period}.", unit=tile.name, period=compared)
    if tile.change is not None:
        message = t(
            "The index of {unit} is {index}: {change} since {period}.",
            unit=tile.name,
            index=now,
            change=t.change(tile.change),
            period=compared,
        )
    return Section(
        code="history",
        heading=t("Index by period"),
        message=message,
        chart=_lines(found, tile, t),
        tables=(_periods(found, t),),
        help=tuple(t(text) for text in TEXTS[Topic.HEATMAP]),
        slide=Slide(),
        link=link(found, "overview", parent=found.unit.unit_code),
    )


def _not_drawn(found: Gathered, t: Translator) -> tuple[str, ...]:
    more = len(found.level.tiles) - DRAWN
    notes = [t("The chart shows the {n} lowest; the table has all.", n=t.number(DRAWN))] if more > 0 else []
    if found.level.silent:
        names = ", ".join(tile.name for tile in found.level.silent[:5])
        notes.append(
            t.plural(
                "{n} unit has no index in any of the periods shown: {names}.",
                "{n} units have no index in any of the periods shown: {names}.",
                len(found.level.silent),
                names=names if len(found.level.silent) <= 5 else f"{names}, …",
            )
        )
    return tuple(notes)


def _bars(found: Gathered, t: Translator) -> Chart:
    shown = found.level.tiles[:DRAWN]
    styles = [rating_style(found.profile, tile.now.rating, t.language, "light") for tile in shown]
    labels = tuple(
        f"{style.symbol} {index(tile.now.index, found.profile, t).text}"
        for tile, style in zip(shown, styles, strict=True)
    )
    return Chart(
        kind=ChartKind.BARS,
        title=t("Index of each unit, the lowest first"),
        categories=tuple(tile.name for tile in shown),
        series=(
            Series(
                t("Index"),
                tuple(None if tile.now.index is None else tile.now.index * 100 for tile in shown),
                tuple(style.colour for style in styles),
                labels,
            ),
        ),
        alt="; ".join(f"{tile.name} {label}" for tile, label in zip(shown, labels, strict=True)),
        axis=t("Index, 100 = on target"),
        line_at=100.0,
        line_name=t("On target"),
        decimals=1,
    )


def _lines(found: Gathered, tile: Tile, t: Translator) -> Chart:
    labels = tuple(index(each.index, found.profile, t).text for each in tile.history)
    periods = tuple(t.period(each.period) for each in tile.history)
    return Chart(
        kind=ChartKind.LINES,
        title=t("Index of {unit}", unit=tile.name),
        categories=periods,
        series=(
            Series(
                tile.name,
                tuple(None if each.index is None else each.index * 100 for each in tile.history),
                (LINE,),
                labels,
            ),
        ),
        alt="; ".join(f"{period} {label}" for period, label in zip(periods, labels, strict=True)),
        axis=t("Index, 100 = on target"),
        line_at=100.0,
        line_name=t("On target"),
        decimals=1,
    )


def _table(found: Gathered, t: Translator) -> Table:
    profile, seen = found.profile, found.level
    columns = (
        Column(t("Unit"), 48),
        Column(t("Index"), 9, True),
        Column(t("Rating"), 30),
        Column(t("Change since {period}", period=t.period(seen.compared_with)), 16, True),
        Column(t("Weight scored"), 12, True),
        Column(t("Indicators scored"), 12, True),
        Column(t("Indicators agreed"), 12, True),
    )
    rows = tuple(
        (
            text(tile.name),
            index(tile.now.index, profile, t),
            rating(tile.now.rating, profile, t, words.why_not_rated(tile.now, profile, t)),
            change(tile.change, t),
            percent(tile.now.coverage, t, 0),
            count(tile.indicators_scored, t),
            count(tile.indicators_agreed, t),
        )
        for tile in (*seen.tiles, *seen.silent)
    )
    return Table(t("Index of each unit"), columns, rows)


def _periods(found: Gathered, t: Translator) -> Table:
    tiles = [found.level.parent, *(each for each in found.level.tiles if each.unit_code != found.unit.unit_code)]
    columns = (Column(t("Unit"), 48), *(Column(t.period(each), 14, True) for each in found.level.periods))
    rows = tuple((text(tile.name), *(index(each.index, found.profile, t) for each in tile.history)) for tile in tiles)
    return Table(t("Index by period"), columns, rows)
