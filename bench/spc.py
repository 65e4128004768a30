"""Control charts of 100,000 series of 60 points: rows per second, and the ratio to a plain NumPy pass over the same.

The floor is what any such chart must do at least: the mean of each series and the mean absolute step. Goal: ratio ≤ 15.
Both run in turns in one process; the medians are compared, so that a busy machine slows both.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kpi.analysis.spc import verdict, xmr

SERIES, POINTS, ROUNDS, GOAL = 100_000, 60, 7, 15.0


def seconds(run: Callable[[], object]) -> float:
    """Time one call."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def main() -> None:
    """Print one line per measured function."""
    values = np.random.default_rng(20260901).normal(50.0, 5.0, (SERIES, POINTS))
    runs: dict[str, Callable[[], object]] = {
        "plain mean and difference": lambda: (values.mean(axis=1), np.abs(np.diff(values, axis=1)).mean(axis=1)),
        "xmr": lambda: xmr(values, target=52.0),
        "verdict": lambda: verdict(values, target=52.0),
    }
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            taken[name].append(seconds(run))
    floor = statistics.median(taken["plain mean and difference"])
    for name, times in taken.items():
        median = statistics.median(times)
        goal = f" (goal ≤ {GOAL:.0f})" if name == "xmr" else ""
        print(f"{name}: {median:.3f} s, {SERIES * POINTS / median:,.0f} rows/s, ratio {median / floor:.1f}{goal}")


if __name__ == "__main__":
    main()
