"""What a funnel says: who differs by more than chance explains, the counts beside the rates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from kpi.analysis.peers import FunnelRefusal, Position
from kpi.i18n import Translator, mark
from kpi.views.comparison import Bar, Ranking
from kpi.views.comparison_words import NAMED_AT_MOST, value_said
from kpi.views.figures_words import shortened
from kpi.views.trends_tables import counts

LOOKS: Final[dict[Position, str]] = {
    Position.FAR_BELOW: "far",
    Position.BELOW: "outside",
    Position.WITHIN: "within",
    Position.ABOVE: "outside",
    Position.FAR_ABOVE: "far",
}
REFUSALS: Final[dict[FunnelRefusal, str]] = {
    FunnelRefusal.TOO_FEW_UNITS: mark("A funnel needs three units or more."),
    FunnelRefusal.NOT_COUNTS: mark("A funnel needs counts; these numerators are none (money or weights, for one)."),
    FunnelRefusal.NO_EVENTS: mark("There is no event at all: nothing to tell units apart by."),
}
LONGEST_NAME: Final = 18


def funnel_sentence(ranking: Ranking, t: Translator) -> str:
    """Return who differs from all together by more than chance explains, in words made from the numbers.

    That is claimed beyond the outer limits alone: of many units some lie beyond the inner ones by chance.
    """
    far = [bar for bar in ranking.bars if _look(bar, ranking) == "far"]
    words = {"middle": value_said(ranking.fair.middle, ranking, t), "n": t.number(len(ranking.bars))}
    if not far and ranking.fair.is_adjusted:
        return t("None of {n} units stands apart from how much these units differ anyway (together {middle}).", **words)
    if not far:
        return t("None of {n} units differs from all together ({middle}) by more than chance explains.", **words)
    return t(
        "{outside} of {n} units differ from all together ({middle}) by more than chance explains: {units}.",
        outside=t.number(len(far)),
        units=_named(far, ranking, t),
        **words,
    )


def funnel_notes(ranking: Ranking, t: Translator) -> str:
    """Return what a reader must know of the limits, and who lies between them."""
    said = []
    between = [bar for bar in ranking.bars if _look(bar, ranking) == "outside"]
    if between:
        said.append(
            t("Between the two limits, where one in twenty lies by chance: {units}.", units=_named(between, ranking, t))
        )
    if ranking.fair.is_adjusted:
        said.append(
            t(
                "The limits are widened, because the units as a whole differ by more than chance: "
                "look for what many of them share before asking what one does."
            )
        )
    return " ".join(said)


def refused(ranking: Ranking, t: Translator) -> str:
    """Return why there is no funnel for this comparison."""
    if ranking.fair.refusal is None:
        return t("A funnel needs a numerator and a denominator of every unit.")
    return t(REFUSALS[ranking.fair.refusal])


def funnel_units(ranking: Ranking, t: Translator) -> pd.DataFrame:
    """Return a row per unit as the chart wants it; the count stands beside the rate always."""
    return pd.DataFrame(
        {
            "unit_code": bar.unit_code,
            "name": shortened(bar.unit_name, LONGEST_NAME),
            "denominator": bar.point.denominator,
            "rate": bar.point.value,
            "look": _look(bar, ranking),
            "hover": f"<b>{bar.unit_name}</b><br>{value_said(bar.point.value, ranking, t)}<br>{counts(bar.point, t)}",
        }
        for bar in ranking.bars
    )


def funnel_limits(ranking: Ranking) -> pd.DataFrame:
    """Return the curves as the chart wants them."""
    limits = ranking.fair.limits
    names = ("denominator", "lower_95", "upper_95", "lower_998", "upper_998")
    return pd.DataFrame({name: getattr(limits, name) for name in names} if limits else {name: [] for name in names})


def funnel_legend(ranking: Ranking, t: Translator) -> dict[str, str]:
    """Return the words of the chart."""
    return {
        "within": t("no difference shown"),
        "outside": t("outside the 95% limits"),
        "far": t("outside the 99.8% limits"),
        "inner": t("95% limits"),
        "outer": t("99.8% limits"),
        "middle": t("all together"),
        "size": t("Denominator: the size of the unit's count"),
        "rate": ranking.sheet.unit_of_measure if ranking.sheet else "",
    }


def _named(bars: Sequence[Bar], ranking: Ranking, t: Translator) -> str:
    named = ", ".join(f"{bar.unit_name} ({value_said(bar.point.value, ranking, t)})" for bar in bars[:NAMED_AT_MOST])
    more = len(bars) - NAMED_AT_MOST
    return named if more <= 0 else t("{units} and {n} more", units=named, n=t.number(more))


def _look(bar: Bar, ranking: Ranking) -> str:
    position = ranking.fair.units[bar.unit_code].position
    return "within" if position is None else LOOKS[position]
