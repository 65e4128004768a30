"""The SQL against the slow consolidation on random trees, lives, grains and gaps; every rule in every example."""

from __future__ import annotations

import math
import random
import tempfile
from datetime import date
from pathlib import Path

import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kpi.model import AggregationOverPeriods as OverPeriods
from kpi.model import AggregationOverUnits as OverUnits
from kpi.model import Indicator, Polarity, Unit
from kpi.periods import GRAINS, Grain, Period
from kpi.store.record import Definitions
from tests.store.building import CODE, definitions, published
from tests.store.slow_consolidation import Consolidation, Part, inside

RULES = [
    (OverPeriods.SUM, OverUnits.SUM),
    (OverPeriods.SUM, OverUnits.MEAN),
    (OverPeriods.MEAN, OverUnits.MEAN),
    (OverPeriods.LAST, OverUnits.SUM),
    (OverPeriods.LAST, OverUnits.RATIO),
    (OverPeriods.RATIO, OverUnits.RATIO),
    (OverPeriods.RATIO, OverUnits.NONE),
    (OverPeriods.NONE, OverUnits.SUM),
    (OverPeriods.NONE, OverUnits.NONE),
]


def sheets() -> list[Indicator]:
    found = [
        Indicator(CODE, f"I{place}", f"{over_periods} and {over_units}", polarity=Polarity.MAXIMIZE, grain="month",
                  aggregation_over_periods=over_periods, aggregation_over_units=over_units, multiplier=100.0)
        for place, (over_periods, over_units) in enumerate(RULES)
    ]  # fmt: skip
    computed = Indicator(
        CODE, "RATE", "computed", polarity=Polarity.MINIMIZE, multiplier=1000.0,
        numerator_indicator_code="I0", denominator_indicator_code="I3",
    )  # fmt: skip
    return [*found, computed]


def tree(chance: random.Random) -> list[Unit]:
    units = [
        Unit(CODE, "A", "A", CODE),
        Unit(CODE, "B", "B", CODE),
        Unit(CODE, "A1", "A1", "A"),
        Unit(CODE, "A2", "A2", "A"),
    ]
    lives = [
        (None, None),
        (None, None),
        (date(2023, 3, 15), None),
        (None, date(2023, 9, 10)),
        (date(2023, 2, 1), date(2023, 12, 31)),
    ]
    return [
        Unit(unit.organisation_code, unit.unit_code, unit.name, unit.parent_code, *chance.choice(lives))
        for unit in units
    ]


def figures(chance: random.Random, known: Definitions, year_starts_in: int) -> dict[tuple[str, str, Grain, date], Part]:
    """Mostly one grain a unit and indicator, sometimes another beside it; gaps, targets alone, ranges."""
    stated: dict[tuple[str, str, Grain, date], Part] = {}
    years = [Period.parse("2023", year_starts_in), Period.parse("2024", year_starts_in)]
    for unit in known.units:
        for indicator in known.indicators.values():
            if chance.random() < (0.7 if unit == CODE else 0.25):
                continue
            grains = [chance.choice(GRAINS)] + [grain for grain in GRAINS if chance.random() < 0.12]
            how_often, with_target = chance.choice([0.3, 0.9, 1.0]), chance.choice([0.0, 0.5, 1.0])
            for grain in grains:
                for period in (p for year in years for p in inside(year, grain) if chance.random() < how_often):
                    part = stated_part(chance, indicator, with_target)
                    if part.value is not None or part.target is not None:
                        stated[unit, indicator.indicator_code, grain, period.start] = part
    return stated


def stated_part(chance: random.Random, indicator: Indicator, with_target: float) -> Part:
    part = Part()
    if chance.random() < 0.9:
        part.value = float(chance.randint(0, 50))
        has_ratio = OverPeriods.RATIO in (indicator.aggregation_over_periods, indicator.aggregation_over_units)
        if has_ratio and chance.random() < 0.9:
            part.numerator, part.denominator = float(chance.randint(0, 20)), float(chance.randint(1, 20))
            part.value = indicator.multiplier * part.numerator / part.denominator
    if chance.random() < with_target:
        part.target = float(chance.randint(1, 60))
        part.high = part.target + chance.randint(0, 9) if chance.random() < 0.3 else None
    return part


def as_rows(stated: dict[tuple[str, str, Grain, date], Part], year_starts_in: int) -> list[dict[str, object]]:
    return [
        {"unit_code": unit, "indicator_code": indicator, "grain": grain.value, "period_start": start,
         "period_end": Period.beginning(start, grain, year_starts_in).end, "value": part.value,
         "numerator": part.numerator, "denominator": part.denominator,
         "multiplier": 100.0 if part.numerator is not None else None, "target": part.target, "target_high": part.high}
        for (unit, indicator, grain, start), part in stated.items()
    ]  # fmt: skip


def close(found: float | None, wanted: float | None) -> bool:
    if found is None or pd.isna(found) or wanted is None:
        return (found is None or pd.isna(found)) and wanted is None
    return math.isclose(found, wanted, rel_tol=1e-9, abs_tol=1e-9)


def differences(row: pd.Series, wanted: Part, where: str) -> list[str]:
    pairs = [("value", wanted.value), ("target", wanted.target), ("target_high", wanted.high),
             ("numerator", wanted.numerator), ("denominator", wanted.denominator)]  # fmt: skip
    found = [f"{where} {name}: {row[name]} instead of {value}" for name, value in pairs if not close(row[name], value)]
    for name, value in (("parts_expected", wanted.expected), ("parts_present", wanted.present)):
        if row[name] != value:
            found.append(f"{where} {name}: {row[name]} instead of {value} ({wanted})")
    return found


@settings(max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate])
@given(seed=st.integers(0, 10**6), year_starts_in=st.sampled_from([1, 7]))
def test_consolidated_figures_equal_the_slow_calculation(seed, year_starts_in):
    chance = random.Random(seed)
    known = definitions(tree(chance), sheets(), year_starts_in)
    stated = figures(chance, known, year_starts_in)
    with tempfile.TemporaryDirectory() as folder:
        snapshot = published(Path(folder), known, as_rows(stated, year_starts_in))
        wrong = compared(snapshot, Consolidation(known.completed(), stated), year_starts_in)
    assert wrong == []


def compared(snapshot, slow: Consolidation, year_starts_in: int) -> list[str]:
    wrong: list[str] = []
    years = [Period.parse("2023", year_starts_in), Period.parse("2024", year_starts_in)]
    for grain in GRAINS:
        for to_date in (False, True):
            rows = snapshot.facts(CODE, grain=grain, to_date=to_date)
            found = {
                (row["unit_code"], row["indicator_code"], row["period_start"].date()): row for _, row in rows.iterrows()
            }
            for unit in slow.known.units:
                for indicator in slow.known.indicators:
                    for period in (p for year in years for p in inside(year, grain)):
                        where = f"{unit} {indicator} {period.code} {'to date' if to_date else ''}"
                        wanted = (
                            slow.to_date(unit, indicator, period) if to_date else slow.fact(unit, indicator, period)
                        )
                        row = found.pop((unit, indicator, period.start), None)
                        if (row is None) != (wanted is None):
                            wrong.append(f"{where}: {'missing' if row is None else 'invented'} {wanted}")
                        elif row is not None and wanted is not None:
                            wrong += differences(row, wanted, where)
            assert not found
    return wrong
