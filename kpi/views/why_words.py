"""Why a figure scores as it does, in words: the steps with their numbers, who says so, where the figure comes from."""

from __future__ import annotations

from typing import Final

from kpi.i18n import MISSING, Translator, mark
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Origin
from kpi.periods import Grain
from kpi.scoring.ordinal import parse_levels
from kpi.scoring.profile import RuleProfile
from kpi.views.figures_words import target_said
from kpi.views.markdown import plain
from kpi.views.ratings import index_text, rating_style
from kpi.views.remedies import REPORTED_BY
from kpi.views.steps_words import Measure, letters, steps_said
from kpi.views.why import Delivery, Why
from kpi.views.withheld import hides, what_to_do, why_not

OVER_PERIODS: Final[dict[AggregationOverPeriods, str]] = {
    AggregationOverPeriods.SUM: mark("periods are added up"),
    AggregationOverPeriods.MEAN: mark("periods are averaged"),
    AggregationOverPeriods.LAST: mark("the last known value counts"),
    AggregationOverPeriods.RATIO: mark("numerators and denominators of the periods are added, then divided"),
    AggregationOverPeriods.NONE: mark("periods are not combined"),
}
OVER_UNITS: Final[dict[AggregationOverUnits, str]] = {
    AggregationOverUnits.SUM: mark("units are added up"),
    AggregationOverUnits.MEAN: mark("units are averaged"),
    AggregationOverUnits.RATIO: mark("numerators and denominators of the units are added, then divided"),
    AggregationOverUnits.NONE: mark("units are not combined"),
}


def text(why: Why, profile: RuleProfile, t: Translator) -> str:
    """Return the whole explanation: the verdict, the numbered steps, what to do, where the figure comes from."""
    paragraphs = [f"**{verdict(why, profile, t)}**"]
    if why.has_figure:
        paragraphs.append("\n".join(f"{place}. {said}" for place, said in enumerate(steps(why, profile, t), start=1)))
    if symbols(why, t):
        paragraphs.append(f":small[{symbols(why, t)}]")
    if remedy(why, t):
        paragraphs.append(t("**What to do:** {remedy}", remedy=remedy(why, t)))
    came = origin(why, t)
    if came:
        paragraphs.append(t("**Where the figure comes from:** {notes}", notes=" ".join(came)))
    paragraphs.append(rules_named(profile, t))
    return "\n\n".join(paragraphs)


def rules_named(profile: RuleProfile, t: Translator) -> str:
    """Return which rule profile was used, in small print."""
    said = t("Rule profile: {name}, version {version}.", name=profile.name[t.language], version=profile.version)
    return f":small[{said}]"


def verdict(why: Why, profile: RuleProfile, t: Translator) -> str:
    """Return the figure, its target and what came of it, in one sentence."""
    figure, when = why.explanation.figure, t.period(why.selection.period, to_date=why.selection.to_date)
    if not why.has_figure:
        none = t("{unit} has no figure of this indicator for {period}.", unit=plain(why.unit_name), period=when)
        return f"{none} {_not_scored(why, t)}"
    said = t(
        "{unit}, {period}: {value}, target {target}.",
        unit=plain(why.unit_name),
        period=when,
        value=value_said(figure.value, why, t),
        target=_target(why, t),
    )
    if why.explanation.index is None:
        return f"{said} {_not_scored(why, t)}"
    style = rating_style(profile, why.explanation.rating, t.language, "light")
    index = index_text(why.explanation.index, profile, t, is_unit=False)
    return f"{said} {t('Index {index}: {rating}.', index=index, rating=style.words)}"


def _not_scored(why: Why, t: Translator) -> str:
    return t("Not scored: {reason}.", reason=why_not(why, t))


def steps(why: Why, profile: RuleProfile, t: Translator) -> list[str]:
    """Return the steps in order, each with its rule's source and how sure that is; one where the value is withheld."""
    if hides(why):
        return [t("There is a value for this period. It is shown and scored for you as soon as it is verified.")]
    scale = Measure(lambda value: value_said(value, why, t), why.sheet.decimals)
    return steps_said(why.explanation, profile, scale, t)


