"""Scores ten million figures, and the same expression in Polars, in one run; prints the ratios and the peak memory.

Run: python bench/scoring.py [rows]. Goals: achievement and index alone at most 1.0 × Polars, with rating, status and
reason at most 2.0 ×, memory under 3 × the input. All use every core; runs are interleaved, and medians compared.
"""

import os
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kpi.model import POLARITY_CODE, Polarity
from kpi.scoring.figures import Figures
from kpi.scoring.index import Rules, score
from kpi.scoring.profile import load_profile
from kpi.scoring.table import BLOCK, score_arrow

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


def columns(table: pa.Table) -> Figures:
    """Return the figures as the rules take them."""
    words = table["polarity"].combine_chunks()
    codes = np.array([POLARITY_CODE[Polarity(word)] for word in words.dictionary.to_pylist()], np.int8)
    return Figures(table["value"].to_numpy(), table["target"].to_numpy(), codes.take(words.indices.to_numpy()))


def scored_alone(found: Figures, rules: Rules) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return achievement and index of each block; the verdict beside them costs what it costs."""

    def block(start: int) -> tuple[np.ndarray, np.ndarray]:
        workings = score(found.part(slice(start, start + BLOCK)), rules)
        return workings.achievement, workings.index

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(block, range(0, len(found), BLOCK)))


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


def joined(blocks: list[tuple[np.ndarray, np.ndarray]]) -> pa.Table:
    """Return the blocks as one table."""
    achievement, index = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    return pa.table({"achievement": achievement, "index": index})


def timed(work) -> tuple[float, object]:
    """Return the seconds that `work` takes, and its result."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def main(rows: int) -> None:
    """Measure and print."""
    if STATUS.exists():
        print(f"memory: {peak_memory(rows):.2f} × the input (goal: under 3)  ")
    table, profile = figures(rows), load_profile("kmk")
    frame = pl.DataFrame({"value": table["value"].to_numpy(), "target": table["target"].to_numpy()})
    frame = frame.with_columns(pl.from_arrow(table["polarity"]).cast(pl.Enum(POLARITIES)).alias("polarity"))
    found, rules = columns(table), Rules.of(profile)
    works = {
        "alone": lambda: scored_alone(found, rules),
        "all": lambda: score_arrow(table, profile),
        "Polars": lambda: frame.lazy().with_columns(polars_expression()).collect(),
    }
    seconds: dict[str, list[float]] = {name: [] for name in works}
    made = {}
    for _ in range(ROUNDS):
        for name, work in works.items():
            taken, made[name] = timed(work)
            seconds[name].append(taken)
    assert same(made["all"], made["Polars"]), "ours and Polars differ"
    assert same(joined(made["alone"]), made["Polars"]), "achievement and index alone differ from Polars"
    median = {name: statistics.median(of) for name, of in seconds.items()}
    print(f"{rows:,} rows: {', '.join(f'{name} {each * 1000:.0f} ms' for name, each in median.items())}  ")
    print(f"achievement and index alone: {median['alone'] / median['Polars']:.2f} × Polars (goal: at most 1.0)  ")
    print(f"with rating, status and reason: {median['all'] / median['Polars']:.2f} × Polars (goal: at most 2.0)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
