"""Publishing: what readers see while it goes on, what is kept, and what was known before."""

from __future__ import annotations

import multiprocessing
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from kpi.errors import StoreError
from kpi.model import AggregationOverPeriods, AggregationOverUnits, Indicator, Polarity, Unit
from kpi.periods import Grain
from kpi.store.engine import sql
from kpi.store.publish import publish
from kpi.store.record import Record
from kpi.store.snapshot import Snapshot
from kpi.store.versions import current_version
from tests.store.building import CODE, TODAY, definitions, figure, published, record

UNITS = [Unit(CODE, code, code, CODE) for code in ("A", "B", "C")]
INDICATOR = Indicator(
    CODE, "I", "I", "people", Polarity.MAXIMIZE, "year",
    aggregation_over_periods=AggregationOverPeriods.MEAN, aggregation_over_units=AggregationOverUnits.MEAN,
)  # fmt: skip
KNOWN = definitions(UNITS, [INDICATOR])


def rows_of(value: float) -> list[dict[str, object]]:
    """The same value everywhere: a reader that sees two values has seen a mixture."""
    return [figure(unit.unit_code, "I", f"{year}", value) for unit in UNITS for year in range(2018, 2024)]


def test_without_a_record_or_a_snapshot_the_error_says_what_to_do(tmp_path):
    with pytest.raises(StoreError, match="no record to publish"):
        publish(tmp_path)
    with pytest.raises(StoreError, match=r"no snapshot yet\. Run `python -m kpi demo`"):
        Snapshot.open(tmp_path)


def test_publishing_the_same_state_for_the_same_day_gives_the_same_snapshot(tmp_path):
    record(tmp_path, KNOWN, rows_of(1.0))
    first = publish(tmp_path, today=TODAY)

    assert publish(tmp_path, today=TODAY) == first
    assert publish(tmp_path, today=TODAY + timedelta(days=1)).version != first.version
    assert publish(tmp_path, today=TODAY, force=True).version > first.version


def test_the_newest_snapshots_are_kept_and_names_sort(tmp_path):
    versions = []
    for value in (1.0, 2.0, 3.0, 4.0):
        record(tmp_path, KNOWN, rows_of(value))
        versions.append(publish(tmp_path, today=TODAY, keep=2).version)

    kept = sorted(path.stem for path in (tmp_path / "snapshots").glob("*.duckdb"))
    assert versions == sorted(versions)
    assert kept == versions[-2:]
    assert current_version(tmp_path) == versions[-1]
    assert sorted(path.name for path in (tmp_path / "snapshots").iterdir()) == sorted(
        [*(f"{v}.duckdb" for v in kept), "current"]
    )


def test_a_reader_that_holds_a_pruned_snapshot_goes_on_reading_it(tmp_path):
    held = published(tmp_path, KNOWN, rows_of(1.0))
    record(tmp_path, KNOWN, rows_of(2.0))
    publish(tmp_path, today=TODAY, keep=1)

    assert set(held.facts(CODE)["value"]) == {1.0}
    assert set(Snapshot.open(tmp_path, held.meta.version).facts(CODE)["value"]) == {1.0}
    assert set(Snapshot.open(tmp_path).facts(CODE)["value"]) == {2.0}
    with pytest.raises(StoreError, match="is not there"):
        Snapshot.open(tmp_path, "v000099-20200101T000000")


def test_what_was_known_on_a_day_can_be_published_beside_the_current_snapshot(tmp_path):
    record(tmp_path, KNOWN, rows_of(1.0))
    current = published(tmp_path, KNOWN, rows_of(2.0))
    yesterday = datetime.now(UTC).replace(tzinfo=None) - timedelta(days=1)
    _turn_back(tmp_path, yesterday)

    past = publish(tmp_path, today=TODAY, as_known_at=yesterday.date())

    assert past.record_version == 1
    assert set(Snapshot.open(tmp_path, past.version).facts(CODE)["value"]) == {1.0}
    assert current_version(tmp_path) == current.meta.version


def _turn_back(store: Path, then: datetime) -> None:
    """Write the record anew as if its first batch had been added at `then`."""
    old, new = store / "record.duckdb", store / "turned.duckdb"
    with duckdb.connect(str(new)) as book:
        book.execute(f"ATTACH '{old}' AS old (READ_ONLY)")
        book.execute(sql("record/schema"))
        book.execute(
            "INSERT INTO batch SELECT * REPLACE"
            " (CASE batch_number WHEN 1 THEN $then ELSE recorded_at END AS recorded_at)"
            " FROM old.batch ORDER BY batch_number",
            {"then": then},
        )
        for name in ("organisation", "unit", "indicator", "measurement", "target", "agreement"):
            book.execute(f"INSERT INTO {name} SELECT * FROM old.{name}")
    new.replace(old)


