"""Writes a snapshot's large tables, in parts that are sorted within the memory: a sort of all would spill."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple

import duckdb

from kpi.store.engine import sql

ROWS_AT_ONCE: Final = 2_000_000
"""Rows that are sorted together: half a gigabyte."""
_TABLES: Final = ("reported", "facts_by_unit", "facts_by_indicator")


class Span(NamedTuple):
    """A stretch of a table in its order: units or indicators by number, of some grains by their months."""

    first_months: int
    last_months: int
    first_id: int
    last_id: int


def write_figures(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the figures as they were reported, and the consolidated ones in both orders.

    From the working tables, into the snapshot that `connection` is making.
    """
    for table in _TABLES:
        sizes = connection.execute(sql(f"publish/sizes_of_{table}")).fetchall()
        for span in spans(sizes, ROWS_AT_ONCE):
            asked = span._asdict() if table == "facts_by_unit" else {"first_id": span.first_id, "last_id": span.last_id}
            connection.execute(sql(f"publish/write_{table}"), asked)


def spans(sizes: list[tuple[int, int, int]], at_most: int) -> Iterator[Span]:
    """Yield the stretches in which a table is written, in its order, each of few enough rows or of one number.

    `sizes`: months, number and count of rows, sorted. Where all of them are few enough, they are one stretch.
    """
    if sum(count for _, _, count in sizes) <= at_most:
        if sizes:
            numbers = [number for _, number, _ in sizes]
            yield Span(sizes[0][0], sizes[-1][0], min(numbers), max(numbers))
        return
    for months, of_grain in groupby(sizes, key=lambda size: size[0]):
        first, last, rows = None, 0, 0
        for _, number, count in of_grain:
            if first is not None and rows + count > at_most:
                yield Span(months, months, first, last)
                first, rows = None, 0
            first, last, rows = number if first is None else first, number, rows + count
        assert first is not None, "a group has a member"
        yield Span(months, months, first, last)
