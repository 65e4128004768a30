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

FIGURES_AT_A_TIME: Final = 1_500_000
_DEFINED: Final = ("organisation", "unit", "indicator")
_COPIED: Final = (
    "agreement",
    "profile_choice",
    "event",
    "measurement",
    "target",
    "place",
    "batch_finding",
    "alias",
    "period_state",
    "restated",
    "reporting_rule",
    "statement",
    "commentary",
    "definition",
)
Progress = Callable[[float, str], object]


def copy_record(connection: duckdb.DuckDBPyConnection, known_before: object) -> None:
    """Copy what stood in the attached record before the instant `known_before` (None: all) into working tables."""
    copy_batches(connection, known_before)
    copy_definitions(connection)
    copy_figures(connection)


def copy_batches(connection: duckdb.DuckDBPyConnection, known_before: object) -> None:
    """Copy the batches up to the instant `known_before`, and note which of them stand."""
    for table in ("standing_batch", "batch"):
        connection.execute(sql(f"publish/copy_{table}"), {"known_before": known_before})


def copy_definitions(connection: duckdb.DuckDBPyConnection) -> None:
    """Copy organisations, units and indicators."""
    for table in _DEFINED:
        connection.execute(sql(f"publish/copy_{table}"))


def copy_figures(connection: duckdb.DuckDBPyConnection) -> None:
    """Copy figures, and all that is said beside them."""
    for table in _COPIED:
        connection.execute(sql(f"publish/copy_{table}"))


def consolidate(connection: duckdb.DuckDBPyConnection, progress: Progress) -> None:
    """Make the working tables `consolidated` and `finding` from those that `copy_record` left."""
    deepest = deepest_level(connection)
    make_tables(connection)
    expect(connection, deepest)
    groups = list(_groups_of_years(connection))
    for place, (first_year, last_year) in enumerate(groups):
        progress(place / len(groups), f"consolidating {first_year}–{last_year}")
        _consolidate_years(connection, first_year, last_year, deepest)


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make what is derived from the record (levels of states, computed values, carriers), and empty tables."""
    connection.execute(sql("publish/added_up"))
    for table in ("period_level", "computed", "carrier", "expectation_table", "finding_table", "consolidated_table"):
        connection.execute(sql(f"publish/{table}"))


def expect(connection: duckdb.DuckDBPyConnection, deepest: int) -> None:
    """Note what is expected of each unit, from its carriers and those below it."""
    for level in range(deepest, -1, -1):
        connection.execute(sql("publish/expect_from_children"), {"level": level})
        connection.execute(sql("publish/expect_of_units"), {"level": level})


def _consolidate_years(connection: duckdb.DuckDBPyConnection, first_year: int, last_year: int, deepest: int) -> None:
    connection.execute(sql("publish/fact_table"))
    connection.execute(sql("publish/own_figures"), {"first_year": first_year, "last_year": last_year})
    stated = {(level, months) for level, months in connection.execute(sql("publish/stated_grains")).fetchall()}
    made: set[tuple[int, int]] = set()
    for level in range(deepest, -1, -1):
        consolidate_level(connection, level, stated, made)
    connection.execute(sql("publish/to_date"))


def consolidate_level(
    connection: duckdb.DuckDBPyConnection, level: int, stated: set[tuple[int, int]], made: set[tuple[int, int]]
) -> None:
    """Add the figures of a level to `fact`, the finest grain first.

    `stated`: levels and lengths of periods in months that units state figures at; `made`: those that have facts, to
    which this level's are added.
    """
    for months in (MONTHS[grain] for grain in GRAINS):
        has_parts = (level + 1, months) in made or any((level, finer) in made for finer in range(1, months))
        if has_parts or (level, months) in stated:
            _consolidate_grain(connection, level, months)
            made.add((level, months))


def _consolidate_grain(connection: duckdb.DuckDBPyConnection, level: int, months: int) -> None:
    connection.execute(sql("publish/roll_up"), {"level": level, "months": months})
    connection.execute(sql("publish/candidate"), {"level": level, "months": months})
    for step in ("expected", "settle", "add_findings"):
        connection.execute(sql(f"publish/{step}"), {"months": months})


def deepest_level(connection: duckdb.DuckDBPyConnection) -> int:
    """Return how deep the deepest unit lies below its root."""
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
