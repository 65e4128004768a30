"""Weaknesses of a definition in words: what is weak, why it matters, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kpi.i18n import Translator, mark
from kpi.views.markdown import plain
from kpi.views.sheets import Sheet
from kpi.views.steps_words import source
from kpi.views.weaknesses import SOURCES, Found, Weakness


@dataclass(frozen=True, slots=True)
class Advice:
    """The words for one weakness; English, to be translated."""

    what: str
    why: str
    remedy: str


ADVICE: Final[dict[Weakness, Advice]] = {
    Weakness.NO_DIRECTION: Advice(
        mark("Nobody has stated which way is better"),
        mark("Without a direction no figure of it can be scored."),
        mark("State it in the definition sheet, or mark the indicator as context only."),
    ),
    Weakness.FORBIDDEN_ACTIVITY_LOW: Advice(
        mark("Measures an activity that its owner hardly controls"),
        mark("It shows neither an outcome nor what the unit has done; the rule forbids activity with low control."),
        mark("Measure the outcome, or an activity in the owner's hands; else reconsider both levels."),
    ),
    Weakness.FORBIDDEN_EXACT_HIGH: Advice(
        mark("Said to measure the objective exactly and to be wholly in its owner's hands"),
        mark("Outcomes depend on others too; the rule forbids exact with high control, one of both is overstated."),
        mark("Reconsider validity and control; often it stands in for the objective or measures an activity."),
    ),
    Weakness.NO_YEAR_TARGET: Advice(
        mark("No target for the whole year"),
        mark("Without a target the year can't be scored, and no pace can be said."),
        mark("Agree a target for every period, or mark the indicator as context only."),
    ),
    Weakness.TARGET_BELOW_LAST_YEAR: Advice(
        mark("The target asks for less than was reached the year before"),
        mark("It is met by standing still or by falling back, and its index says nothing of progress."),
        mark("Set a target beyond last year's value, or write down why it must be easier."),
    ),
    Weakness.NO_CONVERSION_SCALE: Advice(
        mark("No conversion scale, and the rule profile asks for one"),
        mark("Indicators for which on target is better are not scored without it."),
        mark("Declare the scale in the definition sheet, such as 0:0;90:100;100:120."),
    ),
    Weakness.ZERO_TARGET_WITHOUT_WORST: Advice(
        mark("A target of zero without a worst value"),
        mark("A share of zero can't be taken: the figure is not scored."),
        mark("State the worst value: from there to zero the index rises from 0 to 100."),
    ),
    Weakness.RATIO_WITHOUT_DENOMINATORS: Advice(
        mark("A rate reported without numerator and denominator"),
        mark("Periods and units can't be combined rightly: an average of rates is not the rate of the whole."),
        mark("Report numerator and denominator with each figure."),
    ),
    Weakness.FEW_CASES: Advice(
        mark("Few cases stand behind the rate"),
        mark("With fewer than 20 cases a year chance alone moves it by a fifth and more."),
        mark("Look at several years together, and show the number of cases beside the rate."),
    ),
    Weakness.ACTIVITY: Advice(
        mark("Measures an activity where an outcome is meant"),
        mark("An activity can be completed without anything becoming better for people."),
        mark("Look for an indicator of what the activity is for; keep this one for the units that carry it out."),
    ),
    Weakness.NO_DEFINITION: Advice(
        mark("No definition"),
        mark("Two people may count different things, and figures of two years can't be compared."),
        mark("Write down what counts and what doesn't."),
    ),
    Weakness.NO_FORMULA: Advice(
        mark("No formula"),
        mark("Nobody can recalculate the figure."),
        mark("Write down how the figure is calculated."),
    ),
    Weakness.NO_SOURCE: Advice(
        mark("No data source"),
        mark("The figure can't be checked, and it ends when its collector leaves."),
        mark("Name the register, survey or system that it comes from."),
    ),
    Weakness.NO_BASELINE: Advice(
        mark("No baseline"),
        mark("Nobody can see where it started, nor whether the target is ambitious."),
        mark("State the value and the year before the plan began."),
    ),
}
UNITS_NAMED: Final = 3


def text(found: Sequence[Found], sheet: Sheet, t: Translator) -> str:
    """Return all weaknesses as a list, or that none was found."""
    if not found:
        return t("None was found.")
    return "\n".join(f"- {line(each, sheet, t)}" for each in found)


def line(found: Found, sheet: Sheet, t: Translator) -> str:
    """Return one weakness: what, where, why it matters, what to do, and what source stands behind it."""
    advice = ADVICE[found.kind]
    said = [f"**{t(advice.what)}**{_where(found, t)}.", _numbers(found, sheet, t), t(advice.why), t(advice.remedy)]
    behind = source(SOURCES[found.kind], t) if found.kind in SOURCES else ""
    return " ".join(part for part in (*said, behind) if part)


def _where(found: Found, t: Translator) -> str:
    if not found.units:
        return ""
    names = ", ".join(plain(unit) for unit in found.units[:UNITS_NAMED])
    more = len(found.units) - UNITS_NAMED
    return f" ({names})" if more <= 0 else f" ({t('{names} and {n} more', names=names, n=t.number(more))})"


def _numbers(found: Found, sheet: Sheet, t: Translator) -> str:
    """Return the numbers of the first unit, where the weakness has any."""
    match found.kind:
        case Weakness.TARGET_BELOW_LAST_YEAR:
            before = plain(t.measure(found.low, sheet.unit_of_measure, sheet.decimals))
            target = plain(t.measure(found.high, sheet.unit_of_measure, sheet.decimals))
            return t("{unit}: {before} the year before, target {target}.",
                     unit=plain(found.units[0]), before=before, target=target)  # fmt: skip
        case Weakness.FEW_CASES:
            moved = plain(t.measure(found.high, sheet.unit_of_measure, sheet.decimals))
            return t("{unit}: {cases} cases a year; one case moves it by {moved}.",
                     unit=plain(found.units[0]), cases=t.number(found.low), moved=moved)  # fmt: skip
        case _:
            return ""
