"""A place whose file number n says n everywhere, so that one look tells a whole import from a part or a mixture."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Sequence
from multiprocessing.context import ForkServerContext, ForkServerProcess
from multiprocessing.synchronize import Event as Stop
from pathlib import Path
from queue import Queue

from kpi.cli import main
from kpi.periods import Grain, Period
from kpi.store.record import Record
from kpi.store.snapshot import Snapshot

CODE = "TEMPAT"
UNITS = 40
MONTHS = 24
ROWS = UNITS * MONTHS
_FIRST = Period.parse("2024-01")
_HEADER = (
    "unit_code,unit_name,indicator_code,indicator_name,unit_of_measure,polarity,period_start,period_end,value,target"
)


def file_of(number: int, folder: Path) -> Path:
    """Write the file in which each unit reports `number` for each month."""
    rows = [_HEADER]
    for month in (_FIRST.shifted(step) for step in range(MONTHS)):
        ends = f"{month.start:%Y-%m-%d},{month.end:%Y-%m-%d}"
        rows += [f"U{unit:02d},Unit {unit},I,Indikator,%,maximize,{ends},{number},100" for unit in range(UNITS)]
    path = folder / f"file-{number:04d}.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def importing(store: Path, file: Path) -> list[str]:
    """Return the words that import and publish the file."""
    return ["import", str(file), "--organisation", CODE, "--create", "--store", str(store)]


def numbers_published(store: Path) -> set[float]:
    """Return the values that readers see now; one alone, and all rows of it, when nothing is torn."""
    facts = Snapshot.open(store).facts_arrow(CODE, grain=Grain.MONTH)
    own = facts.filter([code != CODE for code in facts["unit_code"].to_pylist()])
    assert len(own) == ROWS, f"{len(own)} rows of {ROWS} are published"
    return set(own["value"].to_pylist())


def last_batch(store: Path) -> tuple[int, int]:
    """Return the number of the record's newest batch, and how many of its rows were accepted."""
    with Record.opened(store, writing=False) as record:
        newest = record.batches()[-1]
    return newest.batch_number, newest.accepted


def read_on(store: str, stop: Stop, report: Queue[tuple[int, str]], pause: float = 0.02) -> None:
    """Read until told to stop; report how often, and the first reading that failed or was torn."""
    readings, newest = 0, 0.0
    try:
        while not stop.is_set():
            values = numbers_published(Path(store))
            if len(values) != 1 or max(values) < newest:
                report.put((readings, f"read {values} after {newest}"))
                return
            newest = max(values)
            readings += 1
            stop.wait(pause)
    except Exception as error:  # whatever a reader meets is the finding
        report.put((readings, repr(error)))
        return
    report.put((readings, "never failed"))


def context() -> ForkServerContext:
    """Return a way of starting processes that have our modules loaded, so that a kill hits work and not imports."""
    started = multiprocessing.get_context("forkserver")
    started.set_forkserver_preload(["kpi.cli.importing", "tests.survival.place"])
    return started


def started(words: Sequence[str], log: Path, *, context: ForkServerContext) -> ForkServerProcess:
    """Start `python -m kpi` with these words in a process of its own; what it says goes to `log`."""
    process = context.Process(target=_run, args=(list(words), str(log)))
    process.start()
    return process


def _run(words: list[str], log: str) -> None:
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(said, stream)
    sys.exit(main(words))
