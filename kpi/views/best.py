"""The best that one period ever brought: what a needed pace is held against. Knows no screen and no language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan

from kpi.access import AllowedSnapshot
from kpi.model import AggregationOverPeriods, Polarity
from kpi.periods import Grain, Period
from kpi.views.lineage import Figure, figures_by_pair
from kpi.views.sheets import Pair, Sheet


@dataclass(frozen=True, slots=True)
class Best:
    """The best figure of a finished, whole period; of a last value, the best that it ever moved by within a year."""

    period: Period
    amount: float


def best_periods(
    snapshot: AllowedSnapshot, organisation_code: str, sheets: dict[str, Sheet], pairs: Sequence[Pair], year: Period
) -> dict[Pair, Best]:
    """Return the best period up to the end of `year` by unit and indicator, at the indicator's own grain.

    Most for maximize, least for minimize; a pair without a direction, or without two figures side by side where it
    takes two, is left out.
    """
    facts = snapshot.facts(
        organisation_code,
        unit_codes=sorted({unit for unit, _ in pairs}),
        indicator_codes=sorted({code for _, code in pairs}),
        last=year.end,
    )
    known = figures_by_pair(facts)
    found = {pair: _best(grain, figures, sheets[pair[1]], year) for pair, (grain, figures) in known.items()}
    return {pair: best for pair, best in found.items() if best is not None}


def _best(grain: Grain, known: Mapping[date, Figure], sheet: Sheet, year: Period) -> Best | None:
    choose = {Polarity.MAXIMIZE: max, Polarity.MINIMIZE: min}.get(sheet.rules.polarity or Polarity.NEUTRAL)
    figures = {start: figure for start, figure in known.items() if _is_whole(figure)}
    periods = {start: Period.beginning(start, grain, year.year_starts_in) for start in figures}
    amounts = {start: figure.value for start, figure in figures.items()}
    if sheet.rules.over_periods is AggregationOverPeriods.LAST:
        amounts = _moves(amounts, periods)
    if choose is None or not amounts:
        return None
    best = choose(amounts, key=amounts.__getitem__)
    return Best(periods[best], amounts[best])


def _is_whole(figure: Figure) -> bool:
    return figure.is_finished and figure.is_complete and not isnan(figure.value)


def _moves(values: dict[date, float], periods: dict[date, Period]) -> dict[date, float]:
    """Return by how much each value moved from the one of the period before, in the same year."""
    moves = {}
    for start, value in values.items():
        before = periods[start].shifted(-1)
        if before.start in values and before.year == periods[start].year:
            moves[start] = value - values[before.start]
    return moves
