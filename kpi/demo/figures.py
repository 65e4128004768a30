"""The figures, targets and weights of the demo, as they were first reported and as they were corrected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

import numpy as np

from kpi.demo.calendar import Calendar, calendar
from kpi.demo.files import DemoBatch, Line, files
from kpi.demo.plan import Series, plan
from kpi.demo.shapes import Drawn, draw
from kpi.demo.tables import YEARS, Row, rows
from kpi.model import AggregationOverPeriods, Verification
from kpi.periods import Grain, Period

LOCKED_BEFORE, VERIFIED_BEFORE = 2025, (2026, 7)
"""The year and the month from which figures are no longer locked, no longer verified."""


def figures() -> list[DemoBatch]:
    """Return all batches in the order of their days, with what corrects them."""
    found = [(series.department, year, row) for series in plan() for year, row in _rows_of(series)]
    return files([(department, year, _as_first_reported(row)) for department, year, row in found], _corrections(found))


def _rows_of(series: Series) -> Iterable[tuple[int, Line]]:
    """Yield year and row of each period in which the series says anything; a weight alone stands in the first."""
    over = calendar(Grain(series.indicator.grain))
    drawn = _reported(series, over)
    target, high = _targets(series, over, series.target), _targets(series, over, series.target_high)
    weight = series.weight[over.year]
    for place, period in enumerate(over.periods):
        is_alone = period.number == 1 and not np.isnan(weight[place])
        says = not np.isnan(drawn.value[place]) or not np.isnan(target[place]) or is_alone
        if says and _is_valid(series, period):
            numbers = {
                "value": drawn.value[place],
                "numerator": drawn.numerator[place],
                "denominator": drawn.denominator[place],
                "target": target[place],
                "target_high": high[place],
                "weight": weight[place],
            }
            yield YEARS[over.year[place]], _row(series, period, {k: _cell(v) for k, v in numbers.items()})


def _row(series: Series, period: Period, numbers: dict[str, float | None]) -> Line:
    has_value = numbers["value"] is not None
    return {
        "unit_code": series.unit.unit_code,
        "indicator_code": series.indicator.indicator_code,
        "grain": period.grain.value,
        "period_start": period.start,
        "period_end": period.end,
        "multiplier": series.indicator.multiplier if numbers["numerator"] is not None else None,
        "verification": _verification(period).value if has_value else None,
        "note": None,
        **numbers,
    }


def _cell(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def _is_valid(series: Series, period: Period) -> bool:
    unit = series.unit
    return (unit.valid_from or period.start) <= period.start and period.end <= (unit.valid_to or period.end)


def _reported(series: Series, over: Calendar) -> Drawn:
    """Return the figures that were reported: drawn, over by now, and in no gap."""
    if series.drawing is None:
        return Drawn.plain(np.full(len(over.periods), np.nan))
    drawn = draw(series, series.drawing, over)
    is_there = over.is_over & ~_gaps(series, over)
    return Drawn(*(np.where(is_there, part, np.nan) for part in (drawn.value, drawn.numerator, drawn.denominator)))


def _gaps(series: Series, over: Calendar) -> np.ndarray:
    """Return for each period whether the unit did not report it (it touches a gap's months wholly)."""
    missing = np.zeros(len(over.periods), bool)
    for row in rows("gaps"):
        if row["unit_code"] == series.unit.unit_code and row["indicator_code"] in (
            "*",
            series.indicator.indicator_code,
        ):
            first, last = row["first"], row["last"]
            missing |= np.array([first <= f"{p.start}" and f"{p.end}" <= last for p in over.periods])
    return missing


def _targets(series: Series, over: Calendar, levels: np.ndarray) -> np.ndarray:
    """Return each period's target: a quantity's is a share of the year's, progress's grows, others' stay the same."""
    of_year = levels[over.year]
    rule, by_month = series.indicator.aggregation_over_periods, series.target_season
    is_sum = rule is AggregationOverPeriods.SUM
    if not is_sum and by_month is None:
        return of_year
    shares = over.shares(by_month if by_month is not None else np.ones(12)).reshape(len(YEARS), -1)
    reached = np.round(np.cumsum(shares, axis=1).ravel() * of_year, series.indicator.decimals).reshape(len(YEARS), -1)
    return (np.diff(reached, axis=1, prepend=0) if is_sum else reached).ravel()


def _verification(period: Period) -> Verification:
    if period.year < LOCKED_BEFORE:
        return Verification.LOCKED
    is_verified = (period.end.year, period.end.month) < VERIFIED_BEFORE
    return Verification.VERIFIED if is_verified else Verification.REPORTED


def _corrections(found: Iterable[tuple[str, int, Line]]) -> list[tuple[str, date, Line]]:
    """Return department, day and line of each correction: the figure as it stands, with the reason as its note."""
    return [
        (department, date.fromisoformat(correction["corrected_on"]), {**row, "note": correction["reason"]})
        for department, _, row in found
        if (correction := _correction_of(row)) is not None
    ]


def _as_first_reported(row: Line) -> Line:
    correction = _correction_of(row)
    if correction is None:
        return row
    wrong = min(round(row["numerator"] * float(correction["factor_first_reported"])), row["denominator"])
    return {**row, "numerator": wrong, "value": row["multiplier"] * wrong / row["denominator"]}


def _correction_of(row: Line) -> Row | None:
    return _known_corrections().get((row["unit_code"], row["indicator_code"], f"{row['period_start']}"))


@cache
def _known_corrections() -> dict[tuple[str, str, str], Row]:
    return {(row["unit_code"], row["indicator_code"], row["period_start"]): row for row in rows("corrections")}
