"""Runs every bench and writes docs/performance.md: `make bench`, or `python -m bench`.

`--short` runs each on a tiny district and writes build/performance.md: that they run and are right, not how fast.
`--sizes S M L` chooses the districts (default S and M).
"""

from __future__ import annotations

import argparse
import importlib.metadata
import io
import os
import platform
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from bench import growth, intake, pages, publishing, reports, scoring, sessions, spc, starting, where
from bench.sizes import SIZES, made

ROOT: Final = Path(__file__).resolve().parents[1]
NAMED: Final = ("streamlit", "duckdb", "pandas", "numpy", "plotly", "polars", "playwright")
Part = tuple[str, Callable[[], object]]


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--sizes", nargs="+", choices=sorted(SIZES), default=["S", "M"])
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench", help="where the districts are made")
    parser.add_argument("--out", type=Path, default=None)
    parser.add_argument("--rounds", type=int, default=5, help="visits to each page")
    parser.add_argument("--seconds", type=int, default=60, help="for each crowd of readers")
    parser.add_argument("--only", nargs="+", default=[""], help="parts whose titles begin so")
    asked = parser.parse_args()
    out = asked.out or (ROOT / "build" if asked.short else ROOT / "docs") / "performance.md"
    parts = short(asked.folder) if asked.short else whole(asked.folder, asked.sizes, asked.rounds, asked.seconds)
    out.parent.mkdir(parents=True, exist_ok=True)
    asked_for = f"- Visits to each page: {asked.rounds}, of three choices each; seconds of each crowd: {asked.seconds}"
    written = [f"{heading()}\n{asked_for}"]
    for title, work in parts:
        if title.startswith(tuple(asked.only)):
            written.append(said(title, work))
            out.write_text("\n\n".join(written) + "\n", encoding="utf-8")  # what is measured stands, whatever comes
    print(out)


def whole(folder: Path, sizes: list[str], rounds: int, seconds: int) -> list[Part]:
    """Return the parts of the whole document."""
    parts: list[Part] = []
    for name in sizes:
        store, units = made(folder, name), SIZES[name].units
        parts += [
            (f"Pages in a browser, size {name}", partial(pages.main, store, units, rounds)),
            (f"Where the time of a choice goes, size {name}", partial(where.main, store, rounds)),
            (f"From the command to the first chart, size {name}", partial(starting.main, store, units, rounds)),
            (f"Many readers, size {name}", partial(sessions.main, store, sessions.CROWDS, seconds)),
        ]
    return [
        *parts,
        ("Growth: the server's part of a page", lambda: growth.main(folder, sizes)),
        ("Publishing", lambda: publishing.main(folder, sizes)),
        ("Scoring", lambda: scoring.main(10_000_000)),
        ("Control charts", spc.main),
        ("Reading files", lambda: intake.main(1_000_000, 3)),
        ("Reports", reports.main),
    ]


def short(folder: Path) -> list[Part]:
    """Return the same parts on a tiny district; the browser shows one page."""
    return [
        ("Pages in a browser", lambda: pages.main(made(folder, "tiny"), 4, 1, ["Gaps"])),
        ("Where the time of a choice goes", lambda: where.main(made(folder, "tiny"), 1, ["Gaps"])),
        ("From the command to the first chart", lambda: starting.main(made(folder, "tiny"), 4, 1)),
        ("Many readers", lambda: sessions.main(made(folder, "tiny"), [(3, 2)], 0)),
        ("Publishing", lambda: publishing.main(folder, ["tiny"])),
        ("Scoring", lambda: scoring.main(20_000)),
    ]


def said(title: str, work: Callable[[], object]) -> str:
    """Return a part of the document: what a bench prints under its title, and what it is from its own description."""
    print(title, "…", file=sys.stderr, flush=True)
    with redirect_stdout(io.StringIO()) as printed:
        work()
    text = printed.getvalue().strip()
    return f"## {title}\n\n{text if text.startswith('|') else text.replace(chr(10), '  ' + chr(10))}"


def heading() -> str:
    """Return the head of the document: when, where, with what."""
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in NAMED)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        "# Performance\n\nWritten by `make bench`. Figures are medians, each beside its floor in the same run.\n\n"
        f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB, "
        f"Python {platform.python_version()}, load average at the start {load}\n- {versions}\n"
        "- S: 40 units × 60 indicators × 60 months; M: 500 × 60 × 60; L: 5,000 × 60 × 120 (`bench/sizes.py`)"
    )


if __name__ == "__main__":
    main()
