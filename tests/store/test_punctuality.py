"""Punctuality: what is due, what came, what came in time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kpi.cli import main
from kpi.errors import UnknownCode
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Unit
from kpi.periods import Grain
from kpi.store.check import check
from kpi.store.publish import publish
from kpi.store.record import BatchHeader, Record
from kpi.store.snapshot import Snapshot
from tests.store.building import CODE, TODAY, definitions, figure, record, table

A = Unit(CODE, "A", "Dinas A", CODE)
B = Unit(CODE, "B", "Dinas B", CODE, valid_from=date(2025, 2, 1))
MONTHLY = [
    Indicator(CODE, code, code, grain="month", aggregation_over_periods=AggregationOverPeriods.SUM) for code in "IJ"
]
YEARLY = Indicator(CODE, "Y", "Tahunan")
COMPUTED = Indicator(CODE, "C", "Rasio", grain="month", numerator_indicator_code="I", denominator_indicator_code="J")
KNOWN = definitions([A, B], [*MONTHLY, YEARLY, COMPUTED])


def record_at(store: Path, at: str, *rows: dict[str, object]) -> int:
    with Record.opened(store, writing=True) as opened:
        batch = opened.append(
            BatchHeader(CODE, recorded_at=datetime.fromisoformat(at).replace(tzinfo=UTC)), KNOWN, table(rows)
        )
    assert batch is not None
    return batch.batch_number


def shown(store: Path, grain: Grain = Grain.MONTH) -> dict[tuple[str, str], list[object]]:
    found = Snapshot.open(store, publish(store, today=TODAY).version).punctuality(CODE, grain)
    return {
        (row.unit_code, f"{row.period_start:%Y-%m}"): [f"{row.due_on:%m-%d}", row.expected, row.reported, row.in_time]
        for row in found.itertuples()
    }


def both(unit: str, month: str, value: float) -> list[dict[str, object]]:
    return [figure(unit, "I", month, value), figure(unit, "J", month, 10.0)]


def test_figures_are_in_time_until_the_due_day_is_over(tmp_path):
    record_at(tmp_path, "2025-02-14T12:00", *both("A", "2025-01", 1.0))
    record_at(tmp_path, "2025-03-14T12:00", figure("A", "I", "2025-02", 1.0))
    record_at(tmp_path, "2025-03-20T12:00", figure("A", "J", "2025-02", 1.0), *both("B", "2025-02", 2.0))

    assert shown(tmp_path) == {
        ("A", "2025-01"): ["02-14", 2, 2, 2],
        ("A", "2025-02"): ["03-14", 2, 2, 1],
        ("B", "2025-02"): ["03-14", 2, 2, 0],
    }
    found = Snapshot.open(tmp_path).punctuality(CODE, Grain.MONTH).set_index(["unit_code", "period_start"])
    second = found.loc[("A", "2025-02-01")]
    assert (second["first_reported_at"].day, second["last_reported_at"].day) == (14, 20)
    assert check(tmp_path).is_sound


def test_a_missing_month_is_expected_and_one_before_the_units_life_is_not(tmp_path):
    record_at(tmp_path, "2025-02-03T00:00", *both("A", "2025-01", 1.0))
    record_at(tmp_path, "2025-03-03T00:00", *both("B", "2025-02", 1.0))

    assert shown(tmp_path) == {
        ("A", "2025-01"): ["02-14", 2, 2, 2],
        ("A", "2025-02"): ["03-14", 2, 0, 0],
        ("B", "2025-02"): ["03-14", 2, 2, 2],
    }


def test_a_correction_delays_nothing(tmp_path):
    record_at(tmp_path, "2025-02-03T00:00", figure("A", "I", "2025-01", 1.0))
    record_at(tmp_path, "2025-06-01T00:00", figure("A", "I", "2025-01", 2.0))

    assert shown(tmp_path)["A", "2025-01"] == ["02-14", 1, 1, 1]


def test_a_withdrawn_first_report_never_came(tmp_path):
    record_at(tmp_path, "2025-01-01T00:00")
    second = record_at(tmp_path, "2025-02-03T00:00", figure("A", "I", "2025-01", 1.0))
    record_at(tmp_path, "2025-06-01T00:00", figure("A", "I", "2025-01", 2.0))
    with Record.opened(tmp_path, writing=True) as opened:
        opened.withdraw(second, "x", "salah")

    assert shown(tmp_path)["A", "2025-01"] == ["02-14", 1, 1, 0]


def test_a_yearly_figure_is_due_after_the_year_alone(tmp_path):
    record_at(tmp_path, "2026-01-16T00:00", figure("A", "Y", "2025", 1.0), *both("A", "2025-12", 1.0))

    assert shown(tmp_path, Grain.YEAR) == {("A", "2025-01"): ["01-15", 1, 1, 0]}
    assert list(shown(tmp_path)) == [("A", "2025-12")]


def test_a_stated_deadline_moves_the_due_day(tmp_path, capsys):
    record_at(tmp_path, "2025-02-20T00:00", *both("A", "2025-01", 1.0))
    words = ["deadline", "set", "month", "15", "--organisation", CODE, "--store", str(tmp_path)]

    assert main(words) == 0
    assert main([*words[:3], "0", *words[4:]]) == 1
    assert "Give 1 to 250" in capsys.readouterr().err

    assert shown(tmp_path)["A", "2025-01"] == ["02-21", 2, 2, 2]
    with Record.opened(tmp_path, writing=True) as opened:
        assert opened.reporting_rules(CODE)[Grain.MONTH] == 15
        assert opened.reporting_rules(CODE)[Grain.YEAR] == 10
        assert opened.set_reporting_rule(CODE, Grain.MONTH, 15, "x") is None
        with pytest.raises(UnknownCode):
            opened.set_reporting_rule("NOPE", Grain.MONTH, 15, "x")


def test_a_series_that_was_given_up_is_missed_for_a_year_and_then_not_due(tmp_path):
    record_at(tmp_path, "2024-02-01T12:00", *both("A", "2024-01", 1.0))
    record_at(tmp_path, "2026-02-01T12:00", figure("A", "I", "2025-01", 1.0), figure("A", "I", "2026-01", 1.0))

    found = shown(tmp_path)

    assert [found["A", month][1:3] for month in ("2024-01", "2025-01", "2026-01")] == [[2, 2], [2, 1], [1, 1]]


def test_a_figure_that_units_below_bring_is_not_due_from_the_unit_above(tmp_path):
    below = Unit(CODE, "A1", "Bidang A1", "A")
    summed = Indicator(
        CODE,
        "I",
        "I",
        grain="month",
        aggregation_over_periods=AggregationOverPeriods.SUM,
        aggregation_over_units=AggregationOverUnits.SUM,
    )
    record(
        tmp_path,
        definitions([A, below], [summed]),
        [figure("A", "I", "2025-01", 1.0), figure("A1", "I", "2025-02", 2.0)],
    )

    found = shown(tmp_path)

    assert found["A", "2025-01"][1:3] == [1, 1]
    assert ("A", "2025-02") not in found
    assert found["A1", "2025-02"][1:3] == [1, 1]
