"""What the rest of a year needs, in words: a sentence and a table row per indicator."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import Final, assert_never

import pandas as pd

from kpi.i18n import MISSING, Translator, mark
from kpi.model import AggregationOverPeriods
from kpi.periods import Grain, Period
from kpi.views.best import Best
from kpi.views.figures_words import difference, measured
from kpi.views.markdown import plain
from kpi.views.pace import NoPace, Pace, PaceVerdict, YearOfPaces
from kpi.views.sheets import Sheet
from kpi.views.year_target import Target

VERDICTS: Final[dict[PaceVerdict, str]] = {
    PaceVerdict.REACHED: mark("★ met whatever the rest brings"),
    PaceVerdict.ENOUGH: mark("● the pace so far is enough"),
    PaceVerdict.TOO_SLOW: mark("▼ the pace so far is not enough"),
    PaceVerdict.OUT_OF_REACH: mark("✖ out of reach"),
    PaceVerdict.UNKNOWN: mark("○ too few figures for a pace"),
}
"""Shape and word; none of them is a forecast."""
REASONS: Final[dict[NoPace, str]] = {
    NoPace.NO_DIRECTION: mark("context only, or no direction stated"),
    NoPace.ONE_PERIOD: mark("reported once a year"),
    NoPace.NOT_ADDED_UP: mark("its periods don't make a figure of the year"),
    NoPace.NO_VALUE: mark("no finished period of the year has a value"),
    NoPace.NO_YEAR_TARGET: mark("no target for the year"),
    NoPace.NOTHING_LEFT: mark("all periods of the year are reported"),
    NoPace.NO_DENOMINATORS: mark("a rate without denominators can't be carried forward"),
}
PER: Final[dict[Grain, str]] = {
    Grain.MONTH: mark("{amount} a month"),
    Grain.QUARTER: mark("{amount} a quarter"),
    Grain.SEMESTER: mark("{amount} a semester"),
    Grain.YEAR: mark("{amount} a year"),
}

BEST: Final[dict[Grain, str]] = {
    Grain.MONTH: mark("The best month so far brought {amount} ({period})."),
    Grain.QUARTER: mark("The best quarter so far brought {amount} ({period})."),
    Grain.SEMESTER: mark("The best semester so far brought {amount} ({period})."),
    Grain.YEAR: mark("The best year so far brought {amount} ({period})."),
}
BEST_MOVE: Final[dict[Grain, str]] = {
    Grain.MONTH: mark("The best month so far moved it by {amount} ({period})."),
    Grain.QUARTER: mark("The best quarter so far moved it by {amount} ({period})."),
    Grain.SEMESTER: mark("The best semester so far moved it by {amount} ({period})."),
    Grain.YEAR: mark("The best year so far moved it by {amount} ({period})."),
}


def heading(year: YearOfPaces, t: Translator) -> str:
    """Return how many of the paces are enough, in words made from the numbers."""
    if year.is_over:
        return t("{year} is over: nothing is left to catch up.", year=t.period(year.year))
    if not year.said:
        return t("No indicator here has a target for {year} and periods still to come.", year=t.period(year.year))
    verdicts = [pace.verdict for pace in year.said]
    counted = [f"{t.number(verdicts.count(each))} {t(VERDICTS[each])}" for each in VERDICTS if each in verdicts]
    return t(
        "Of {said} with a target for {year}: {counted}.",
        said=t.plural("{n} indicator", "{n} indicators", len(year.said)),
        year=t.period(year.year),
        counted=", ".join(counted),
    )


def line(pace: Pace, t: Translator, unit: str = "") -> str:
    """Return one pace as a sentence: verdict in shape and word, what is needed, what there is so far."""
    return f"{verdict_said(pace, t, unit)} {beside(pace, t)}".strip()


def verdict_said(pace: Pace, t: Translator, unit: str = "") -> str:
    """Return the verdict on a pace, what is needed and what there is so far."""
    name = plain(pace.sheet.name if not unit else f"{pace.sheet.name} · {unit}")
    return f"**{name}** – {t(VERDICTS[pace.verdict])}: {said(pace, t)}"


def beside(pace: Pace, t: Translator) -> str:
    """Return what helps to judge a pace: the best so far, what it is in counts, what it lacks; empty without any."""
    notes = []
    if pace.is_open and pace.best is not None:
        notes.append(best_said(pace, pace.best, t))
    if pace.is_open and not isnan(pace.numerator_left):
        notes.append(numerator(pace, t))
    return " ".join([*notes, *cautions(pace, t)])


def said(pace: Pace, t: Translator) -> str:
    """Return what is needed and what there is so far, as the indicator's figures add up."""
    left = span(pace.left, t)
    now = span(pace.known, t)
    so_far, needed = so_far_said(pace, t), needed_said(pace, t)
    how = pace.sheet.rules.over_periods
    if how is AggregationOverPeriods.LAST:
        return _of_last_value(pace, t)
    end = bounds(pace.end, pace.sheet, t)
    if pace.verdict is PaceVerdict.OUT_OF_REACH:
        return t(
            "nothing possible in {left} still makes the year {end}; {now} brought {so_far}.",
            left=left, end=end, now=now, so_far=so_far,
        )  # fmt: skip
    if pace.verdict is PaceVerdict.REACHED:
        return t("the year stays {end} whatever {left} brings; {now} brought {so_far}.",
                 end=end, left=left, now=now, so_far=so_far)  # fmt: skip
    return t(
        "needs {needed} in {left} for a year of {end}; {now} brought {so_far}.",
        needed=needed, left=left, end=end, now=now, so_far=so_far,
    )  # fmt: skip


