"""The batches of the demo: drawn figures, targets and weights as tables that the record takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any, Final  # Any: cells of the columns of FIGURES

import numpy as np
import pyarrow as pa
from pyarrow import csv

from kpi.demo.calendar import Calendar, calendar
from kpi.demo.definitions import definitions
from kpi.demo.plan import Series, plan
from kpi.demo.shapes import Drawn, draw
from kpi.demo.tables import YEARS, Row, rows
from kpi.model import AggregationOverPeriods, Verification
from kpi.periods import Grain, Period
from kpi.store.figures import FIGURES
from kpi.store.record import BatchHeader

LOCKED_BEFORE, VERIFIED_BEFORE = 2025, (2026, 7)
"""The year and the month from which figures are no longer locked, no longer verified."""
OLDEST, OLDEST_UNTIL = "2021-2023", 2023
"""The years that each department sent in one file when the record began."""
_COLUMNS: Final = [name for name in FIGURES.names if name != "line"]


@dataclass(frozen=True, slots=True)
class DemoBatch:
    """One file of the demo as an officer would have sent it."""

    header: BatchHeader
    figures: pa.Table


def figures() -> list[DemoBatch]:
    """Return all batches, oldest first: a department's first three years, then a year each, with what corrects it."""
    of_file: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for series in plan():
        for year, row in _rows_of(series):
            years = OLDEST if year <= OLDEST_UNTIL else str(year)
            of_file.setdefault((years, series.department), []).append(row)
    batches = []
    for (years, department), found in sorted(of_file.items()):
        first, corrected = _corrections(found)
        batches.append(_batch(department, f"{department}_{years}.csv", first))
        if corrected:
            reason = corrected[0]["note"]
            batches.append(_batch(department, f"{department}_{years}_koreksi.csv", corrected, reason))
    return batches


def _batch(department: str, file_name: str, found: list[dict[str, Any]], reason: str | None = None) -> DemoBatch:
    columns = {name: [row[name] for row in found] for name in _COLUMNS}
    table = pa.table({"line": range(2, len(found) + 2), **columns}, schema=FIGURES)
    text = BytesIO()
    csv.write_csv(table, text)
    header = BatchHeader(
        organisation_code=definitions().organisation.organisation_code,
        kind="demo",
        file_name=file_name,
        file_digest=sha256(text.getvalue()).hexdigest(),
        made_by=f"petugas-{department.lower()}",
        reason=reason,
        rows=len(found),
    )
    return DemoBatch(header, table)


def _rows_of(series: Series) -> Iterable[tuple[int, dict[str, Any]]]:
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


def _row(series: Series, period: Period, numbers: dict[str, float | None]) -> dict[str, Any]:
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


def _corrections(found: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows as first reported, and those that corrected them later."""
    known = {(row["unit_code"], row["indicator_code"], row["period_start"]): row for row in rows("corrections")}
    first, corrected = [], []
    for row in found:
        correction = known.get((row["unit_code"], row["indicator_code"], f"{row['period_start']}"))
        first.append(_as_first_reported(row, correction) if correction else row)
        if correction:
            corrected.append({**row, "note": correction["reason"]})
    return first, corrected


def _as_first_reported(row: dict[str, Any], correction: Row) -> dict[str, Any]:
    wrong = min(round(row["numerator"] * float(correction["factor_first_reported"])), row["denominator"])
    return {**row, "numerator": wrong, "value": row["multiplier"] * wrong / row["denominator"]}
