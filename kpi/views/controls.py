"""Did they change? Many series judged in one call, each as `control_of` judges it alone. Knows no screen.

A control chart of its own for each would take a figure's page a second; a test holds both ways against each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan, nan
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.analysis import spc
from kpi.analysis.season import are_seasonal
from kpi.model import AggregationOverPeriods
from kpi.periods import Grain, Period
from kpi.views.control import Control, Unfit, begin_anew, by_year, direction_of, least_drawn, most_drawn
from kpi.views.happenings import happenings_of, new_starts
from kpi.views.sheets import Pair, Sheet
from kpi.views.tree import UnitTree
from kpi.views.trends import at_grain, every_period

Bounds = Mapping[str, tuple[float, float]]
"""The least and the greatest that an indicator can be, by its code; NaN = not stated."""
Places = npt.NDArray[np.intp]
PAIR: Final = ["unit_code", "indicator_code"]


@dataclass(frozen=True, slots=True)
class History:
    """The verdict on one series, and the newest value it rests on (NaN = none).

    Of the control chart's lines `control` holds the last place alone: what a sentence says, nothing to draw.
    """

    control: Control
    newest: float = nan


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Series with the same periods, a row each; NaN = missing. `raw` goes on after the chosen period, `judged` doesn't.

    `target` is that of the chosen period, `periods[at]`; `rebase` marks where limits start anew.
    """

    pairs: tuple[Pair, ...]
    periods: tuple[Period, ...]
    at: int
    raw: npt.NDArray[np.float64]
    judged: npt.NDArray[np.float64]
    target: npt.NDArray[np.float64]
    rebase: npt.NDArray[np.bool_]

    def restarted(self, restarts: pd.DataFrame, tree: UnitTree) -> _Block:
        """Return the block with limits that start anew where one of these events concerns a series."""
        is_for_all = bool(restarts["indicator_code"].isna().any())
        concerned = set(restarts["indicator_code"].dropna())
        rebase = self.rebase.copy()
        for row, (unit, code) in enumerate(self.pairs):
            if is_for_all or code in concerned:
                mine = happenings_of(restarts, tree, (unit,), code, self.periods)
                rebase[row] = new_starts(self.periods[: self.at + 1], mine)
        return replace(self, rebase=rebase)


def histories(
    facts: pd.DataFrame,
    pairs: Sequence[Pair],
    period: Period,
    sheets: Mapping[str, Sheet],
    bounds: Bounds,
    events: pd.DataFrame,
    tree: UnitTree,
) -> dict[Pair, History]:
    """Return the verdict on each pair's series up to `period` (at its own grain: the period that holds its last day).

    `facts`: a row per unit, indicator and period, one grain per indicator: unit_code, indicator_code and grain as
    categories, period_start, value, target, is_finished and is_complete; each of the pairs has a row of the chosen
    period. `events` as `snapshot.events()` gives them.
    """
    series = _series(facts, pairs)
    restarts = events[events["rebases_limits"].astype(bool)]
    blocks = [
        _block(facts[rows], series[rows], pairs, period, sheets).restarted(restarts, tree)
        for rows in _alike(facts, series, pairs, sheets)
    ]
    if not blocks:
        return {}
    verdicts = iter(_verdicts(blocks, sheets))
    return {
        pair: _history(next(verdicts), unfit, block, row, bounds[pair[1]], sheets[pair[1]].unit_of_measure)
        for block in blocks
        for row, (pair, unfit) in enumerate(zip(block.pairs, _unfit(block, sheets), strict=True))
    }


