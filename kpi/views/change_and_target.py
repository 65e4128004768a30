"""Change × target: which figures of a unit and of those below it really change, and which miss. Knows no screen.

Two questions about each figure, answered apart: did it really change (judged on single periods), is its target met.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from math import inf, isnan, nan
from typing import Final, assert_never

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from kpi.access import AllowedSnapshot
from kpi.analysis import spc
from kpi.model import Origin, Reason
from kpi.periods import Grain, Period
from kpi.scoring.profile import RuleProfile
from kpi.scoring.table import score_table
from kpi.views.control import Control
from kpi.views.controls import PAIR, History, bounds_in, histories
from kpi.views.selection import Selection
from kpi.views.sheets import Pair, Sheet, sheets_in
from kpi.views.tree import Place, UnitTree, tree_of
from kpi.views.trends import at_grain

_SCORED: Final = ["value", "target", "target_high", "is_partial_sum", "is_withheld"]
_NOW: Final = [*PAIR, "grain", *_SCORED, "origin", "polarity", "worst_value", "is_full_at_target", "conversion_scale"]
_HISTORY: Final = [*PAIR, "grain", "period_start", "value", "target", "is_finished", "is_complete"]


class Move(StrEnum):
    """The first verdict: did the figure really change? In the order of the matrix's rows."""

    WORSE = "worse"
    STEADY = "steady"
    BETTER = "better"
    CHANGED = "changed"
    NOT_JUDGED = "not_judged"


class Aim(StrEnum):
    """The second verdict: is the target met? In the order of the matrix's columns."""

    MISSED = "missed"
    MET = "met"
    NOT_SCORED = "not_scored"


@dataclass(frozen=True, slots=True)
class Judged:
    """One figure with both verdicts; value and targets in the indicator's own unit of measure, NaN = none.

    `index` is a ratio; `reason` says why there is none. `period` is the chosen one, or the longer one that holds it
    where the indicator isn't reported so often; `is_to_date`: value and targets count from the start of its year.
    `newest` is the value that the change is judged on; without a value in the period (NaN) nothing is judged.
    """

    unit_code: str
    unit_name: str
    sheet: Sheet
    period: Period
    value: float
    target: float
    target_high: float
    index: float
    reason: Reason | None
    move: Move
    aim: Aim
    control: Control
    newest: float
    is_to_date: bool
    is_withheld: bool = False

    @property
    def average(self) -> float:
        """The mean of the values since limits last started anew; NaN where the figure is not judged."""
        return self.control.mean[-1] if self.control.mean else nan

    @property
    def departure(self) -> float:
        """How far the newest value lies from the average, as a share of that; 0 = not known."""
        return abs(self.newest / self.average - 1) if self.average and not isnan(self.newest / self.average) else 0.0


@dataclass(frozen=True, slots=True)
class ChangeAndTarget:
    """The figures of a unit and of the `units_below` right below it, the lowest index first.

    `to_date`: targets are held against the year so far where figures add up; changes never are.
    """

    unit: Place
    units_below: int
    to_date: bool
    figures: tuple[Judged, ...]

    def cell(self, move: Move, aim: Aim) -> tuple[Judged, ...]:
        """Return the figures with these two verdicts."""
        return tuple(figure for figure in self.figures if figure.move is move and figure.aim is aim)

    @property
    def moves(self) -> tuple[Move, ...]:
        """The matrix's rows: all but the change that is neither better nor worse, where no figure has one."""
        has_changed = any(figure.move is Move.CHANGED for figure in self.figures)
        return tuple(move for move in Move if move is not Move.CHANGED or has_changed)

    @property
    def better(self) -> tuple[Judged, ...]:
        """The figures that really improved: the unit's own first, then the farthest from their average."""
        found = [figure for figure in self.figures if figure.move is Move.BETTER]
        own = self.unit.unit_code
        return tuple(sorted(found, key=lambda each: (each.unit_code != own, -each.departure, each.sheet.name)))

    @property
    def first_cell(self) -> tuple[Move, Aim]:
        """The first cell that holds a figure, in the order in which a leader should look; the first one without any."""
        filled = ((move, aim) for move in self.moves for aim in Aim if self.cell(move, aim))
        return next(filled, (Move.WORSE, Aim.MISSED))


def change_and_target(
    snapshot: AllowedSnapshot, selection: Selection, unit_code: str, profile: RuleProfile
) -> ChangeAndTarget:
    """Return the figures of a unit and of the units right below it that have a row in the period. Raises UnknownCode.

    A figure that the unit merely takes over from the only unit below that has it is left out: it would count twice.
    """
    tree = tree_of(snapshot.units(selection.organisation_code))
    way, children = tree.way_to(unit_code), tree.children(unit_code, selection.period)
    indicators = snapshot.indicators(selection.organisation_code)
    facts, now = _facts(snapshot, selection, (unit_code, *children), indicators)
    now = now[~_is_taken_over(now, unit_code)]
    sheets = sheets_in(indicators)
    judged = histories(
        facts,
        list(now[PAIR].itertuples(index=False, name=None)),
        selection.period,
        sheets,
        bounds_in(indicators),
        snapshot.events(selection.organisation_code),
        tree,
    )
    held = _to_date(snapshot, selection, now) if selection.to_date else now.assign(is_to_date=False)
    scored = score_table(held, profile)
    figures = _figures(scored, judged, sheets, tree, selection.period)
    return ChangeAndTarget(way[-1], len(children), selection.to_date, tuple(sorted(figures, key=_lowest_first)))


