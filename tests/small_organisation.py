"""A tiny synthetic town whose indices can be worked out by hand; tests of views and pages read it.

Seven quarters, 2025-Q1 to 2026-Q3, as of 12 October 2026, profile kmk. In 2026-Q3:

    KOTA     0.8375  (2 × 0.975 + 0.9 + 0.5) ÷ 4; coverage 0.6875; ARSIP declares no weight
    ├ DINKES 0.975   own roll-ups, equal weights: immunisation 84 of 80 = 1.05, deaths 22 of 20 = 0.9
    │ ├ PKM_A 0.95   (3 × 1.0 + 1 × 0.8) ÷ 4; in 2026-Q2 0.9125, in 2025-Q3 0.8375
    │ └ PKM_B 1.075  (3 × 1.1 + 1 × 1.0) ÷ 4
    ├ DISDIK 0.9     coverage 0.5: its yearly indicator has a target and no value yet
    ├ DPU    0.5     coverage 0.25: not rated
    └ ARSIP  –       no figures
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Organisation, Polarity, Unit
from kpi.periods import Period
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Definitions, Record

TOWN = "KOTA"
TODAY = date(2026, 10, 12)
QUARTERS = tuple(Period.parse("2025-Q1").shifted(step) for step in range(7))
YEARS = (Period.parse("2025"), Period.parse("2026"))
RISING = (64.0, 64.0, 68.0, 72.0, 72.0, 76.0, 80.0)

UNITS = {
    unit.unit_code: unit
    for unit in (
        Unit(TOWN, TOWN, "Kota Contoh"),
        Unit(TOWN, "DINKES", "Dinas Kesehatan", TOWN, weight_in_parent=2.0),
        Unit(TOWN, "DISDIK", "Dinas Pendidikan", TOWN, weight_in_parent=1.0),
        Unit(TOWN, "DPU", "Dinas Pekerjaan Umum", TOWN, weight_in_parent=1.0),
        Unit(TOWN, "ARSIP", "Dinas Arsip", TOWN),
        Unit(TOWN, "PKM_A", "Puskesmas A", "DINKES"),
        Unit(TOWN, "PKM_B", "Puskesmas B", "DINKES"),
    )
}
_MEAN = {"aggregation_over_periods": AggregationOverPeriods.MEAN, "aggregation_over_units": AggregationOverUnits.MEAN}
_SUM = {"aggregation_over_periods": AggregationOverPeriods.SUM, "aggregation_over_units": AggregationOverUnits.SUM}
INDICATORS = {
    indicator.indicator_code: indicator
    for indicator in (
        Indicator(TOWN, "IMUNISASI", "Imunisasi dasar lengkap", "%", Polarity.MAXIMIZE, "quarter", decimals=1, **_MEAN),
        Indicator(TOWN, "KEMATIAN", "Kematian ibu", "kasus", Polarity.MINIMIZE, "quarter", decimals=0, **_SUM),
        Indicator(TOWN, "APS", "Angka partisipasi sekolah", "%", Polarity.MAXIMIZE, "quarter", decimals=1, **_MEAN),
        Indicator(TOWN, "LULUS", "Angka kelulusan", "%", Polarity.MAXIMIZE, "year", decimals=1, **_MEAN),
        Indicator(TOWN, "SISWA", "Jumlah siswa", "orang", Polarity.NEUTRAL, "quarter", decimals=0, **_SUM),
        Indicator(TOWN, "JALAN", "Jalan mantap", "%", Polarity.MAXIMIZE, "quarter", decimals=1, **_MEAN),
        Indicator(TOWN, "JEMBATAN", "Jembatan mantap", "%", Polarity.MAXIMIZE, "quarter", decimals=1, **_MEAN),
    )
}
Series = tuple[str, str, tuple[Period, ...], tuple[float | None, ...], float | None, float | None]
SERIES: tuple[Series, ...] = (
    ("PKM_A", "IMUNISASI", QUARTERS, RISING, 80.0, 3.0),
    ("PKM_B", "IMUNISASI", QUARTERS, (88.0,) * 7, 80.0, 3.0),
    ("PKM_A", "KEMATIAN", QUARTERS, (12.0,) * 7, 10.0, 1.0),
    ("PKM_B", "KEMATIAN", QUARTERS, (10.0,) * 7, 10.0, 1.0),
    ("DISDIK", "APS", QUARTERS, (81.0,) * 7, 90.0, 1.0),
    ("DISDIK", "LULUS", YEARS, (95.0, None), 100.0, 1.0),
    ("DISDIK", "SISWA", QUARTERS, (5000.0,) * 7, None, None),
    ("DPU", "JALAN", QUARTERS, (50.0,) * 7, 100.0, 1.0),
    ("DPU", "JEMBATAN", QUARTERS, (None,) * 7, 100.0, 3.0),
)
"""Unit, indicator, periods, values (None = not reported), target and weight of each."""


def town() -> Definitions:
    """Return the definitions of the town."""
    return Definitions(Organisation(TOWN, "Kota Contoh", is_synthetic=True), UNITS, INDICATORS)


def figures() -> pa.Table:
    """Return its figures in the record's layout."""
    rows = [
        {
            "unit_code": unit,
            "indicator_code": indicator,
            "grain": period.grain.value,
            "period_start": period.start,
            "period_end": period.end,
            "value": value,
            "target": target,
            "weight": weight,
        }
        for unit, indicator, periods, values, target, weight in SERIES
        for period, value in zip(periods, values, strict=True)
    ]
    return pa.Table.from_pylist([{"line": line, **row} for line, row in enumerate(rows, start=2)], FIGURES)


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published store of the town; read only, shared by all tests."""
    store = tmp_path_factory.mktemp("town")
    with Record.opened(store, writing=True) as record:
        record.append(BatchHeader(TOWN, made_by="test", file_name="town.csv"), town(), figures())
    publish(store, today=TODAY)
    return store
