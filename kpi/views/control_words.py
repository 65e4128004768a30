"""What a control chart says: one sentence with both verdicts, and the name of each rule."""

from __future__ import annotations

from math import isnan
from typing import Final, Protocol, assert_never

from kpi.analysis import spc
from kpi.i18n import Translator, mark
from kpi.views.control import Control, Signal, Unfit
from kpi.views.figures_words import brief, target_said
from kpi.views.markdown import plain
from kpi.views.sheets import Sheet
from kpi.views.trends import Trend, UnitTrend

RULES: Final[dict[spc.SpecialCause, str]] = {
    spc.SpecialCause.ABOVE_LIMIT: mark("above the usual range"),
    spc.SpecialCause.BELOW_LIMIT: mark("below the usual range"),
    spc.SpecialCause.INCREASING: mark("seven values in a row, each higher than the one before"),
    spc.SpecialCause.DECREASING: mark("seven values in a row, each lower than the one before"),
    spc.SpecialCause.TWO_IN_THREE_ABOVE: mark("two of three values near the upper end of the usual range"),
    spc.SpecialCause.TWO_IN_THREE_BELOW: mark("two of three values near the lower end of the usual range"),
    spc.SpecialCause.SHIFT_ABOVE: mark("seven values in a row above the average"),
    spc.SpecialCause.SHIFT_BELOW: mark("seven values in a row below the average"),
}
UNFIT: Final[dict[Unfit, str]] = {
    Unfit.TO_DATE: mark(
        "Whether it really changed is judged on figures of single periods: a figure to date contains the one before."
    ),
    Unfit.STARTS_ANEW: mark(
        "Not judged whether it really changed: the figure starts anew each year, so a usual range doesn't fit it."
    ),
    Unfit.SEASONAL: mark(
        "Not judged whether it really changed: the figure rises and falls with the season. "
        "Compare it with the same period of the year before."
    ),
}


class OfIndicator(Protocol):
    """What a sentence reads of what is shown: the indicator's name and unit of measure."""

    @property
    def sheet(self) -> Sheet:
        """The indicator's sheet."""
        ...


def verdict_lines(trend: Trend, t: Translator) -> str:
    """Return both verdicts on each unit as Markdown, a line each; a unit's name first where several are shown."""
    if len(trend.units) == 1:
        return verdicts_on(trend.units[0], trend, t)
    return "\n".join(f"- {plain(unit.unit_name)}: {verdicts_on(unit, trend, t)}" for unit in trend.units)


def verdicts_on(unit: UnitTrend, trend: Trend, t: Translator) -> str:
    """Return both verdicts on a unit: where its usual range says nothing of the target, whether the figure meets it."""
    said, verdict = both_verdicts(unit.control, trend, t), unit.control.verdict
    if verdict is not None and verdict.variation is spc.VariationType.COMMON_CAUSE:
        return said
    return f"{_met(unit, trend, t)} {said}".strip()


def both_verdicts(control: Control, shown: OfIndicator, t: Translator) -> str:
    """Return one sentence with two verdicts: did it really change, and does this level meet the target."""
    if control.unfit is not None:
        return t(UNFIT[control.unfit])
    if control.verdict is None:
        return t("No value to judge.")
    changed = _changed(control, control.verdict, shown.sheet, t)
    if control.verdict.variation is not spc.VariationType.COMMON_CAUSE:
        return changed  # a usual range that the value has just left says nothing of the target
    return f"{changed} {_meets(control, control.verdict, shown.sheet, t)}".strip()


def _met(unit: UnitTrend, trend: Trend, t: Translator) -> str:
    """Return whether the newest figure that is judged meets its target; empty where that can't be said."""
    judged = unit.control.judged
    point = unit.now if judged is None else next(each for each in unit.points if each.period == judged)
    if point is None or isnan(point.achievement):
        return ""
    words = {
        "target": plain(target_said(point.target, point.target_high, trend.sheet, t)),
        "period": t.period(point.period, to_date=trend.to_date),
    }
    if round(point.achievement, 9) >= 1.0:
        return t("In {period} it meets its target of {target}.", **words)
    return t("In {period} it misses its target of {target}.", **words)


def rule_said(signal: Signal, t: Translator) -> str:
    """Return the name of the rule that fired at a point, and what it means."""
    return t("signal: {rule}", rule=t(RULES[signal.cause]))


def _changed(control: Control, verdict: spc.Verdict, sheet: Sheet, t: Translator) -> str:
    when = "" if control.judged is None else t.period(control.judged)
    match verdict.variation:
        case spc.VariationType.IMPROVEMENT:
            return t("**✔ A real change for the better** ({period}: {rule}).", period=when, rule=_rule(verdict, t))
        case spc.VariationType.CONCERN:
            return t("**✖ A real change for the worse** ({period}: {rule}).", period=when, rule=_rule(verdict, t))
        case spc.VariationType.NEUTRAL_HIGH | spc.VariationType.NEUTRAL_LOW:
            return t("**◆ A real change** ({period}: {rule}).", period=when, rule=_rule(verdict, t))
        case spc.VariationType.COMMON_CAUSE:
            return t(
                "**● No real change**: {period} lies in the usual range of {low} to {high}.",
                period=when,
                low=plain(brief(_last(control.lower), sheet, t)),
                high=plain(brief(_last(control.upper), sheet, t)),
            )
        case None:
            return _refused(verdict, t)
        case _:
            assert_never(verdict.variation)


def _meets(control: Control, verdict: spc.Verdict, sheet: Sheet, t: Translator) -> str:
    aim = plain(brief(control.target, sheet, t))
    match verdict.assurance:
        case spc.AssuranceType.CONSISTENT_PASS:
            return t("At this level it meets the target of {target} as a rule.", target=aim)
        case spc.AssuranceType.CONSISTENT_FAIL:
            return t("At this level it misses the target of {target} as a rule; that takes a real change.", target=aim)
        case spc.AssuranceType.INCONSISTENT:
            return t("At this level single periods meet or miss the target of {target} by chance.", target=aim)
        case None:
            is_without_target = verdict.assurance_refusal is spc.Refusal.NO_TARGET or isnan(control.target)
            return t("There is no target to judge by.") if is_without_target else ""
        case _:
            assert_never(verdict.assurance)


def _refused(verdict: spc.Verdict, t: Translator) -> str:
    match verdict.variation_refusal:
        case spc.Refusal.NO_VARIATION:
            return t("The values don't vary, so there is no usual range to judge by.")
        case _:
            return t(
                "Too few points to tell a real change from chance: {points} of {needed}.",
                points=t.number(verdict.points),
                needed=t.number(verdict.points_needed),
            )


def _rule(verdict: spc.Verdict, t: Translator) -> str:
    return "" if verdict.special_cause is None else t(RULES[verdict.special_cause])


def _last(line: tuple[float, ...]) -> float:
    return next((figure for figure in reversed(line) if not isnan(figure)), float("nan"))


def signal_shape(unit: UnitTrend, place: int) -> str:
    """Return how the ring around a point looks: better, worse or changed; empty without a signal."""
    signal = unit.control.signals[place] if place < len(unit.control.signals) else None
    if signal is None:
        return ""
    match signal.variation:
        case spc.VariationType.IMPROVEMENT:
            return "better"
        case spc.VariationType.CONCERN:
            return "worse"
        case _:
            return "changed"