def _facts(
    snapshot: AllowedSnapshot, selection: Selection, unit_codes: tuple[str, ...], indicators: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the whole histories of the series with a row in the period, and these rows.

    At the period's grain; an indicator without a value there at its own.
    """
    organisation, grain = selection.organisation_code, selection.period.grain
    found = snapshot.facts_arrow(organisation, unit_codes=unit_codes, grain=grain)
    known = found.filter(found["value"].is_valid())["indicator_code"].unique()
    others = [code for code in indicators["indicator_code"] if code not in set(known.to_pylist())]
    if others:
        rest = snapshot.facts_arrow(organisation, unit_codes=unit_codes, indicator_codes=others)
        is_known = pc.call_function("is_in", [found["indicator_code"]], pc.SetLookupOptions(known))
        found = pa.concat_tables([found.filter(is_known), rest])
    starts = {each: pa.scalar(at_grain(selection.period, each).start, found["period_start"].type) for each in Grain}
    is_now = [_all_of(found, {"grain": each.value, "period_start": start}) for each, start in starts.items()]
    any_of = reduce(lambda one, other: pc.call_function("or", [one, other]), is_now)
    now = found.filter(any_of).select(_NOW).to_pandas(date_as_object=False)
    history = found.select(_HISTORY).to_pandas(date_as_object=False, categories=[*PAIR, "grain"])
    return history.assign(is_complete=history["is_complete"].eq(True)), now  # null = no


def _all_of(table: pa.Table, wanted: Mapping[str, object]) -> pa.ChunkedArray:
    """Return which rows hold what is wanted. Arrow's own expressions do it too, and load its engine for data sets."""
    each = [pc.call_function("equal", [table[name], value]) for name, value in wanted.items()]
    return reduce(lambda one, other: pc.call_function("and", [one, other]), each)


def _is_taken_over(now: pd.DataFrame, unit_code: str) -> pd.Series:
    """Return which rows of the unit repeat those of one unit below."""
    below = now.loc[now["unit_code"] != unit_code, "indicator_code"].value_counts()
    carriers = now["indicator_code"].map(below)
    return (now["unit_code"] == unit_code) & (now["origin"] == Origin.UNITS.value) & (carriers == 1)


def _to_date(snapshot: AllowedSnapshot, selection: Selection, now: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the figures from the start of the year, where there are any: what a target is held to."""
    to_date = snapshot.facts(
        selection.organisation_code,
        unit_codes=sorted(set(now["unit_code"])),
        grain=selection.period.grain,
        first=selection.period.end,
        last=selection.period.end,
        to_date=True,
    )
    keys = [*PAIR, "grain"]
    joined = now.drop(columns=_SCORED).merge(to_date[[*keys, *_SCORED]], on=keys, how="left", indicator=True)
    is_to_date, as_is = joined["_merge"] == "both", now.reset_index(drop=True)
    held = {name: joined[name].where(is_to_date, as_is[name]) for name in _SCORED}
    return joined.assign(**held, is_to_date=is_to_date)


def _figures(
    scored: pd.DataFrame, judged: dict[Pair, History], sheets: dict[str, Sheet], tree: UnitTree, period: Period
) -> list[Judged]:
    found = []
    for row in scored.to_dict("records"):
        unit, code = str(row["unit_code"]), str(row["indicator_code"])
        history = judged[unit, code]
        index, value = float(row["index"]), float(row["value"])
        is_judged = not isnan(value)  # else the newest value is one of an earlier period
        found.append(
            Judged(
                unit_code=unit,
                unit_name=tree.name(unit),
                sheet=sheets[code],
                period=at_grain(period, Grain(str(row["grain"]))),
                value=value,
                target=float(row["target"]),
                target_high=float(row["target_high"]),
                index=index,
                reason=None if pd.isna(row["reason"]) else Reason(str(row["reason"])),
                move=_move(history.control.verdict) if is_judged else Move.NOT_JUDGED,
                aim=Aim.NOT_SCORED if isnan(index) else Aim.MISSED if round(index, 9) < 1.0 else Aim.MET,
                control=history.control,
                newest=history.newest if is_judged else nan,
                is_to_date=bool(row["is_to_date"]),
                is_withheld=bool(row["is_withheld"]),
            )
        )
    return found


def _move(verdict: spc.Verdict | None) -> Move:
    match None if verdict is None else verdict.variation:
        case spc.VariationType.CONCERN:
            return Move.WORSE
        case spc.VariationType.COMMON_CAUSE:
            return Move.STEADY
        case spc.VariationType.IMPROVEMENT:
            return Move.BETTER
        case spc.VariationType.NEUTRAL_HIGH | spc.VariationType.NEUTRAL_LOW:
            return Move.CHANGED
        case None:
            return Move.NOT_JUDGED
        case unknown:
            assert_never(unknown)


def _lowest_first(figure: Judged) -> tuple[float, str, str]:
    return inf if isnan(figure.index) else figure.index, figure.sheet.name, figure.unit_name
