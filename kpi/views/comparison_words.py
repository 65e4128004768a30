"""What a comparison in order says: its first sentence, notes, the bars that the chart draws, and the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isnan
from typing import Final

import pandas as pd

from kpi.i18n import MISSING, Translator
from kpi.scoring.profile import RuleProfile
from kpi.views.comparison import Bar, LeftOut, Ranking
from kpi.views.fair import Apart
from kpi.views.figures_words import measured, target_said
from kpi.views.groups import Group
from kpi.views.ratings import Tone, rating_style
from kpi.views.trends_tables import counts
from kpi.views.trends_words import OTHER_GRAIN, rated, wholeness
from kpi.views.withheld import why_not

NOBODY: Final = Apart()
NAMED_AT_MOST: Final = 5
"""Units named in a sentence; the rest is counted and stands in the table."""


def group_names(groups: Sequence[Group], t: Translator) -> dict[str, str]:
    """Return the groups by code with their words, for a picker."""
    return {
        group.code: t("All units at level {level}", level=group.level)
        if group.parent_name is None
        else "\u2003" * (group.level - 1) + t("Below {unit}", unit=group.parent_name)
        for group in groups
    }


def sentence(ranking: Ranking, t: Translator) -> str:
    """Return what there is to see, in words made from the numbers."""
    what = ranking.sheet.name if ranking.sheet else t("Index of units")
    when = t.period(ranking.period, to_date=ranking.to_date)
    if not ranking.bars:
        said = t("{what}: no unit of this group can be put in order for {period}.", what=what, period=when)
        newest = ranking.newest
        return said if newest is None else f"{said} {t('The newest figures are of {period}.', period=t.period(newest))}"
    ordered = ranking.in_order
    first, last = ordered[0], ordered[-1]
    ends = {"first": _named(first, ranking, t), "last": _named(last, ranking, t)}
    count = t.plural("{n} unit", "{n} units", len(ordered))
    if len(ordered) == 1:
        return t("{what}, {period}: only {first} has a figure.", what=what, period=when, **ends)
    met = sum(bar.point.achievement >= 1 or (ranking.sheet is None and bar.point.index >= 1) for bar in ordered)
    if ranking.fair.group_count:
        return groups_said(ranking, what, when, t)
    words = {"what": what, "period": when, "units": count, "met": t.number(met), **ends}
    if first.place is None:
        return t("{what}, {period}: {units}, from {first} down to {last}.", **words)
    if first.place == last.place:
        return t("{what}, {period}: {units}, all with {first}.", **words)
    if all(isnan(bar.point.target) for bar in ordered):
        return t("{what}, {period}: {units}; first is {first}, last is {last}; none has a target.", **words)
    return t("{what}, {period}: {units}, {met} on target; first is {first}, last is {last}.", **words)


def notes(ranking: Ranking, profile: RuleProfile, t: Translator) -> tuple[str, ...]:
    """Return what a reader must know of the chart: who is left out and why, another grain, open bars."""
    said = []
    if ranking.sheet and ranking.period.grain is not ranking.asked.period.grain:
        said.append(t(OTHER_GRAIN[ranking.period.grain]))
    if ranking.to_date is not ranking.asked.to_date:
        said.append(t("Its periods don't add up, so there is no figure to date; those for the period are shown."))
    measure = ranking.sheet.unit_of_measure if ranking.sheet else ""
    if measure and ranking.bars:
        said.append(t("Horizontal axis: {measure}.", measure=measure))
    unplaced = [bar for bar in ranking.bars if bar.place is None]
    if ranking.sheet is None and unplaced:
        least, names = t.percent(profile.least_coverage, 0), ", ".join(bar.unit_name for bar in unplaced)
        said.append(
            t("○ without a place, less than {least} of the weight is scored: {units}.", least=least, units=names)
        )
    if ranking.left_out:
        said.append(_left_out(ranking, t))
    if ranking.without:
        said.append(
            t.plural(
                "{n} unit has neither value nor target of this indicator.",
                "{n} units have neither value nor target of this indicator.",
                ranking.without,
            )
        )
    if any(not bar.point.is_whole for bar in ranking.bars) and ranking.sheet:
        said.append(t("Hatched: the period is not finished or lacks parts."))
    said += _about_fairness(ranking, t)
    if any(bar.obstacle is not None for bar in ranking.bars):
        without = sum(bar.obstacle is not None for bar in ranking.bars)
        said.append(
            t.plural(
                "{n} unit has no comparable figure of {period}.",
                "{n} units have no comparable figure of {period}.",
                without,
                period=t.period(ranking.then, to_date=ranking.to_date),
            )
        )
    return tuple(said)


def legend(ranking: Ranking, t: Translator) -> dict[str, str]:
    """Return the words of the chart's legend."""
    return {
        "value": t("Index") if ranking.sheet is None else t("Value"),
        "target": t("Target"),
        "before": t.period(ranking.then, to_date=ranking.to_date),
        "middle": t("all together") if ranking.fair.is_of_rates else t("median"),
        "interval": t("95% interval"),
    }