def test_a_withdrawn_batch_leaves_the_next_snapshot(tmp_path):
    record(tmp_path, KNOWN, rows_of(1.0))
    record(tmp_path, KNOWN, rows_of(2.0))
    with Record.opened(tmp_path, writing=True) as opened:
        opened.withdraw(2, made_by="a test", reason="wrong file")

    snapshot = Snapshot.open(tmp_path, publish(tmp_path, today=TODAY).version)

    assert set(snapshot.facts(CODE)["value"]) == {1.0}
    assert snapshot.batches(CODE)["is_withdrawn"].tolist() == [False, True, False]


def test_a_failed_publish_leaves_readers_what_they_have(tmp_path, monkeypatch):
    snapshot = published(tmp_path, KNOWN, rows_of(1.0))
    record(tmp_path, KNOWN, rows_of(2.0))
    monkeypatch.setenv("KPI_MEMORY", "1MB")

    with pytest.raises(StoreError, match="Readers keep the snapshot they have"):
        publish(tmp_path, today=TODAY)

    assert current_version(tmp_path) == snapshot.meta.version
    assert not (tmp_path / "snapshots" / ".making").exists()


def test_many_threads_read_one_snapshot_without_each_others_rows(tmp_path):
    rows = [figure(unit.unit_code, "I", "2024", float(place)) for place, unit in enumerate(UNITS)]
    snapshot = published(tmp_path, KNOWN, rows)

    def value_of(place: int) -> tuple[float, float]:
        unit = UNITS[place % 3].unit_code
        found = snapshot.facts(CODE, unit_codes=[unit], grain=Grain.YEAR)
        return float(found["value"].iloc[0]), float(place % 3)

    with ThreadPoolExecutor(8) as pool:
        assert all(found == wanted for found, wanted in pool.map(value_of, range(120)))


def test_a_snapshot_can_reach_no_other_file(tmp_path):
    snapshot = published(tmp_path, KNOWN, rows_of(1.0))

    for query in (
        "SELECT * FROM read_csv('/etc/hostname')",
        "SET enable_external_access = true",
        "CREATE TABLE x (i INT)",
    ):
        with snapshot._cursor() as cursor, pytest.raises(duckdb.Error):
            cursor.execute(query)


def _read_on(store: str, stop: multiprocessing.synchronize.Event, report: multiprocessing.queues.Queue) -> None:
    """Read until told to stop; report the number of readings, and the first that is wrong."""
    readings, versions = 0, set()
    try:
        while not stop.is_set():
            snapshot = Snapshot.open(Path(store))
            facts = snapshot.facts_arrow(CODE)
            values, batches = set(facts["value"].to_pylist()), set(facts["batch_number"].to_pylist())
            # batch n brings the value n to every unit and month: anything else is a mixture or a part
            if (
                values != {float(snapshot.meta.record_version)}
                or batches != {snapshot.meta.record_version}
                or len(facts) != 24
            ):
                report.put(
                    (readings, f"version {snapshot.meta}: values {values}, batches {batches}, {len(facts)} rows")
                )
                return
            versions.add(snapshot.meta.version)
            readings += 1
            stop.wait(0.01)  # leaves the publisher its share of the processor
    except Exception as error:
        report.put((readings, repr(error)))
        return
    report.put((readings, f"fine, {len(versions)} versions"))


def test_a_reader_never_sees_a_mixture_while_fifty_imports_are_published(tmp_path):
    record(tmp_path, KNOWN, rows_of(1.0))
    publish(tmp_path, today=TODAY, keep=1)
    context = multiprocessing.get_context("spawn")
    stop, report = context.Event(), context.Queue()
    reader = context.Process(target=_read_on, args=(str(tmp_path), stop, report))
    reader.start()
    began = time.monotonic()
    try:
        for number in range(2, 52):
            record(tmp_path, KNOWN, rows_of(float(number)))
            publish(tmp_path, today=TODAY, keep=1)
    finally:
        stop.set()
    readings, verdict = report.get(timeout=60)
    reader.join(60)
    print(f"50 publishes in {time.monotonic() - began:.0f} s, {readings} readings: {verdict}")

    assert verdict.startswith("fine")
    assert readings > 20
