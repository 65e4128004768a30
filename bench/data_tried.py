"""Imports every real folder beside the project into one new store and prints the table of docs/data-tried.md."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kpi.access import LOCAL
from kpi.intake import ImportOptions, import_files
from kpi.store.record import Record

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "real"
FISCAL_YEARS = {"nyc-mmr-2016-2023": 7}
"""Folders whose organisation's year does not start in January."""


def main() -> None:
    """Print one row per folder with a data.csv, with what its import gave."""
    print("| folder | options | rows | units | indicators | grains | accepted | refused | again: unchanged |")
    print("|---|---|---:|---:|---:|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(REAL.glob("*/data.csv")):
            print(tried(path, Path(folder) / "store"))


def tried(path: Path, store: Path) -> str:
    """Import one file twice and return its row of the table."""
    code = path.parent.name
    starts = FISCAL_YEARS.get(code)
    options = ImportOptions(code, create=True, year_starts_in=starts)
    report = import_files(store, LOCAL, [path], options)
    again = import_files(store, LOCAL, [path], options)
    with Record.opened(store, writing=False) as record:
        known = record.definitions(code)
    assert known is not None
    grains = sorted({_named(indicator.grain, indicator.every_years) for indicator in known.indicators.values()})
    said = f"--create --year-starts-in {starts}" if starts else "--create"
    counts = [f"{report.rows:,}", f"{len(known.units) - 1:,}", f"{len(known.indicators):,}", ", ".join(grains)]
    outcome = [f"{report.accepted:,}", f"{report.rejected:,}", f"{again.unchanged:,}"]
    return f"| {' | '.join([code, said, *counts, *outcome])} |"


def _named(grain: str, every_years: int) -> str:
    return f"every {every_years} years" if every_years > 1 else grain


if __name__ == "__main__":
    main()
