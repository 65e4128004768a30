"""Target against realisation, unit by unit: the achievement chapter, with earlier years and the plan's targets."""

from __future__ import annotations

from math import isnan
from typing import Final

from kpi.i18n import Translator
from kpi.reports.cells import index, percent, rating, target, text, value
from kpi.reports.content import Bullet, Cell, Column, Picture, Section, Table
from kpi.reports.gathered import Gathered, OfUnit
from kpi.reports.sections.links import link
from kpi.views import gaps_words as words
from kpi.views.earlier_years import Against
from kpi.views.gaps import Gap
from kpi.views.help_texts import TEXTS, Topic
from kpi.views.ratings import index_text, rating_style
from kpi.views.withheld import why_not

LONGEST: Final = 1.5
"""A bar longer than that many times its target is cut, as on the screen."""


def section(found: Gathered, t: Translator) -> Section:
    """Return every figure behind the index against its target, earlier years, the year's and the plan's target."""
    figures = found.figures
    scored = [gap for gap in figures if gap.reason is None]
    met = sum(not gap.is_missed for gap in scored)
    return Section(
        code="achievements",
        heading=t("Target and realisation"),
        message=t(
            "{met} of {all} scored figures reach their target; {rest} are not scored.",
            met=t.number(met),
            all=t.number(len(scored)),
            rest=t.number(len(figures) - len(scored)),
        ),
        notes=_notes(found, t),
        tables=tuple(_table(each, found, t) for each in found.behind if each.figures),
        help=tuple(t(text) for text in TEXTS[Topic.BULLETS]),
        link=link(found, "gaps", unit=found.unit.unit_code),
    )


def _notes(found: Gathered, t: Translator) -> tuple[str, ...]:
    notes = [t("Earlier years are the same period of each year, like for like: mergers of units are followed.")]
    if not _has_plan(found):
        notes.append(t("No target of a later year is recorded, so nothing is held against the end of the plan."))
    return tuple(notes)


def _table(of_unit: OfUnit, found: Gathered, t: Translator) -> Table:
    now = found.request.selection.period
    years = [now.years_later(-back) for back in (2, 1)]
    columns = (
        Column(t("Indicator"), 44),
        Column(t("Better"), 20),
        Column(t("Target"), 15, True),
        Column(t("Value"), 15, True),
        Column(t("Achievement"), 12, True),
        Column(t("Index"), 9, True),
        Column(t("Rating"), 18),
        *(Column(t("Value {period}", period=t.period(each)), 15, True) for each in years),
        Column(t("Target of the year"), 15, True),
        *([Column(t("Target at the end of the plan"), 18, True)] if _has_plan(found) else []),
        Column(t("State"), 14),
    )
    rows = tuple(_row(gap, found, t) for gap in of_unit.figures)
    pictures = tuple(_picture(gap, found, t) for gap in of_unit.figures)
    return Table(_title(of_unit, found, t), columns, rows, pictures)


def _title(of_unit: OfUnit, found: Gathered, t: Translator) -> str:
    tiles = {tile.unit_code: tile for tile in (found.level.parent, *found.level.tiles)}
    tile = tiles.get(of_unit.unit.unit_code)
    if tile is None or tile.now.index is None:
        return of_unit.unit.name
    style = rating_style(found.profile, tile.now.rating, t.language, "light")
    said = f"{index_text(tile.now.index, found.profile, t)} {style.words if tile.now.rating else ''}".strip()
    return t("{unit}: index {index}", unit=of_unit.unit.name, index=said)


def _row(gap: Gap, found: Gathered, t: Translator) -> tuple[Cell, ...]:
    held = found.against[gap.pair]
    plan = [_plan_end(held, gap, t)] if _has_plan(found) else []
    return (
        text(gap.sheet.name),
        text(words.better(gap.sheet.rules.polarity, t)),
        target(gap.target, gap.target_high, gap.sheet, t),
        value(gap.value, gap.sheet, t),
        percent(gap.achievement, t),
        index(gap.index, found.profile, t, is_unit=False),
        rating(gap.rating, found.profile, t, why_not(gap, t)),
        *(value(each.value, gap.sheet, t) for each in reversed(held.before)),
        target(held.year.low, held.year.high, gap.sheet, t),
        *plan,
        text("" if gap.verification is None else t.label(gap.verification)),
    )


def _has_plan(found: Gathered) -> bool:
    return any(each.plan_end for each in found.against.values())


def _plan_end(held: Against, gap: Gap, t: Translator) -> Cell:
    if held.plan_end is None:
        return text("")
    year, last = held.plan_end
    return text(f"{target(last.low, last.high, gap.sheet, t).text} ({year})")


def _picture(gap: Gap, found: Gathered, t: Translator) -> Picture:
    held = found.against[gap.pair]
    values = [*(each.value for each in reversed(held.before)), gap.value]
    spark = tuple(None if isnan(each) else each for each in values)
    return Picture(_bullet(gap, found), spark, "; ".join(value(each, gap.sheet, t).text for each in values))


def _bullet(gap: Gap, found: Gathered) -> Bullet | None:
    far = gap.target if isnan(gap.target_high) else max(abs(gap.target), abs(gap.target_high))
    if isnan(gap.value) or isnan(far) or not far:
        return None
    length = gap.value / abs(far)
    colour = rating_style(found.profile, gap.rating, found.request.language, "light").colour
    high = None if isnan(gap.target_high) else gap.target_high / abs(far)
    return Bullet(min(max(length, 0.0), LONGEST), gap.target / abs(far), high, colour, length > LONGEST)
