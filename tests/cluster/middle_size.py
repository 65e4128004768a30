"""The middle size of the measurements: 500 units × 60 indicators × 60 months, in ten organisations."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa

from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Polarity, Unit
from kpi.periods import Period
from kpi.store.record import FIGURES, BatchHeader, Record
from tests.store.building import definitions

MONTHS = [Period.parse(f"{2021 + month // 12}-{month % 12 + 1:02}") for month in range(60)]
RULES = [
    (AggregationOverPeriods.SUM, AggregationOverUnits.SUM),
    (AggregationOverPeriods.MEAN, AggregationOverUnits.MEAN),
    (AggregationOverPeriods.LAST, AggregationOverUnits.SUM),
]


def build_middle_size(store: Path, organisations: int = 10, units: int = 50, indicators: int = 60) -> None:
    """Record `organisations` × `units` × `indicators` × 60 months, drawn; a unit in five is a parent of the others."""
    chance = np.random.default_rng(2026)
    with Record.opened(store, writing=True) as record:
        for number in range(organisations):
            code = f"KAB{number:03}"
            known = definitions(_units(code, units), _indicators(code, indicators), code=code)
            record.append(BatchHeader(code, made_by="test"), known, _figures(units, indicators, chance))


def _units(code: str, count: int) -> list[Unit]:
    return [Unit(code, f"U{n:03}", f"Unit {n}", code if n % 5 == 0 else f"U{n - n % 5:03}") for n in range(count)]


def _indicators(code: str, count: int) -> list[Indicator]:
    return [
        Indicator(code, f"I{n:02}", f"Indikator {n}", "orang", (Polarity.MAXIMIZE, Polarity.MINIMIZE)[n % 2], "month",
                  aggregation_over_periods=RULES[n % 3][0], aggregation_over_units=RULES[n % 3][1])
        for n in range(count)
    ]  # fmt: skip


def _figures(units: int, indicators: int, chance: np.random.Generator) -> pa.Table:
    """One row per unit, indicator and month, laid out as FIGURES; one value in a hundred is missing, no target then."""
    count = units * indicators * len(MONTHS)
    unit, indicator, month = np.unravel_index(np.arange(count), (units, indicators, len(MONTHS)))
    value, is_missing = chance.uniform(50, 150, count).round(3), chance.random(count) < 0.01
    columns = {
        "line": pa.array(np.arange(2, count + 2)),
        "unit_code": _named("U{:03}", unit),
        "indicator_code": _named("I{:02}", indicator),
        "grain": pa.array(["month"] * count),
        "period_start": pa.array([MONTHS[place].start for place in month]),
        "period_end": pa.array([MONTHS[place].end for place in month]),
        "value": pa.array(value, mask=is_missing),
        "target": pa.array(chance.uniform(80, 120, count).round(1)),
        "weight": pa.array(np.ones(count)),
    }
    arrays = [
        columns[field.name].cast(field.type) if field.name in columns else pa.nulls(count, field.type)
        for field in FIGURES
    ]
    return pa.Table.from_arrays(arrays, schema=FIGURES)


def _named(pattern: str, places: np.ndarray) -> pa.Array:
    names = np.array([pattern.format(place) for place in range(places.max() + 1)], dtype=object)
    return pa.array(names[places])