def bars(ranking: Ranking, shown: Sequence[Bar], profile: RuleProfile, t: Translator, tone: Tone) -> pd.DataFrame:
    """Return a row per bar as the chart wants it, the first at the top; an index in points, 100 = on target."""
    scale = 100 if ranking.sheet is None else 1
    plain = _without_measure(ranking)
    rows = []
    for bar in shown:
        style = rating_style(profile, bar.point.rating, t.language, tone)
        apart = ranking.fair.units.get(bar.unit_code, NOBODY)
        rows.append(
            {
                "unit_code": bar.unit_code,
                "unit": label(bar, ranking, t),
                "value": bar.point.value * scale,
                "target": bar.point.target * scale,
                "before": bar.before * scale,
                "low": apart.low,
                "high": apart.high,
                "is_whole": bar.point.is_whole or ranking.sheet is None,
                "text": f"{style.symbol} {value_said(bar.point.value, plain, t)}",
                "shape": style.shape,
                "colour": style.colour,
                "tint": style.tint,
                "hover": _hover(bar, ranking, profile, t),
            }
        )
    return pd.DataFrame(rows)


def table(ranking: Ranking, profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return all units, in order and then those left out with their reason; texts made for the reader."""
    rows = [_row(bar, ranking, profile, t) for bar in ranking.bars]
    return pd.DataFrame([*rows, *({t("Unit"): out.unit_name, t("Rating"): why(out, t)} for out in ranking.left_out)])


def value_said(value: float, ranking: Ranking, t: Translator) -> str:
    """Return a value of the indicator, or an index in points: 97,5."""
    return t.number(value * 100, 1) if ranking.sheet is None else measured(value, ranking.sheet, t)


def why(out: LeftOut, t: Translator) -> str:
    """Return why a unit stands in no order."""
    if out.reason is None and out.is_withheld:
        return t("its figures are not verified yet, so its index is not shown to you")
    return t("none of its indicators could be scored") if out.reason is None else why_not(out, t)


def not_rated(bar: Bar, ranking: Ranking, profile: RuleProfile, t: Translator) -> str:
    """Return a bar's rating in shape and word, or why it has none."""
    if ranking.sheet is None and bar.point.rating is None:
        return t("Not rated: less than {least} of the weight is scored", least=t.percent(profile.least_coverage, 0))
    return rated(bar.point, profile, t)


def label(bar: Bar, ranking: Ranking, t: Translator) -> str:
    """Return a unit's name, with its groups before it where there are several: `[1–2] Puskesmas A`."""
    if ranking.fair.group_count < 2 or bar.unit_code not in ranking.fair.units:
        return bar.unit_name
    return f"[{group_said(ranking.fair.units[bar.unit_code], t)}] {bar.unit_name}"


def group_said(apart: Apart, t: Translator) -> str:
    """Return the groups that a unit belongs to: 2, or 1–3 where it can't be placed more exactly."""
    if apart.first_group is None or apart.last_group is None:
        return MISSING
    first, last = t.number(apart.first_group), t.number(apart.last_group)
    return first if first == last else f"{first}–{last}"


def groups_said(ranking: Ranking, what: str, when: str, t: Translator) -> str:
    """Return which units can be told apart, instead of ranks that chance may have made."""
    units = t.plural("{n} unit", "{n} units", len(ranking.bars))
    if ranking.fair.group_count == 1:
        return t(
            "{what}, {period}: {units} that can't be told apart; differences may be chance. All together: {middle}.",
            what=what,
            period=when,
            units=units,
            middle=value_said(ranking.fair.middle, ranking, t),
        )
    return t(
        "{what}, {period}: {units} in {groups} groups that chance doesn't explain; clearly in the best: {best}; "
        "clearly in the last: {worst}.",
        what=what,
        period=when,
        units=units,
        groups=t.number(ranking.fair.group_count),
        best=_only_in(1, ranking, t),
        worst=_only_in(ranking.fair.group_count, ranking, t),
    )


def standing(bar: Bar, ranking: Ranking, t: Translator) -> dict[str, str]:
    """Return how a unit stands among the others, for the table: its groups and counts, or its quarter now and then."""
    apart = ranking.fair.units.get(bar.unit_code, NOBODY)
    if ranking.fair.is_of_rates:
        plain = _without_measure(ranking)
        bounds = f"{value_said(apart.low, plain, t)}–{value_said(apart.high, plain, t)}"
        return {t("Group"): group_said(apart, t), t("Counted"): counts(bar.point, t), t("95% interval"): bounds}
    quarter, before = (t.number(each) if each else MISSING for each in (apart.quarter, apart.quarter_before))
    return {t("Quarter (1 = best)"): quarter, t("Quarter a year before"): before}


def _only_in(group: int, ranking: Ranking, t: Translator) -> str:
    names = [
        bar.unit_name
        for bar in ranking.bars
        if (apart := ranking.fair.units[bar.unit_code]).first_group == group == apart.last_group
    ]
    more = len(names) - NAMED_AT_MOST
    named = ", ".join(names[:NAMED_AT_MOST])
    return named if more <= 0 else t("{units} and {n} more", units=named, n=t.number(more))


def _named(bar: Bar, ranking: Ranking, t: Translator) -> str:
    return f"{bar.unit_name} ({value_said(bar.point.value, ranking, t)})"


def _left_out(ranking: Ranking, t: Translator) -> str:
    named = ", ".join(f"{out.unit_name} ({why(out, t)})" for out in ranking.left_out[:NAMED_AT_MOST])
    more = len(ranking.left_out) - NAMED_AT_MOST
    if more > 0:
        named = t("{units} and {n} more, in the table", units=named, n=t.number(more))
    return t("Not in the order: {units}.", units=named)


def _hover(bar: Bar, ranking: Ranking, profile: RuleProfile, t: Translator) -> str:
    said = (
        f"<b>{bar.unit_name}</b>",
        value_said(bar.point.value, ranking, t),
        not_rated(bar, ranking, profile, t),
        "" if ranking.sheet is None else t("Target {target}", target=_target(bar, ranking, t)),
        f"{t.period(ranking.then, to_date=ranking.to_date)}: {value_said(bar.before, ranking, t)}",
        "" if ranking.sheet is None else wholeness(bar.point, t),
        counts(bar.point, t),
    )
    return "<br>".join(line for line in said if line)


def _about_fairness(ranking: Ranking, t: Translator) -> list[str]:
    if ranking.fair.group_count > 1:
        return [t("[1–2]: the unit lies in group 1 or 2. Units that share a group can't be told apart.")]
    if not ranking.fair.is_of_rates and len(ranking.bars) > 1:
        return [t("How exact these figures are isn't known: small differences may be chance, so there are no ranks.")]
    return []


def _without_measure(ranking: Ranking) -> Ranking:
    return replace(ranking, sheet=replace(ranking.sheet, unit_of_measure="") if ranking.sheet else None)


def _target(bar: Bar, ranking: Ranking, t: Translator) -> str:
    if ranking.sheet is None:
        return t.number(100)
    return target_said(bar.point.target, bar.point.target_high, ranking.sheet, t)


def _row(bar: Bar, ranking: Ranking, profile: RuleProfile, t: Translator) -> dict[str, str]:
    plain = _without_measure(ranking)
    is_index = ranking.sheet is None
    measure = f" ({ranking.sheet.unit_of_measure})" if ranking.sheet and ranking.sheet.unit_of_measure else ""
    values = {
        t("Unit"): bar.unit_name,
        (t("Index") if is_index else t("Value") + measure): value_said(bar.point.value, plain, t),
    }
    if is_index:
        values[t("Weight scored")] = t.percent(bar.coverage, 0)
    else:
        values |= {t("Target"): _target(bar, plain, t), t("Achievement"): t.percent(bar.point.achievement)}
    values[t("Rating")] = not_rated(bar, ranking, profile, t)
    values[t.period(ranking.then, to_date=ranking.to_date)] = value_said(bar.before, plain, t)
    values |= standing(bar, ranking, t)
    return values if is_index else values | {t("State"): t("whole") if bar.point.is_whole else wholeness(bar.point, t)}
