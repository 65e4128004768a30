"""Consolidates the figures of the record: over periods, over units, to date. All in SQL; here is the order.

Everything that makes a figure lies within one organisation's year, so the work goes by groups of years, each small
enough for the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import duckdb

from kpi.periods import GRAINS, MONTHS
from kpi.store.engine import sql

FIGURES_AT_A_TIME: Final = 4_000_000
Progress = Callable[[float, str], object]


def copy_record(connection: duckdb.DuckDBPyConnection, known_before: object) -> None:
    """Copy what stood in the attached record before the instant `known_before` (None: all) into working tables."""
    for table in ("standing_batch", "batch"):
        connection.execute(sql(f"publish/copy_{table}"), {"known_before": known_before})
    for table in ("organisation", "unit", "indicator", "agreement", "profile_choice", "measurement", "target"):
        connection.execute(sql(f"publish/copy_{table}"))


def consolidate(connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    """Make the working tables `consolidated` and `finding` from those that `copy_record` left."""
    deepest = _deepest_level(connection)
    for table in ("computed", "carrier", "expectation_table", "finding_table", "consolidated_table"):
        connection.execute(sql(f"publish/{table}"))
    for level in range(deepest, -1, -1):
        connection.execute(sql("publish/expect_from_children"), {"level": level})
        connection.execute(sql("publish/expect_of_units"), {"level": level})
    groups = list(_groups_of_years(connection))
    for place, (first_year, last_year) in enumerate(groups):
        progress(place / len(groups), f"consolidating {first_year}–{last_year}")
        _consolidate_years(connection, first_year, last_year, deepest)


def _consolidate_years(connection: duckdb.DuckDBPyConnection, first_year: int, last_year: int, deepest: int) -> None:
    connection.execute(sql("publish/fact_table"))
    connection.execute(sql("publish/own_figures"), {"first_year": first_year, "last_year": last_year})
    for level in range(deepest, -1, -1):
        for grain in GRAINS:
            months = {"months": MONTHS[grain]}
            connection.execute(sql("publish/roll_up"), {"level": level, **months})
            connection.execute(sql("publish/candidate"), {"level": level, **months})
            connection.execute(sql("publish/expected"), months)
            connection.execute(sql("publish/settle"), months)
            connection.execute(sql("publish/add_findings"), months)
    connection.execute(sql("publish/to_date"))


def _deepest_level(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute(sql("publish/deepest_level")).fetchone()
    return int(row[0]) if row else 0


def _groups_of_years(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, int]]:
    """Yield first and last year of each group; a group is closed when it has enough figures."""
    first, last, figures = None, None, 0
    for year, count in connection.execute(sql("publish/year_sizes")).fetchall():
        if first is not None and last is not None and figures + count > FIGURES_AT_A_TIME:
            yield first, last
            first, figures = None, 0
        first, last, figures = (year if first is None else first), year, figures + count
    if first is not None and last is not None:
        yield first, last
