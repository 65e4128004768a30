"""Holds two snapshots against each other, row by row, whatever made them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from kpi.store.engine import connect
from kpi.store.versions import path_of

SAYS_WHEN = {"meta"}
"""Says which file it is, so no two are alike."""


def rows_that_differ(store: Path, first: str, second: str) -> dict[str, int]:
    """Each table of the two snapshots in which something differs, with the count of rows; {} when they say the same.

    Numbers are the same to their last digit: no figure depends on the order in which others came.
    """
    with (
        connect(path_of(store, first), is_read_only=True) as one,
        connect(path_of(store, second), is_read_only=True) as other,
    ):
        names = _tables(one)
        assert names == _tables(other)
        counts = {name: _differing(_rows(one, name), _rows(other, name)) for name in names - SAYS_WHEN}
    return {name: count for name, count in counts.items() if count}


def row_counts(store: Path, version: str) -> dict[str, int]:
    """How many rows each table has."""
    with connect(path_of(store, version), is_read_only=True) as snapshot:
        return {name: len(_rows(snapshot, name)) for name in _tables(snapshot)}


def _tables(snapshot: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for (name,) in snapshot.execute("SELECT table_name FROM duckdb_tables()").fetchall()}


def _rows(snapshot: duckdb.DuckDBPyConnection, name: str) -> pa.Table:
    """All rows, sorted by all that isn't a measured number."""
    rows = snapshot.table(name).to_arrow_table()
    keys = [(field.name, "ascending") for field in rows.schema if not pa.types.is_floating(field.type)]
    return rows.sort_by(keys)


def _differing(one: pa.Table, other: pa.Table) -> int:
    if len(one) != len(other):
        return max(len(one), len(other))
    differs = np.zeros(len(one), dtype=bool)
    for name in one.column_names:
        left, right = one[name].combine_chunks(), other[name].combine_chunks()
        if pa.types.is_floating(left.type):
            here, there = left.to_numpy(False), right.to_numpy(False)
            differs |= (here != there) & ~(np.isnan(here) & np.isnan(there))
        elif not left.equals(right):
            differs |= np.array([a != b for a, b in zip(left.to_pylist(), right.to_pylist(), strict=True)], dtype=bool)
    return int(differs.sum())
