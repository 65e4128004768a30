"""Trends as tables of ready-made texts: the points and ticks that the chart draws, and the table beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isnan
from typing import Final

import pandas as pd

from kpi.i18n import Translator
from kpi.model import AggregationOverPeriods
from kpi.periods import Grain
from kpi.scoring.profile import RuleProfile
from kpi.views.control_words import rule_said, signal_shape
from kpi.views.figures_words import measured, shortened, target_said
from kpi.views.trends import Point, Trend, UnitTrend
from kpi.views.trends_words import parts, rated, wholeness

RATIO: Final = AggregationOverPeriods.RATIO
TICKS_AT_MOST: Final = 7
"""As many labels as a telephone's screen holds side by side."""


def points(trend: Trend, profile: RuleProfile, t: Translator, unit_codes: Sequence[str] = ()) -> pd.DataFrame:
    """Return a row per unit and period as the chart wants it; all units where none is named."""
    return pd.DataFrame(
        {
            "place": place,
            "unit_code": unit.unit_code,
            "unit": shortened(unit.unit_name),
            "look": look,
            "value": point.value,
            "comparable": point.comparable,
            "target": point.target,
            "target_high": point.target_high,
            "is_whole": point.is_whole,
            "is_chosen": place == trend.at,
            "hover": _hover(unit, place, trend, profile, t),
            "drill": f"{point.period.code}/{unit.unit_code}",
        }
        for look, unit in enumerate(trend.units)
        if not unit_codes or unit.unit_code in unit_codes
        for place, point in enumerate(unit.points)
    )


def control(unit: UnitTrend) -> pd.DataFrame:
    """Return the usual range and the signals of a unit as the chart wants them, up to the chosen period."""
    found = unit.control
    places = range(len(found.mean))
    return pd.DataFrame(
        {
            "place": list(places),
            "value": [unit.points[place].value for place in places],
            "mean": found.mean,
            "lower": found.lower,
            "upper": found.upper,
            "ring": [signal_shape(unit, place) for place in places],
        }
    ).astype({"lower": "float64", "upper": "float64", "mean": "float64", "value": "float64"})


def counts(point: Point, t: Translator) -> str:
    """Return what a rate is made of, `12 ÷ 4.300`; empty where it isn't."""
    if isnan(point.numerator) or isnan(point.denominator):
        return ""
    return t(
        "{numerator} of {denominator}",
        numerator=t.measure(point.numerator, "", 2),
        denominator=t.measure(point.denominator, "", 2),
    )


def drilled(drill: str, trend: Trend) -> dict[str, str | None]:
    """Return the choices that a clicked point leads to."""
    period, unit_code = drill.split("/", 1)
    return {"indicator": trend.sheet.code, "unit": unit_code, "period": period}


def ticks(trend: Trend, t: Translator) -> pd.DataFrame:
    """Return the places to label and their labels: each period where they are few, else the beginning of years."""
    are_few = len(trend.periods) <= TICKS_AT_MOST
    places = list(range(len(trend.periods)))
    if not are_few:
        places = [place for place in places if trend.periods[place].number == 1] or places
    thinned = places[:: max(1, -(-len(places) // TICKS_AT_MOST))]
    labels = []
    for place in thinned:
        period = trend.periods[place]
        by_year = trend.grain is Grain.YEAR or not are_few
        labels.append(str(period.year) if by_year else f"{t.period_short(period)}<br>{period.year}")
    return pd.DataFrame({"place": pd.Series(thinned, dtype="int64"), "label": pd.Series(labels, dtype="str")})


def table(trend: Trend, profile: RuleProfile, t: Translator) -> pd.DataFrame:
    """Return every figure shown, the newest value first, then periods to come that have a target alone.

    Texts are made for the reader; the unit's name stands before them where several are shown.
    """
    known = max(unit.points.index(unit.newest) for unit in trend.units if unit.newest)
    return pd.DataFrame(
        ({t("Unit"): unit.unit_name} if len(trend.units) > 1 else {}) | _row(unit.points[place], trend, profile, t)
        for place in (*range(known, -1, -1), *range(known + 1, len(trend.periods)))
        for unit in trend.units
    )


def _hover(unit: UnitTrend, place: int, trend: Trend, profile: RuleProfile, t: Translator) -> str:
    point = unit.points[place]
    signal = unit.control.signals[place] if place < len(unit.control.signals) else None
    said = (
        f"<b>{unit.unit_name}</b>",
        t.period(point.period, to_date=trend.to_date),
        measured(point.value, trend.sheet, t),
        counts(point, t),
        t("Target {target}", target=target_said(point.target, point.target_high, trend.sheet, t)),
        rated(point, profile, t),
        wholeness(point, t),
        rule_said(signal, t) if signal else "",
    )
    return "<br>".join(line for line in said if line)


def _row(point: Point, trend: Trend, profile: RuleProfile, t: Translator) -> dict[str, str]:
    sheet = replace(trend.sheet, unit_of_measure="")
    measure = f" ({trend.sheet.unit_of_measure})" if trend.sheet.unit_of_measure else ""
    return {
        t("Period"): t.period(point.period, to_date=trend.to_date),
        t("Value") + measure: measured(point.value, sheet, t),
        t("Target"): target_said(point.target, point.target_high, sheet, t),
        **({t("Counted"): counts(point, t)} if trend.sheet.rules.over_periods is RATIO else {}),
        t("Achievement"): t.percent(point.achievement),
        t("Index"): t.number(point.index * 100, 1),
        t("Rating"): rated(point, profile, t),
        t("Parts"): parts(point, t),
        t("State"): t("whole") if point.is_whole else wholeness(point, t),
        t("Origin"): "" if point.origin is None else t.label(point.origin),
        t("Verification"): "" if point.verification is None else t.label(point.verification),
    }
