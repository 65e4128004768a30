"""What trends say: the first sentence, each change in words, the notes below the chart."""

from __future__ import annotations

from typing import Final

from kpi.i18n import MISSING, Translator, mark
from kpi.periods import Grain
from kpi.scoring.profile import RuleProfile
from kpi.views.control import is_usual
from kpi.views.figures_words import brief, difference, measured, target_said
from kpi.views.like_for_like import Caution, Change, Judgement, Move
from kpi.views.lineage import Obstacle
from kpi.views.ratings import rating_style
from kpi.views.sheets import Sheet
from kpi.views.trends import Point, Trend, UnitTrend
from kpi.views.withheld import why_not

JUDGEMENTS: Final[dict[Judgement, str]] = {
    Judgement.BETTER: mark("better"),
    Judgement.WORSE: mark("worse"),
    Judgement.SAME: mark("as before"),
}
CAUTIONS: Final[dict[Caution, str]] = {
    Caution.UNFINISHED: mark("this period is not finished, the earlier one is whole"),
    Caution.PARTS_MISSING: mark("parts are still missing here, the earlier figure is whole"),
    Caution.PARTS_WERE_MISSING: mark("the earlier figure lacks parts"),
}
OBSTACLES: Final[dict[Obstacle, str]] = {
    Obstacle.NO_VALUE: mark("Not compared with {then}: this period has no value."),
    Obstacle.MERGED_INSIDE: mark("Not compared with {then}: {units} joined in the middle of this period."),
    Obstacle.PART_MOVED: mark("Not comparable with {then}: only a part of the work of {units} moved here since."),
    Obstacle.NO_EARLIER_VALUE: mark("Not compared with {then}: that period has no value."),
    Obstacle.NO_RULE: mark(
        "Not comparable with {then}: {units} joined since, and figures of units can't be added for this indicator."
    ),
}
OTHER_GRAIN: Final[dict[Grain, str]] = {
    Grain.MONTH: mark("This indicator has figures by month; those are shown."),
    Grain.QUARTER: mark("This indicator has figures by quarter; those are shown."),
    Grain.SEMESTER: mark("This indicator has figures by semester; those are shown."),
    Grain.YEAR: mark("This indicator has figures by year; those are shown."),
}


def sentence(trend: Trend, profile: RuleProfile, t: Translator) -> str:
    """Return what there is to see, in words made from the numbers of the chosen period."""
    when = t.period(trend.period, to_date=trend.to_date)
    if len(trend.units) > 1:
        return _about_several(trend, profile, when, t)
    unit = next(iter(trend.units))
    if unit.now is None or not unit.now.has_value:
        said = _no_value(trend, unit, when, t)
        return f"{said} {_newest(trend, unit, t)}".strip()
    return t(
        "{indicator}, {unit}: {value} in {period}; {standing}.",
        indicator=trend.sheet.name,
        unit=unit.unit_name,
        value=measured(unit.now.value, trend.sheet, t),
        period=when,
        standing=standing(unit.now, trend.sheet, profile, t),
    )


def _no_value(trend: Trend, unit: UnitTrend, when: str, t: Translator) -> str:
    named = {"indicator": trend.sheet.name, "unit": unit.unit_name, "period": when}
    if trend.is_withheld:
        return t("{indicator}, {unit}: reported, but no value is verified yet, so none is shown to you.", **named)
    if unit.now is not None and unit.now.is_withheld:
        return t("{indicator}, {unit}: {period} is reported, but not verified yet, so not shown to you.", **named)
    return t("{indicator}, {unit}: no value for {period}.", **named)


def none_said(trend: Trend, t: Translator) -> tuple[str, str]:
    """Return, of a trend without any value, why there is none and what to do."""
    if trend.is_withheld:
        return (
            t("These units have reported this indicator, but nothing is verified yet, so nothing is shown to you."),
            t("Wait until it is verified, or choose another unit or indicator."),
        )
    return t("These units have no value of this indicator."), t("Choose another unit or indicator.")


