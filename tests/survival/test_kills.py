"""`kill -9` at any moment of import and publish: the whole batch is there or nothing, and readers never fail."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from kpi.store.check import check
from tests.survival import place
from tests.survival.conftest import Tell


def _seconds_of_one_import(store: Path, folder: Path, context) -> float:
    began = time.monotonic()
    process = place.started(place.importing(store, place.file_of(2, folder)), folder / "said.txt", context=context)
    process.join(120)
    assert process.exitcode == 0, (folder / "said.txt").read_text()
    return time.monotonic() - began


def _kill_and_look(store: Path, folder: Path, number: int, moment: float, context) -> bool:
    """Kill the import of file `number` after `moment` seconds; check everything; return whether its batch is there."""
    before, _ = place.last_batch(store)
    file = place.file_of(number, folder)
    process = place.started(place.importing(store, file), folder / "said.txt", context=context)
    process.join(moment)
    process.kill()
    process.join(30)
    after, accepted = place.last_batch(store)
    assert after - before in (0, 1)
    assert after == before or accepted == place.ROWS, "a part of a batch is there"
    report = check(store)
    assert report.is_sound, report.lines()
    file.unlink()
    return after > before


def _survives(kills: int, tmp_path: Path, tell: Tell) -> None:
    store, chance, context = tmp_path / "store", random.Random(20261124), place.context()
    first = place.started(place.importing(store, place.file_of(1, tmp_path)), tmp_path / "said.txt", context=context)
    first.join(120)
    assert first.exitcode == 0, (tmp_path / "said.txt").read_text()
    whole = _seconds_of_one_import(store, tmp_path, context)
    stop, report = context.Event(), context.Queue()
    reader = context.Process(target=place.read_on, args=(str(store), stop, report))
    reader.start()
    try:
        there = [
            _kill_and_look(store, tmp_path, number, chance.uniform(0, whole * 1.1), context)
            for number in range(3, 3 + kills)
        ]
    finally:
        stop.set()
    readings, verdict = report.get(timeout=120)
    reader.join(60)
    assert verdict == "never failed"
    assert readings > kills
    last = place.started(place.importing(store, place.file_of(9999, tmp_path)), tmp_path / "said.txt", context=context)
    last.join(120)
    assert last.exitcode == 0, (tmp_path / "said.txt").read_text()
    assert place.numbers_published(store) == {9999.0}
    assert not [path for path in store.rglob("*") if path.name in (".making", "record.lock.holder")]
    tell(
        "kill -9 at random moments of import and publish",
        f"{kills} kills: {sum(there)} batches whole, {kills - sum(there)} not there, 0 in part; "
        f"{readings} readings meanwhile, none failed",
    )


def test_a_kill_leaves_the_whole_batch_or_nothing(tmp_path, tell):
    _survives(8, tmp_path, tell)


@pytest.mark.soak
def test_two_hundred_kills_leave_whole_batches_or_nothing(tmp_path, tell):
    _survives(200, tmp_path, tell)