def symbols(why: Why, t: Translator) -> str:
    """Return what the letters of the formulas stand for, empty where there is none."""
    return letters(why.explanation, t)


def remedy(why: Why, t: Translator) -> str:
    """Return what to do where the figure isn't scored; empty where it is."""
    if why.reason is None:
        return ""
    notes = [what_to_do(why, t)] if why.has_figure else [t(REPORTED_BY[Grain(why.definition.grain)])]
    if why.newest and why.explanation.figure.value is None:
        period, value = why.newest
        notes.append(t("The newest is {value} ({period}).", value=value_said(value, why, t), period=t.period(period)))
    return " ".join(notes)


def origin(why: Why, t: Translator) -> list[str]:
    """Return how the figure came about: from which parts, by which rule, how far checked, in which batch."""
    if not why.has_figure:
        return []
    notes = [t.label(why.origin) + "."] if why.origin else []
    if why.numerator == why.numerator and why.denominator == why.denominator:
        notes.append(_divided(why, t))
    if why.parts_expected > 1:
        notes.append(_parts(why, t))
    if not why.is_finished:
        notes.append(t("The period is not finished."))
    if why.verification:
        notes.append(t("State: {state}.", state=t.label(why.verification).lower()))
    if why.delivery:
        notes.append(_delivered(why.delivery, t))
    return notes


def value_said(value: float | None, why: Why, t: Translator) -> str:
    """Return a value in the unit of measure; an ordinal one as its grade."""
    if value is not None and why.definition.ordinal_levels:
        grade = parse_levels(why.definition.ordinal_levels).text(value)
        if grade is not None:
            return plain(grade)
    return plain(t.measure(value, why.sheet.unit_of_measure, why.sheet.decimals))


def _target(why: Why, t: Translator) -> str:
    figure = why.explanation.figure
    if figure.target is None:
        return t("none")
    if figure.target_high is None:
        return value_said(figure.target, why, t)
    return plain(target_said(figure.target, figure.target_high, why.sheet, t))


def _divided(why: Why, t: Translator) -> str:
    multiplier, value = why.definition.multiplier, why.explanation.figure.value
    return t(
        "{value} = {multiplier} × {numerator} ÷ {denominator}.",
        value=t.measure(value, "", why.sheet.decimals + 2),
        multiplier=t.measure(multiplier, "", 2),
        numerator=t.measure(why.numerator, "", 2),
        denominator=t.measure(why.denominator, "", 2),
    )


def _parts(why: Why, t: Translator) -> str:
    rules = [t(OVER_PERIODS[why.definition.aggregation_over_periods])]
    if why.origin is Origin.UNITS:
        rules.append(t(OVER_UNITS[why.definition.aggregation_over_units]))
    present, expected = t.number(why.parts_present), t.number(why.parts_expected)
    return t("{present} of {expected} parts: {how}.", present=present, expected=expected, how="; ".join(rules))


def _delivered(delivery: Delivery, t: Translator) -> str:
    said = t(
        "Batch {number}: {file}, {who}, {date}.",
        number=delivery.number,
        file=", ".join(part for part in (plain(delivery.file_name or t("no file")), _place(delivery, t)) if part),
        who=plain(delivery.made_by) if delivery.made_by else t("nobody named"),
        date=t.date(delivery.recorded_at.date()) if delivery.recorded_at else MISSING,
    )
    return f"{said} {plain(delivery.reason)}" if delivery.reason else said


def _place(delivery: Delivery, t: Translator) -> str:
    """Return the place in the file, `TW III!C7` or a line; empty for a figure that was made of others."""
    if delivery.cell:
        return plain(f"{delivery.workbook_sheet}!{delivery.cell}" if delivery.workbook_sheet else delivery.cell)
    return t("line {line}", line=delivery.line) if delivery.line is not None else ""