def bounds_in(indicators: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return the bounds in the rows of `snapshot.indicators()`."""
    columns = (indicators["indicator_code"], indicators["lowest_possible"], indicators["highest_possible"])
    return {str(code): (float(low), float(high)) for code, low, high in zip(*columns, strict=True)}


def _series(facts: pd.DataFrame, pairs: Sequence[Pair]) -> Places:
    """Return of each row the place of its pair in `pairs`, -1 = none of them."""
    units, codes = facts["unit_code"].cat, facts["indicator_code"].cat
    place = np.full((len(units.categories), len(codes.categories)), -1)
    place[
        units.categories.get_indexer(pd.Index([unit for unit, _ in pairs])),
        codes.categories.get_indexer(pd.Index([code for _, code in pairs])),
    ] = np.arange(len(pairs))
    return place[units.codes, codes.codes]


def _alike(
    facts: pd.DataFrame, series: Places, pairs: Sequence[Pair], sheets: Mapping[str, Sheet]
) -> Iterator[npt.NDArray[np.bool_]]:
    """Give the rows of series that share their periods: one grain; one that comes every few years stands alone."""
    rare = [place for place, (_, code) in enumerate(pairs) if sheets[code].rules.every_years > 1]
    is_rare = np.isin(series, rare)
    grains = facts["grain"].cat.codes.to_numpy()
    for grain in np.unique(grains):
        rows = (grains == grain) & (series >= 0) & ~is_rare
        if rows.any():
            yield rows
    for place in rare:
        yield series == place


def _block(
    rows: pd.DataFrame, series: Places, pairs: Sequence[Pair], period: Period, sheets: Mapping[str, Sheet]
) -> _Block:
    now = at_grain(period, Grain(str(rows["grain"].iloc[0])))
    places, row = np.unique(series, return_inverse=True)
    mine = tuple(pairs[place] for place in places)
    starts, column = np.unique(rows["period_start"].to_numpy(), return_inverse=True)
    known = [pd.Timestamp(start).date() for start in starts]
    periods = every_period(known, now, sheets[mine[0][1]].rules.every_years)
    begun = [each.start for each in periods]
    column = np.array([begun.index(start) for start in known])[column]
    raw, judged, target = (np.full((len(mine), len(periods)), nan) for _ in range(3))
    raw[row, column], target[row, column] = rows["value"], rows["target"]
    is_sum = [sheets[code].rules.over_periods is AggregationOverPeriods.SUM for _, code in mine]
    counts = rows["is_finished"].to_numpy() & (rows["is_complete"].to_numpy() | ~np.array(is_sum)[row])
    judged[row[counts], column[counts]] = rows["value"].to_numpy()[counts]
    at = begun.index(now.start)
    rebase = np.zeros((len(mine), at + 1), dtype=np.bool_)
    return _Block(mine, periods, at, raw, judged[:, : at + 1], target[:, at], rebase)


def _verdicts(blocks: list[_Block], sheets: Mapping[str, Sheet]) -> tuple[spc.Verdict, ...]:
    """Return the verdicts of all series of all blocks, from one call."""
    lengths = np.concatenate([np.full(len(block.pairs), block.at + 1) for block in blocks])
    values = np.full((len(lengths), lengths.max()), nan)
    rebase = np.zeros(values.shape, dtype=np.bool_)
    first = 0
    for block in blocks:
        last = first + len(block.pairs)
        values[first:last, : block.at + 1], rebase[first:last, : block.at + 1] = block.judged, block.rebase
        first = last
    ways = [direction_of(sheets[code].rules.polarity) for block in blocks for _, code in block.pairs]
    return spc.verdict(
        values,
        direction=np.array([spc.DIRECTIONS.index(way) for way in ways], dtype=np.int8),
        target=np.concatenate([block.target for block in blocks]),
        rebase=rebase,
        lengths=lengths,
    ).each()


def _unfit(block: _Block, sheets: Mapping[str, Sheet]) -> list[Unfit | None]:
    years = np.array([period.year for period in block.periods])
    starts_anew = begin_anew(block.raw, years)
    seasonal = are_seasonal(by_year(block.periods[: block.at + 1], block.judged))
    is_last = [sheets[code].rules.over_periods is AggregationOverPeriods.LAST for _, code in block.pairs]
    return [
        Unfit.STARTS_ANEW if last and anew else Unfit.SEASONAL if wave else None
        for last, anew, wave in zip(is_last, starts_anew, seasonal, strict=True)
    ]


def _history(
    verdict: spc.Verdict, unfit: Unfit | None, block: _Block, row: int, bounds: tuple[float, float], measure: str
) -> History:
    if unfit is not None:
        return History(Control(unfit=unfit))
    place, values = verdict.judged_at, block.judged[row]
    least, most = least_drawn(values, bounds[0]), most_drawn(values, bounds[1], measure)
    return History(
        Control(
            mean=(verdict.mean,),
            lower=(verdict.lower if isnan(verdict.lower) else float(np.fmax(verdict.lower, least)),),
            upper=(verdict.upper if isnan(verdict.upper) else float(np.fmin(verdict.upper, most)),),
            verdict=verdict,
            judged=None if place is None else block.periods[place],
            target=float(block.target[row]),
        ),
        nan if place is None else float(values[place]),
    )