def standing(point: Point, sheet: Sheet, profile: RuleProfile, t: Translator) -> str:
    """Return how a figure stands to its target, with its rating in shape and word."""
    if point.rating is None:
        return t("not rated: {reason}", reason=why_not(point, t) or MISSING)
    return t(
        "target {target}, achievement {achievement}, {rating}",
        target=target_said(point.target, point.target_high, sheet, t),
        achievement=t.percent(point.achievement),
        rating=rated(point, profile, t),
    )


def rated(point: Point, profile: RuleProfile, t: Translator) -> str:
    """Return shape and word of a figure's rating, or why it has none."""
    if point.rating is not None:
        return rating_style(profile, point.rating, t.language, "light").words
    return "" if point.reason is None else t("not rated: {reason}", reason=why_not(point, t))


def wholeness(point: Point, t: Translator) -> str:
    """Return what a value lacks: its period isn't finished, or parts are missing; empty where it is whole."""
    if not point.has_value or point.is_whole:
        return ""
    return t("{parts} parts", parts=parts(point, t)) if point.is_finished else t("not finished")


def parts(point: Point, t: Translator) -> str:
    """Return how many parts a figure has of those it should have: 2 of 3."""
    if point.parts_expected is None:
        return MISSING
    return t("{present} of {expected}", present=t.number(point.parts_present), expected=t.number(point.parts_expected))


def change_lines(trend: Trend, t: Translator) -> str:
    """Return all comparisons as a list in Markdown; of several units one line each, with its name."""
    if len(trend.units) == 1:
        return "\n".join(f"- {change_line(change, unit, trend, t)}" for unit in trend.units for change in unit.changes)
    return "\n".join(
        f"- {unit.unit_name}: " + " · ".join(change_line(change, unit, trend, t) for change in unit.changes)
        for unit in trend.units
    )


def change_line(change: Change, unit: UnitTrend, trend: Trend, t: Translator) -> str:
    """Return one comparison: arrow, size, the earlier figure, better or worse, and what must be said beside it."""
    then = t.period(change.then, to_date=trend.to_date)
    if change.obstacle is not None:
        units = ", ".join(trend.names[code] for code in change.because_of)
        return t(OBSTACLES[change.obstacle], then=then, units=units)
    said = [_moved(change, trend.sheet, then, t)]
    if change.judgement not in (None, Judgement.SAME):
        said[0] += f": {t(JUDGEMENTS[change.judgement])}"
    if change.move is not Move.SAME and is_usual(change.difference, unit.control):
        said[0] += ", " + t("within the usual up and down")
    if change.is_planned and change.caution is None:
        said.append(t("its target moved the same way"))
    if change.caution is not None:
        said.append(t(CAUTIONS[change.caution]))
    if change.followed:
        joined = ", ".join(trend.names[code] for code in change.followed)
        said.append(t("the earlier figure counts {units}, which joined since", units=joined))
    return "; ".join(said)


def absent_said(trend: Trend, t: Translator) -> str:
    """Return which of several units have no value in the chosen period; empty where all have."""
    if len(trend.units) == 1:
        return ""
    without = [unit for unit in trend.units if unit.now is None or not unit.now.has_value]
    withheld = [unit.unit_name for unit in without if unit.now is not None and unit.now.is_withheld]
    absent = [unit.unit_name for unit in without if unit.unit_name not in withheld]
    said, when = [], t.period(trend.period)
    if absent:
        said.append(t("No value for {period}: {units}.", period=when, units=", ".join(absent)))
    if withheld:
        said.append(t("Not verified yet for {period}, so not shown to you: {units}.", period=when,
                      units=", ".join(withheld)))  # fmt: skip
    return " ".join(said)


