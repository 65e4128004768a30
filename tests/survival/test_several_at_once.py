"""Two imports at once, and readers during an import: one waits and goes on; nobody reads a mixture."""

from __future__ import annotations

import time
from multiprocessing.synchronize import Event as Stop
from pathlib import Path

import pytest

from kpi.errors import StoreError
from kpi.store.check import check
from kpi.store.record import Record
from tests.survival import place
from tests.survival.conftest import Tell


def _hold(store: str, ready: Stop, stop: Stop) -> None:
    with Record.opened(Path(store), writing=True):
        ready.set()
        stop.wait(60)


def test_of_two_imports_at_once_both_go_in_one_after_the_other(tmp_path):
    store, context = tmp_path / "store", place.context()
    processes = [
        place.started(
            place.importing(store, place.file_of(number, tmp_path)), tmp_path / f"{number}.txt", context=context
        )
        for number in (1, 2)
    ]
    for process in processes:
        process.join(120)

    assert [process.exitcode for process in processes] == [0, 0], [path.read_text() for path in tmp_path.glob("*.txt")]
    assert place.last_batch(store) == (2, place.ROWS)
    assert len(place.numbers_published(store)) == 1
    assert check(store).is_sound


def test_who_waits_in_vain_is_told_who_holds_the_record(tmp_path):
    store, context = tmp_path / "store", place.context()
    ready, stop = context.Event(), context.Event()
    holder = context.Process(target=_hold, args=(str(store), ready, stop))
    holder.start()
    try:
        assert ready.wait(60)
        with (
            pytest.raises(StoreError, match=rf"in use by process {holder.pid} \("),
            Record.opened(store, writing=True, wait_seconds=0.2),
        ):
            pass
    finally:
        stop.set()
        holder.join(60)


def _read_by(readers: int, imports: int, tmp_path: Path) -> int:
    """Import `imports` files while `readers` processes read; return their readings together."""
    store, context = tmp_path / "store", place.context()
    first = place.started(place.importing(store, place.file_of(1, tmp_path)), tmp_path / "1.txt", context=context)
    first.join(120)
    stop, report = context.Event(), context.Queue()
    words = (str(store), stop, report, 0.05 * readers)
    processes = [context.Process(target=place.read_on, args=words) for _ in range(readers)]
    for process in processes:
        process.start()
    try:
        for number in range(2, 2 + imports):
            log = tmp_path / f"{number}.txt"
            process = place.started(place.importing(store, place.file_of(number, tmp_path)), log, context=context)
            process.join(300)
            assert process.exitcode == 0, log.read_text()
    finally:
        stop.set()
    found = [report.get(timeout=120) for _ in processes]
    for process in processes:
        process.join(60)
    assert {verdict for _, verdict in found} == {"never failed"}, found
    return sum(readings for readings, _ in found)


def test_an_import_while_three_read_disturbs_nobody(tmp_path):
    assert _read_by(3, 2, tmp_path) >= 3


@pytest.mark.soak
def test_imports_while_twenty_read_disturb_nobody(tmp_path, tell: Tell):
    began = time.monotonic()
    readings = _read_by(20, 10, tmp_path)

    tell(
        "imports while 20 readers read",
        f"10 imports in {time.monotonic() - began:.0f} s, {readings} readings meanwhile, none failed, none mixed",
    )
