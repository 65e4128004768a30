"""Publishing a district, beside DuckDB sorting the same figures once and writing them; seconds, ratio and peak memory.

    python bench/publishing.py FOLDER SIZE …

Each in a process of its own. The floor sorts the record's measurements, joined with their targets, by unit, indicator
and period, and writes them into a new file: what any publishing must do at least.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.sizes import SIZES, TODAY, made
from kpi.store.publish import publish

SORTED: Final = """CREATE TABLE figure AS
SELECT m.unit_code, m.indicator_code, m.period_start, m.period_end, m.value, t.target
FROM record.measurement AS m
LEFT JOIN record.target AS t USING (organisation_code, unit_code, indicator_code, grain, period_start)
ORDER BY m.unit_code, m.indicator_code, m.period_start"""


def main(folder: Path, names: list[str]) -> None:
    """Print a row per size."""
    print("| size | figures | publish s | processor s | sort and write s | processor s | ratio | peak memory GB |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    for name in names:
        store = made(folder, name)
        ours, our_work, memory = alone(published, store)
        theirs, their_work, _ = alone(sorted_once, store)
        print(
            f"| {name} | {SIZES[name].rows:,} | {ours:.1f} | {our_work:.1f} | {theirs:.2f} | {their_work:.2f} "
            f"| {our_work / their_work:.0f} | {memory / 1e9:.2f} |",
            flush=True,
        )


def published(store: Path) -> None:
    """Publish the whole record anew."""
    publish(store, today=TODAY, force=True)


def sorted_once(store: Path) -> None:
    """Sort the figures once and write them."""
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(str(Path(folder) / "sorted.duckdb")) as connection:
        connection.execute(f"ATTACH '{store / 'record.duckdb'}' AS record (READ_ONLY)")
        connection.execute(SORTED)


def alone(work: Callable[[Path], None], store: Path) -> tuple[float, float, int]:
    """Return seconds, processor seconds and peak memory of `work` in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        return pool.submit(measured, work, store).result()


def measured(work: Callable[[Path], None], store: Path) -> tuple[float, float, int]:
    """Return what `work` takes in the process that this runs in."""
    began, processor = time.perf_counter(), time.process_time()
    work(store)
    seconds, processor = time.perf_counter() - began, time.process_time() - processor
    return seconds, processor, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or ["S", "M"])
