"""Imports a tidy CSV, checks and all, beside DuckDB's own COPY of the same file into a bare table; prints the ratio.

Run: python bench/intake.py [rows [rounds]]; 5000000 is the whole. Goals there: at most 4 × COPY, memory under 2 GB.
Publishing is not included. Both write to a new file on disk, each time in a process of its own that has loaded its
modules, in turns; medians are compared. Processor seconds are told beside, for a machine that does other things too.
"""

from __future__ import annotations

import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeVar

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as pv

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kpi.access import LOCAL
from kpi.intake import ImportOptions, import_files
from kpi.periods import Period

UNITS: Final = 1_000
INDICATORS: Final = 50
ROWS, ROUNDS = 250_000, 3
T = TypeVar("T")
BARE: Final = """CREATE TABLE figure (
    unit_code VARCHAR, unit_name VARCHAR, indicator_code VARCHAR, indicator_name VARCHAR, unit_of_measure VARCHAR,
    polarity VARCHAR, period_start DATE, period_end DATE, value DOUBLE, target DOUBLE
)"""


def write(rows: int, file: Path) -> None:
    """Write the file, the same each time: month after month, every indicator of every unit, a value and a target."""
    chance, month = np.random.default_rng(7), Period.parse("2015-01")
    units = np.repeat(np.arange(UNITS), INDICATORS)
    indicators = np.tile(np.arange(INDICATORS), UNITS)
    fixed = {
        "unit_code": [f"U{unit:04d}" for unit in units],
        "unit_name": [f"Kabupaten {unit}" for unit in units],
        "indicator_code": [f"IKU-{indicator:02d}" for indicator in indicators],
        "indicator_name": [f"Indikator kinerja {indicator}" for indicator in indicators],
        "unit_of_measure": ["Persen" if indicator % 2 else "Dokumen" for indicator in indicators],
        "polarity": ["lower" if indicator % 5 == 0 else "higher" for indicator in indicators],
    }
    level = chance.uniform(20, 80, len(units))
    with file.open("wb") as stream:
        for start in range(0, rows, len(units)):
            days: dict[str, list[date]] = {
                "period_start": [month.start] * len(units),
                "period_end": [month.end] * len(units),
            }
            numbers = {"value": level + chance.normal(0, 5, len(units)), "target": level + 5}
            table = pa.table({**fixed, **days, **{name: found.round(2) for name, found in numbers.items()}})
            options = pv.WriteOptions(include_header=start == 0, quoting_style="none")
            pv.write_csv(table.slice(0, rows - start), stream, options)
            month = month.shifted(1)


def imported(file: Path, folder: Path) -> int:
    """Import the file into a new record; return the rows accepted."""
    report = import_files(folder / "store", LOCAL, [file], ImportOptions("BANGKU", create=True))
    assert not report.is_refused, report.errors[:3]
    return report.accepted


def copied(file: Path, folder: Path) -> int:
    """Copy the file into a bare table of a new database; return the rows."""
    with duckdb.connect(str(folder / "bare.duckdb")) as connection:
        connection.execute(BARE)
        connection.execute("COPY figure FROM $file (HEADER)", {"file": str(file)})
        found = connection.execute("SELECT COUNT(*) FROM figure").fetchone()
    assert found is not None
    return found[0]


@dataclass(frozen=True, slots=True)
class Run:
    """What one run took: seconds, those of the processor, and the peak memory in bytes of its process."""

    rows: int
    seconds: float
    processor: float
    memory: int


def measured(work: Callable[[Path, Path], int], file: Path) -> Run:
    """Return what `work` takes in the process that this runs in."""
    with tempfile.TemporaryDirectory() as folder:
        began, processor = time.perf_counter(), time.process_time()
        rows = work(file, Path(folder))
        seconds, processor = time.perf_counter() - began, time.process_time() - processor
    return Run(rows, seconds, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


def alone(work: Callable[..., T], *given: object) -> T:
    """Run `work` in a new process, so that nothing of another lies in its memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:  # spawned, DuckDB would draw progress bars
        return pool.submit(work, *given).result()


def main(rows: int, rounds: int) -> None:
    """Measure and print."""
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.csv"
        alone(write, rows, file)
        print(f"{rows:,} rows, {file.stat().st_size / 1e6:.0f} MB")
        for _ in range(rounds):
            ours.append(alone(measured, imported, file))
            theirs.append(alone(measured, copied, file))
    assert {run.rows for run in (*ours, *theirs)} == {rows}, "not every row arrived"
    one, other = (statistics.median(run.seconds for run in runs) for runs in (ours, theirs))
    busy, other_busy = (statistics.median(run.processor for run in runs) for runs in (ours, theirs))
    print(f"import {one:.1f} s ({busy:.1f} s of the processor), COPY {other:.1f} s ({other_busy:.1f} s)")
    print(f"ratio: {one / other:.2f} × COPY (goal: at most 4); {busy / other_busy:.2f} × in processor time")
    print(f"memory: {max(run.memory for run in ours) / 1e9:.2f} GB (goal: under 2)")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*(given + [ROWS, ROUNDS][len(given) :]))
