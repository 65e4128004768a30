"""What a projection says: where the year is heading, how sure that is, how well the method did; and the fan to draw."""

from __future__ import annotations

from math import nan
from typing import Final

import pandas as pd

from kpi.analysis.projection import Method, Projection, Remark
from kpi.i18n import Translator, mark
from kpi.model import AggregationOverPeriods, Polarity
from kpi.views.figures_words import brief, difference, finer
from kpi.views.markdown import plain
from kpi.views.outlook import NoOutlook, Outlook
from kpi.views.trends import Trend

LIKELY: Final = 0.66
NEARLY_CERTAIN: Final = 0.95
SURE: Final = 0.99
"""Above this a probability is said as "more than": the tails of a projection are not known to the last percent."""
WHY_NOT: Final[dict[NoOutlook, str]] = {
    NoOutlook.REPORTED_BY_YEAR: mark("Its figures are of years: there is no year's end to foretell."),
    NoOutlook.NOT_ADDED_UP: mark("Its periods don't make a figure of the year, so none is foretold."),
    NoOutlook.NO_DENOMINATORS: mark("A rate without denominators can't be carried to the end of the year."),
}
METHODS: Final[dict[Method, str]] = {
    Method.LAST_VALUE: mark("as the last value"),
    Method.SEASONAL_NAIVE: mark("as the same period of the year before"),
    Method.THEIL_SEN: mark("by the median trend"),
    Method.ETS: mark("by exponential smoothing"),
    Method.KNOWN: mark("as reported"),
}


def outlook_sentence(found: Outlook, t: Translator) -> str:
    """Return where the year is heading, in words made from the numbers, and no more than they support."""
    if found.why_not is not None:
        return t(WHY_NOT[found.why_not])
    projection = found.projection
    if projection is None or projection.estimate is None:
        return _no_estimate(projection, t)
    year, estimate = t.period(found.year), plain(brief(projection.estimate, found.sheet, t))
    if projection.remark is Remark.KNOWN:
        return t("The figures of {year} are all there: {value}.", year=year, value=estimate)
    if projection.low_80 is None or projection.high_80 is None:
        said = t("{year} is heading for {value}; how sure that is can't be said.", year=year, value=estimate)
    else:
        said = t(
            "{year} is heading for {value}, in four of five cases between {low} and {high}.",
            year=year,
            value=estimate,
            low=plain(brief(projection.low_80, found.sheet, t)),
            high=plain(brief(projection.high_80, found.sheet, t)),
        )
    return f"{said} {_chance(found, projection, t)}".strip()


def method_said(found: Outlook, t: Translator) -> str:
    """Return how the outlook was made and how far off it was in the past; empty where there is none."""
    projection = found.projection
    if projection is None or projection.method is None or projection.remark is Remark.KNOWN:
        return ""
    said = [t("Foretold {method}.", method=t(METHODS[projection.method]))]
    if projection.backtest_error is not None and projection.naive_error is not None:
        said.append(
            t(
                "Tried on the past, the year's figure was {error} off on average; the simplest rule {naive}.",
                error=difference(projection.backtest_error, finer(found.sheet), t),
                naive=difference(projection.naive_error, finer(found.sheet), t),
            )
        )
    if projection.remark is Remark.NO_METHOD_BEATS_NAIVE:
        said.append(t("No method did better than the simplest rule, so that one is shown."))
    if projection.remark is Remark.NOT_TESTED_SO_FAR:
        said.append(t("It was never tried so far ahead."))
    if found.restarted_on is not None:
        said.append(
            t(
                "It rests on figures before {date} too, when the way of working or counting changed: trust it less.",
                date=t.date(found.restarted_on),
            )
        )
    if found.is_of_rate:
        said.append(t("Denominators to come are taken as this year's average."))
    return " ".join(said)


def fan(found: Outlook, trend: Trend) -> pd.DataFrame:
    """Return the way from the newest figure to the year's end: place, middle, low, high (NaN = no bound); may be empty.

    Single periods of a sum, mean or rate have no interval of their own: of those the middle alone is drawn. To date
    and for a last value the end of the way is the year's figure, with its interval.
    """
    empty = pd.DataFrame(columns=["place", "middle", "low", "high"], dtype="float64")
    projection, start = found.projection, found.from_period
    if projection is None or start is None or not projection.path or start not in trend.periods:
        return empty
    first = trend.periods.index(start)
    ends_at = first + len(projection.path)
    now = trend.units[0].points[first].value
    is_year_figure = trend.to_date or found.sheet.rules.over_periods is AggregationOverPeriods.LAST
    if is_year_figure:
        rows = [(first, now, now, now), (ends_at, projection.estimate, projection.low_80, projection.high_80)]
    else:
        rows = [(first, now, nan, nan)]
        rows += [(first + step, middle, nan, nan) for step, middle in enumerate(projection.path, start=1)]
    return pd.DataFrame(rows, columns=empty.columns).astype("float64")


def _chance(found: Outlook, projection: Projection, t: Translator) -> str:
    chance = projection.probability
    if chance is None:
        is_rated = found.sheet.rules.polarity in (Polarity.MAXIMIZE, Polarity.MINIMIZE)
        return t("There is no target for the whole year.") if is_rated and not found.target.is_set else ""
    aim, said = plain(brief(found.target.low, found.sheet, t)), _percent(chance, t)
    if chance >= NEARLY_CERTAIN:
        return t("The target of {target} will almost certainly be met ({chance}).", target=aim, chance=said)
    if chance >= LIKELY:
        return t("The target of {target} will probably be met ({chance}).", target=aim, chance=said)
    if chance > 1 - LIKELY:
        return t("Whether the target of {target} will be met is open ({chance}).", target=aim, chance=said)
    if chance > 1 - NEARLY_CERTAIN:
        return t(
            "The target of {target} will probably be missed (chance of meeting it {chance}).", target=aim, chance=said
        )
    return t(
        "The target of {target} will almost certainly be missed (chance of meeting it {chance}).",
        target=aim,
        chance=said,
    )


def _percent(chance: float, t: Translator) -> str:
    if chance > SURE:
        return t("more than {percent}", percent=t.percent(SURE, 0))
    if chance < 1 - SURE:
        return t("less than {percent}", percent=t.percent(1 - SURE, 0))
    return t.percent(chance, 0)


def _no_estimate(projection: Projection | None, t: Translator) -> str:
    if projection is not None and projection.remark is Remark.TOO_FEW_POINTS:
        return t(
            "Too few figures to foretell the year's end: {points} of {needed}.",
            points=t.number(projection.points),
            needed=t.number(projection.points_needed),
        )
    if projection is not None and projection.remark is Remark.TOO_FAR:
        return t("The newest figure is too old to foretell this year's end.")
    return t("The year's end can't be foretold from these figures.")
