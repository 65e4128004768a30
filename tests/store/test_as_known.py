"""As known at: any earlier view comes back to the digit, is kept, and is made once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kpi.cli import main
from kpi.model import AggregationOverPeriods, Indicator, Polarity, Unit
from kpi.store.publish import as_known, publish
from kpi.store.record import BatchHeader, Record
from kpi.store.snapshot import current_version
from tests.store.building import CODE, definitions, figure, table

A = Unit(CODE, "A", "Dinas A", CODE)
I = Indicator(  # noqa: E741 - the indicator of every test here
    CODE,
    "I",
    "Indikator",
    polarity=Polarity.MAXIMIZE,
    grain="month",
    aggregation_over_periods=AggregationOverPeriods.SUM,
)
KNOWN = definitions([A], [I])
THEN, LATER = date(2026, 2, 10), date(2026, 3, 20)


def record_on(store: Path, day: date, *rows: dict[str, object]) -> None:
    with Record.opened(store, writing=True) as opened:
        at = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
        header = BatchHeader(CODE, made_by="x", reason="koreksi", recorded_at=at)
        opened.append(header, KNOWN, table(rows))


def withdraw(store: Path, batch_number: int) -> None:
    with Record.opened(store, writing=True) as opened:
        opened.withdraw(batch_number, "x", "salah")


@pytest.fixture
def store(tmp_path):
    record_on(tmp_path, THEN)
    record_on(tmp_path, THEN, *(figure("A", "I", f"2026-0{n}", 1.1 * n, target=2.0, weight=50.0) for n in (1, 2, 3)))
    return tmp_path


def exported(store: Path, capsys: pytest.CaptureFixture[str], what: str, *more: str) -> str:
    assert main(["export", what, *more, "--store", str(store)]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("what", ["facts", "scores", "measurements"])
@pytest.mark.parametrize("more", [[], ["--grain", "quarter"], ["--to-date"]], ids=["plain", "quarter", "to date"])
def test_an_export_as_known_at_a_day_is_the_export_of_that_day(store, capsys, what, more):
    if what == "measurements" and more:
        more = []
    publish(store, today=THEN)
    before = exported(store, capsys, what, *more)
    record_on(store, LATER, figure("A", "I", "2026-01", 7.0), figure("A", "I", "2026-04", 9.0, target=9.0))
    withdraw(store, 2)
    publish(store)

    assert exported(store, capsys, what, *more) != before
    assert exported(store, capsys, what, *more, "--as-known-at", "2026-02-10") == before


def test_a_view_of_the_past_is_made_once_and_anew_when_more_is_known_of_that_day(store):
    current = publish(store).version
    first = as_known(store, THEN)
    record_on(store, LATER, figure("A", "I", "2026-01", 7.0))

    assert as_known(store, THEN) is first
    assert first.meta.today == THEN
    assert as_known(store, LATER).meta.version != first.meta.version
    assert publish(store, as_known_at=THEN, force=True).version != first.meta.version
    assert current_version(store) == current


def test_an_early_day_is_not_pruned_for_the_sake_of_later_ones(store):
    record_on(store, LATER, figure("A", "I", "2026-01", 7.0))
    publish(store)
    for day in range(21, 24):
        publish(store, as_known_at=date(2026, 3, day), keep=3)

    assert publish(store, as_known_at=THEN, keep=3).as_known_at == THEN


def test_the_past_can_be_seen_before_anything_is_published(store):
    assert as_known(store, THEN).meta.record_version == 2
    assert as_known(store, date(2020, 1, 1)).organisations() == []
