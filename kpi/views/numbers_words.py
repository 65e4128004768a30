"""A chart's own numbers, put into the explanation beside it: how one mark of this very chart came about.

Each function takes what the chart was drawn from and returns a sentence (Markdown), empty where there is nothing to
reckon with.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan, nan

from kpi.i18n import Translator
from kpi.scoring.profile import RuleProfile
from kpi.views.comparison import Ranking
from kpi.views.comparison_words import value_said
from kpi.views.figures_words import finer, measured, target_said
from kpi.views.gaps import Gap, GapsOfUnit
from kpi.views.indicators import TargetsOverTime
from kpi.views.markdown import plain
from kpi.views.matrix import Matrix
from kpi.views.pace import YearOfPaces
from kpi.views.pace_words import line
from kpi.views.ratings import index_text
from kpi.views.side_by_side import SideBySide
from kpi.views.trends import Trend, UnitTrend


def trend(view: Trend, t: Translator) -> str:
    """Return the usual range of each unit that has one, at most three of them."""
    said = [_range(unit, view, t) for unit in view.units if unit.control.mean]
    return " ".join(each for each in said[:3] if each)


def own_trend(view: Trend, profile: RuleProfile, t: Translator) -> str:
    """Return the newest value of one unit's indicator reckoned out, and its usual range where there is one."""
    unit = view.units[0]
    newest = unit.newest
    if newest is None or isnan(newest.index):
        return trend(view, t)
    scored = t(
        "{indicator}, {period}: {value} against {target} gives {index}.",
        indicator=plain(view.sheet.name),
        period=t.period(newest.period),
        value=plain(measured(newest.value, view.sheet, t)),
        target=plain(target_said(newest.target, newest.target_high, view.sheet, t)),
        index=index_text(newest.index, profile, t, is_unit=False),
    )
    return f"{scored} {trend(view, t)}".strip()


def _range(unit: UnitTrend, view: Trend, t: Translator) -> str:
    sheet, control = finer(view.sheet), unit.control
    mean, low, high = (_last(line) for line in (control.mean, control.lower, control.upper))
    if isnan(mean):
        return ""
    said = {
        "unit": plain(unit.unit_name),
        "n": t.number(sum(point.has_value for point in unit.points)),
        "mean": plain(measured(mean, sheet, t)),
    }
    if isnan(low) or isnan(high):
        return t("{unit}: {n} values, on average {mean}.", **said)
    said |= {"low": plain(measured(low, sheet, t)), "high": plain(measured(high, sheet, t))}
    return t("{unit}: {n} values, on average {mean}; the usual range is {low} to {high}.", **said)


def _last(line: Sequence[float]) -> float:
    return next((number for number in reversed(line) if not isnan(number)), nan)


def order(ranking: Ranking, t: Translator) -> str:
    """Return what the first unit's figure is made of, and what it is held against."""
    if not ranking.bars:
        return ""
    first, middle = ranking.in_order[0], ranking.fair.middle
    said = {"unit": plain(first.unit_name), "value": plain(value_said(first.point.value, ranking, t))}
    if not isnan(first.point.numerator) and not isnan(first.point.denominator):
        numbers = (t.measure(number, "", 2) for number in (first.point.numerator, first.point.denominator))
        numerator, denominator = numbers
        own = t("{unit}: {numerator} of {denominator}, that is {value}.", **said, numerator=numerator,
                denominator=denominator)  # fmt: skip
    else:
        own = t("{unit}: {value}.", **said)
    if isnan(middle):
        return own
    shown = plain(value_said(middle, ranking, t))
    if ranking.fair.is_of_rates:
        return f"{own} {t('All of them together: {middle}.', middle=shown)}"
    return f"{own} {t('The middle one: {middle}.', middle=shown)}"


def matrix(found: Matrix, profile: RuleProfile, t: Translator) -> str:
    """Return the first scored cell in numbers."""
    for sheet in found.indicators:
        for code, name in found.units:
            point = found.cells.get((code, sheet.code))
            if point is not None and not isnan(point.index):
                return t(
                    "{unit}, {indicator}: {value} against {target} gives {index}.",
                    unit=plain(name),
                    indicator=plain(sheet.name),
                    value=plain(measured(point.value, sheet, t)),
                    target=plain(target_said(point.target, point.target_high, sheet, t)),
                    index=index_text(point.index, profile, t, is_unit=False),
                )
    return ""


def sides(found: SideBySide, profile: RuleProfile, t: Translator) -> str:
    """Return the first shared indicator of all units in numbers."""
    for sheet in found.shared:
        points = [(side.unit_name, found.cells.get((side.unit_code, sheet.code))) for side in found.sides]
        said = [
            f"{plain(name)} {index_text(point.index, profile, t, is_unit=False)}"
            for name, point in points
            if point is not None and not isnan(point.index)
        ]
        if len(said) > 1:
            return f"{plain(sheet.name)}: {'; '.join(said)}."
    return ""


def bullets(shown: Sequence[Gap], profile: RuleProfile, t: Translator) -> str:
    """Return what the first bar takes, reckoned out."""
    first = next((gap for gap in shown if not isnan(gap.loss) and not isnan(gap.share)), None)
    if first is None:
        return ""
    return t(
        "{indicator}: {value} against {target} gives {index}; {share} of the weight × {lack} = {loss}.",
        indicator=plain(first.sheet.name),
        value=plain(measured(first.value, first.sheet, t)),
        target=plain(target_said(first.target, first.target_high, first.sheet, t)),
        index=index_text(first.index, profile, t, is_unit=False),
        share=t.percent(first.share),
        lack=t.points(1 - first.index),
        loss=t.points(first.loss),
    )


def way(gaps: GapsOfUnit, profile: RuleProfile, t: Translator) -> str:
    """Return the first step reckoned out, and that all of them lead to the index."""
    if not gaps.cuts or gaps.standing.index is None:
        return ""
    first = gaps.cuts[0]
    step = t("{name}: {share} of the weight × {lack} = {loss}.", name=plain(first.name), share=t.percent(first.share),
             lack=t.points(1 - first.index), loss=t.points(first.loss))  # fmt: skip
    total = t("All steps together: 100 − {sum} = {index}.", sum=t.number(sum(cut.loss for cut in gaps.cuts) * 100, 1),
              index=index_text(gaps.standing.index, profile, t))  # fmt: skip
    return f"{step} {total}"


def pace(year: YearOfPaces, t: Translator) -> str:
    """Return the first pace in numbers."""
    return line(year.said[0], t) if year.said else ""


def targets(found: TargetsOverTime, t: Translator) -> str:
    """Return the newest target with the value of its period."""
    known = [point for point in found.points if not isnan(point.target)]
    if not known:
        return ""
    last, sheet = known[-1], found.sheet
    said = {"period": t.period(last.period), "target": plain(measured(last.target, sheet, t))}
    if isnan(last.value):
        return t("{period}: target {target}, no value yet.", **said)
    return t("{period}: target {target}, value {value}.", **said, value=plain(measured(last.value, sheet, t)))
