"""Publishing a district, beside DuckDB sorting the same figures once and writing them; seconds, ratio and peak memory.

    python bench/publishing.py FOLDER SIZE …

Each in a process of its own. The floor sorts the record's measurements, joined with their targets, by unit, indicator
and period, and writes them into a new file: what any publishing must do at least. Then the figures of one unit and
month are corrected, and what publishing that takes, in a copy of the store.
"""

from __future__ import annotations

import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.sizes import CODE, SIZES, TODAY, made
from kpi.periods import Period
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Record
from kpi.store.versions import current_version, path_of

SORTED: Final = """CREATE TABLE figure AS
SELECT m.unit_code, m.indicator_code, m.period_start, m.period_end, m.value, t.target
FROM record.measurement AS m
LEFT JOIN record.target AS t USING (organisation_code, unit_code, indicator_code, grain, period_start)
ORDER BY m.unit_code, m.indicator_code, m.period_start"""


def main(folder: Path, names: list[str]) -> None:
    """Print a row per size."""
    print(
        "| size | figures | publish s | processor s | sort and write s | processor s | ratio | peak memory GB "
        "| after one unit and month s | processor s | peak memory GB |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    for name in names:
        store = made(folder, name)
        ours, our_work, memory = alone(published, store)
        theirs, their_work, _ = alone(sorted_once, store)
        again, again_work, again_memory = after_an_import(store)
        print(
            f"| {name} | {SIZES[name].rows:,} | {ours:.1f} | {our_work:.1f} | {theirs:.2f} | {their_work:.2f} "
            f"| {our_work / their_work:.0f} | {memory / 1e9:.2f} "
            f"| {again:.2f} | {again_work:.2f} | {again_memory / 1e9:.2f} |",
            flush=True,
        )


def published(store: Path) -> None:
    """Publish the whole record anew."""
    publish(store, today=TODAY, force=True)


def after_an_import(store: Path) -> tuple[float, float, int]:
    """Return what publishing takes once one unit's figures of the last month are corrected, in a copy of the store."""
    with tempfile.TemporaryDirectory(dir=store.parent) as folder:
        copy = Path(folder)
        (copy / "snapshots").mkdir()
        shown = path_of(store, current_version(store))
        for path in (store / "record.duckdb", store / "snapshots" / "current", shown):
            shutil.copyfile(path, copy / path.relative_to(store))
        alone(corrected, copy)
        return alone(published_again, copy)


def corrected(store: Path) -> None:
    """Correct the figures of one unit and month, of all indicators."""
    month = Period.parse(f"{TODAY.year - 1}-12")
    with Record.opened(store, writing=True) as record:
        known = record.definitions(CODE)
        assert known is not None, "the bench has made it"
        rows = [
            {"line": line, "unit_code": "U0001", "indicator_code": code, "grain": month.grain.value,
             "period_start": month.start, "period_end": month.end, "value": 61.0 + line}
            for line, code in enumerate(sorted(known.indicators), 2)
        ]  # fmt: skip
        header = BatchHeader(CODE, made_by="bench", reason="a correction")
        record.append(header, known, pa.Table.from_pylist(rows, schema=FIGURES), may_change_locked=True)


def published_again(store: Path) -> None:
    """Publish what changed in the record."""
    publish(store, today=TODAY)


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
