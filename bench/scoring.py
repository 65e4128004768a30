"""Scores ten million figures, and the same expression in Polars, in one run; prints the ratio and the peak memory.

Run: python bench/scoring.py [rows]. Goals: at most 1.5 × Polars for achievement and index, memory under 3 × the input.
Ours also finds rating, status and reason. Both use every core; runs are interleaved, and medians compared.
"""

import statistics
import sys
import time
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_arrow

ROUNDS = 7
POLARITIES = ["maximize", "minimize", "stabilize", "neutral"]
STATUS = Path("/proc/self/status")


def figures(rows: int) -> pa.Table:
    """Return figures as the store hands them over: 5 % without a value, 2 % without a target, 1 % with target 0."""
    chance = np.random.default_rng(7)
    target = chance.integers(1, 20_000, rows) / 100
    value = target * chance.normal(0.95, 0.2, rows)
    value[chance.random(rows) < 0.05] = np.nan
    at = chance.random(rows)
    target[at < 0.02], target[at > 0.99] = np.nan, 0.0
    polarity = chance.choice(4, rows, p=[0.6, 0.3, 0.05, 0.05]).astype(np.int8)
    words = pa.DictionaryArray.from_arrays(pa.array(polarity), pa.array(POLARITIES))
    return pa.table({"value": value, "target": target, "polarity": words})


def polars_expression() -> list[pl.Expr]:
    """Return achievement and index under kmk (no ranges, worst values or scales), as a Polars user writes them."""
    r, t, way = pl.col("value"), pl.col("target"), pl.col("polarity")
    achievement = (
        pl.when(t.is_nan() | r.is_nan())
        .then(None)
        .when((way == "maximize") & (t > 0))
        .then(r / t)
        .when((way == "maximize") & (t < 0))
        .then(1 + (1 - r / t))
        .when((way == "minimize") & (t > 0))
        .then((2 * t - r) / t)
        .when((way == "stabilize") & (t > 0))
        .then(pl.min_horizontal(r / t, 2 - r / t))
        .otherwise(None)
    )
    index = pl.when(way == "stabilize").then(None).otherwise(achievement).clip(0.0, 1.2)
    return [achievement.alias("achievement"), index.alias("index")]


def memory(field: str) -> int:
    """Return a field of this process's status in bytes."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024


def peak_memory(rows: int) -> float:
    """Return the peak while scoring (input, scores and all in between), relative to the input."""
    profile, before = load_profile("kmk"), memory("VmRSS")
    table = figures(rows)
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here on
    scored = score_arrow(table, profile)
    assert scored.num_rows == rows
    return (memory("VmHWM") - before) / table.nbytes


def same(ours: pa.Table, theirs: pl.DataFrame) -> bool:
    """Tell whether both found the same figures."""
    pairs = [(ours[name].to_numpy(), theirs[name].to_numpy()) for name in ("achievement", "index")]
    return all(np.allclose(one, other, equal_nan=True, rtol=1e-12) for one, other in pairs)


def timed(work) -> tuple[float, object]:
    """Return the seconds that `work` takes, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def main(rows: int) -> None:
    """Measure and print."""
    if STATUS.exists():
        print(f"memory: {peak_memory(rows):.2f} × the input (goal: under 3)")
    table, profile = figures(rows), load_profile("kmk")
    frame = pl.DataFrame({"value": table["value"].to_numpy(), "target": table["target"].to_numpy()})
    frame = frame.with_columns(pl.from_arrow(table["polarity"]).cast(pl.Enum(POLARITIES)).alias("polarity"))
    ours, theirs = [], []
    for _ in range(ROUNDS):
        seconds, found = timed(lambda: score_arrow(table, profile))
        ours.append(seconds)
        seconds, reference = timed(lambda: frame.lazy().with_columns(polars_expression()).collect())
        theirs.append(seconds)
    assert same(found, reference), "ours and Polars differ"
    one, other = statistics.median(ours), statistics.median(theirs)
    print(f"{rows:,} rows: ours {one * 1000:.0f} ms, Polars {other * 1000:.0f} ms")
    print(f"ratio: {one / other:.2f} × Polars (goal: at most 1.5)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