def legend(t: Translator) -> dict[str, str]:
    """Return the words of the chart's legend."""
    return {
        "target": t("Target"),
        "before": t("as composed today"),
        "range": t("usual range"),
        "mean": t("average"),
        "better": t("signal: better"),
        "worse": t("signal: worse"),
        "changed": t("signal: changed"),
        "outlook": t("outlook"),
    }


def notes(trend: Trend, t: Translator) -> tuple[str, ...]:
    """Return what a reader must know of the chart: another grain, gaps, open markers, predecessors."""
    measure = trend.sheet.unit_of_measure
    said = [t("Vertical axis: {measure}.", measure=measure)] if measure else []
    if trend.grain is not trend.asked.period.grain:
        said.append(t(OTHER_GRAIN[trend.grain]))
    if trend.to_date is not trend.asked.to_date:
        said.append(t("Its periods don't add up, so there is no figure to date; those for the period are shown."))
    absent = sum(unit.absent for unit in trend.units)
    if absent:
        said.append(t.plural("{n} gap: a period without a value.", "{n} gaps: periods without a value.", absent))
    points = [point for unit in trend.units for point in unit.points]
    if any(point.has_value and not point.is_whole for point in points):
        said.append(t("Open mark: the period is not finished or lacks parts."))
    if any(point.comparable == point.comparable for point in points):
        said.append(t("Dotted line: the unit as it is composed today, with the units that joined it."))
    return tuple(said)


def alt(trend: Trend, t: Translator, only: UnitTrend | None = None) -> str:
    """Return in words what the chart of all units, or of one, shows."""
    return t(
        "Line chart of {indicator} for {units}, {first} to {last}, with each period's target as steps.",
        indicator=trend.sheet.name,
        units=", ".join(unit.unit_name for unit in ((only,) if only else trend.units)),
        first=t.period(trend.periods[0]),
        last=t.period(trend.periods[-1]),
    )


def _about_several(trend: Trend, profile: RuleProfile, when: str, t: Translator) -> str:
    known = sorted(
        (unit.now.value, unit.unit_name, unit.now.rating) for unit in trend.units if unit.now and unit.now.has_value
    )
    if not known and trend.is_withheld:
        return t(
            "{indicator}: the chosen units have reported, but no value is verified yet, so none is shown to you.",
            indicator=trend.sheet.name,
        )
    if not known:
        return t(
            "{indicator}: none of the chosen units has a value for {period}.", indicator=trend.sheet.name, period=when
        )
    ratings = [rating for _, _, rating in known]
    counted = [
        f"{t.number(ratings.count(band.code))} {band.symbol} {band.labels[t.language]}"
        for band in profile.bands
        if band.code in ratings
    ]
    if None in ratings:
        counted.append(t.plural("{n} ○ not rated", "{n} ○ not rated", ratings.count(None)))
    return t(
        "{indicator} in {period}: {counted}; from {low} ({lowest}) to {high} ({highest}).",
        indicator=trend.sheet.name,
        period=when,
        counted=", ".join(counted),
        low=measured(known[0][0], trend.sheet, t),
        lowest=known[0][1],
        high=measured(known[-1][0], trend.sheet, t),
        highest=known[-1][1],
    )


def _newest(trend: Trend, unit: UnitTrend, t: Translator) -> str:
    newest = unit.newest
    if newest is None:
        return ""
    return t(
        "The newest is {value} ({period}).",
        value=measured(newest.value, trend.sheet, t),
        period=t.period(newest.period, to_date=trend.to_date),
    )


def _moved(change: Change, sheet: Sheet, then: str, t: Translator) -> str:
    earlier = brief(change.earlier, sheet, t)
    size = difference(change.difference, sheet, t)
    match change.move:
        case Move.ROSE:
            return t("▲ up {size} from {then} ({earlier})", size=size, then=then, earlier=earlier)
        case Move.FELL:
            return t("▼ down {size} from {then} ({earlier})", size=size, then=then, earlier=earlier)
        case _:
            return t("= the same as in {then} ({earlier})", then=then, earlier=earlier)