def _of_last_value(pace: Pace, t: Translator) -> str:
    said = t(
        "must be {end} by the end of {last}, was {latest} in {now}; that is {needed}.",
        end=bounds(pace.end, pace.sheet, t),
        last=t.period(pace.left[-1]),
        latest=plain(measured(pace.latest, pace.sheet, t)),
        now=t.period(pace.known[-1]),
        needed=needed_said(pace, t),
    )
    return said if isnan(pace.so_far) else f"{said} {t('So far it is {so_far}.', so_far=so_far_said(pace, t))}"


def so_far_said(pace: Pace, t: Translator) -> str:
    """Return the pace so far: an amount per period, an average, or a change per period."""
    return MISSING if isnan(pace.so_far) else _paced(_sized(pace.so_far, pace, t), pace, t)


def needed_said(pace: Pace, t: Translator) -> str:
    """Return the pace that is needed: at least, at most, or between two amounts."""
    return _paced(_between(pace.needed, pace, t), pace, t)


def best_said(pace: Pace, best: Best, t: Translator) -> str:
    """Return the best that one period ever brought, to hold the needed pace against."""
    amount, period = _sized(best.amount, pace, t), t.period(best.period)
    is_change = pace.sheet.rules.over_periods is AggregationOverPeriods.LAST
    words = BEST_MOVE if is_change else BEST
    return t(words[best.period.grain], amount=amount, period=period)


def bounds(target: Target, sheet: Sheet, t: Translator) -> str:
    """Return from where to where a figure must lie, in words."""
    if isnan(target.high):
        return t("at least {amount}", amount=plain(measured(target.low, sheet, t)))
    if isnan(target.low):
        return t("at most {amount}", amount=plain(measured(target.high, sheet, t)))
    if target.low == target.high:
        return t("exactly {amount}", amount=plain(measured(target.low, sheet, t)))
    low, high = plain(measured(target.low, sheet, t)), plain(measured(target.high, sheet, t))
    return t("between {low} and {high}", low=low, high=high)


def numerator(pace: Pace, t: Translator) -> str:
    """Return what a ratio's numerator may still come to, if its denominators stay as they are."""
    size = t.number(max(pace.numerator_left, 0.0))
    if isnan(pace.end.low):
        return t("With denominators as so far, that leaves room for {size} in the numerator.", size=size)
    return t("With denominators as so far, that is a numerator of about {size}.", size=size)


def cautions(pace: Pace, t: Translator) -> list[str]:
    """Return what must be said beside a pace: periods without a figure, parts missing."""
    notes = []
    if pace.absent:
        notes.append(t.plural("{n} earlier period has no figure and isn't counted.",
                              "{n} earlier periods have no figure and aren't counted.", pace.absent))  # fmt: skip
    if pace.partial:
        notes.append(t.plural("{n} period lacks parts.", "{n} periods lack parts.", pace.partial))
    return notes


def span(periods: tuple[Period, ...], t: Translator) -> str:
    """Return one period, or from the first to the last: Nov–Des 2026; both in full where two calendar years meet."""
    first, last = periods[0], periods[-1]
    if first == last:
        return t.period(first)
    if first.start.year == last.end.year and first.year_starts_in == 1:
        return f"{t.period_short(first)}–{t.period_short(last)} {last.year}"
    return t("{first} to {last}", first=t.period(first), last=t.period(last))


def table(year: YearOfPaces, names: dict[str, str], t: Translator) -> pd.DataFrame:
    """Return every pace as a row of texts, those that can't be said with their reason. `names`: units to name."""
    return pd.DataFrame(
        ({t("Unit"): names[pace.unit_code]} if names else {})
        | {
            t("Indicator"): pace.sheet.name,
            t("Verdict"): t(REASONS[pace.why_not]) if pace.why_not else t(VERDICTS[pace.verdict]),
            t("Target of the year"): "" if pace.why_not else bounds(pace.end, pace.sheet, t),
            t("So far"): "" if pace.why_not else so_far_said(pace, t),
            t("Needed"): "" if pace.why_not else needed_said(pace, t),
            t("In"): "" if pace.why_not else span(pace.left, t),
        }
        for pace in year.paces
    )


def _paced(amount: str, pace: Pace, t: Translator) -> str:
    """Return an amount with what it is per; averages are per nothing."""
    match pace.sheet.rules.over_periods:
        case AggregationOverPeriods.SUM | AggregationOverPeriods.LAST:
            return t(PER[pace.left[0].grain], amount=amount)
        case AggregationOverPeriods.MEAN | AggregationOverPeriods.RATIO | AggregationOverPeriods.NONE:
            return t("an average of {amount}", amount=amount)
        case _:
            assert_never(pace.sheet.rules.over_periods)


def _between(needed: Target, pace: Pace, t: Translator) -> str:
    low, high = _sized(needed.low, pace, t), _sized(needed.high, pace, t)
    if isnan(needed.high):
        return t("at least {amount}", amount=low)
    if isnan(needed.low):
        return t("at most {amount}", amount=high)
    return t("exactly {amount}", amount=low) if low == high else t("between {low} and {high}", low=low, high=high)


def _sized(amount: float, pace: Pace, t: Translator) -> str:
    """Return an amount, an average with at least one decimal; a change has a sign, and percentages change by points."""
    sheet = replace(pace.sheet, rules=replace(pace.sheet.rules, decimals=max(pace.sheet.decimals, 1)))
    if sheet.rules.over_periods is AggregationOverPeriods.LAST:
        sign = "" if isnan(amount) else "+" if amount > 0 else "−" if amount < 0 else "±"
        return sign + plain(difference(amount, sheet, t))
    return plain(measured(amount, sheet, t))
