"""Makes a snapshot out of the current one: redoes what newer batches touched, by the same SQL, and keeps the rest.

Within a year of an organisation, an indicator depends on nothing but itself and what it is computed from; so the units
with a changed figure are made again for these indicators and years, and the units above them, whose other parts are
taken from the current snapshot. What reaches further (units, definitions, weights, profiles, states, deadlines, another
month, another program) is for `kpi.store.publish` to make anew; `updated` says so by returning None.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import duckdb

from kpi.errors import StoreError
from kpi.messages import Message
from kpi.model import SnapshotMeta
from kpi.store.consolidation import (
    Progress,
    consolidate_level,
    copy_batches,
    copy_definitions,
    copy_figures,
    deepest_level,
    expect,
    make_tables,
)
from kpi.store.engine import connect, connect_for_making, sql
from kpi.store.indices import update_scores
from kpi.store.lock import held
from kpi.store.meta import made_with, write_meta
from kpi.store.opening import LOCK_NAME
from kpi.store.placing import WAIT_FOR_RECORD, put_in_place
from kpi.store.punctuality import write_punctuality
from kpi.store.versions import current_version, new_version, path_of

_FIGURES_AT_MOST: Final = 50_000
"""Where more changed, little is left to keep."""
_WRITTEN: Final = (
    "update/clear",
    "publish/write_small",
    "publish/write_reported",
    "publish/write_facts_by_unit",
    "publish/write_facts_by_indicator",
    "publish/write_commentary",
    "update/write_period",
    "publish/write_finding",
    "publish/write_origin",
    "publish/write_restatement",
)


@dataclass(frozen=True, slots=True)
class Base:
    """The snapshot that is gone on with, and its file."""

    meta: SnapshotMeta
    path: Path


def updated(store: Path, making: Path, today: date, keep: int, report: Progress) -> SnapshotMeta | None:
    """Publish by redoing what was touched since the current snapshot; None, and nothing done, where that can't be.

    Returns the current snapshot when it shows the same already. Raises StoreError when the record stays locked, and
    duckdb.Error for what DuckDB refuses.
    """
    base = _base(store, today)
    if base is None:
        return None
    made = making / "snapshot.duckdb"
    connection = connect_for_making(making / "update.duckdb")
    try:
        report(0.0, "reading the record")
        with held(store / LOCK_NAME, WAIT_FOR_RECORD):
            connection.execute(sql("publish/attach"))
            record_version = _number(connection, "publish/record_version", known_before=None)
            if (record_version, today) == (base.meta.record_version, base.meta.today):
                return base.meta
            if record_version < base.meta.record_version or not _copied(connection, base.meta.record_version):
                return None
        report(0.1, "copying the snapshot")
        _copy_file(base.path, made)
        connection.execute(sql("update/attach_snapshot"))
        if any(cases for _, cases in connection.execute(sql("update/obstacles")).fetchall()):
            made.unlink()
            return None
        now = datetime.now(UTC)
        meta = SnapshotMeta(new_version(store, record_version, now, None), record_version, now, today, None)
        _fill(connection, meta, report)
    finally:
        connection.close()
    placed = put_in_place(store, made, meta, keep)
    report(1.0, "published what was touched")
    return placed


def _base(store: Path, today: date) -> Base | None:
    """Return the current snapshot where this program made it, for a day of the same month: no period ended since."""
    try:
        path = path_of(store, current_version(store))
        with connect(path, is_read_only=True) as connection:
            *columns, program = connection.execute(sql("update/base")).fetchall()[0]
    except (StoreError, duckdb.Error):  # none yet, or of another version of this program
        return None
    version, record_version, published_at, shown, as_known_at = columns
    meta = SnapshotMeta(version, record_version, published_at.replace(tzinfo=UTC), shown, as_known_at)
    is_same_month = (shown.year, shown.month) == (today.year, today.month)
    return Base(meta, path) if program == made_with() and is_same_month and as_known_at is None else None


def _copied(connection: duckdb.DuckDBPyConnection, since: int) -> bool:
    """Copy what the record says of touched units into the working tables; False where more than figures changed."""
    connection.execute(sql("update/changed_batch"), {"since": since})
    far_reaching, figures = connection.execute(sql("update/changes")).fetchall()[0]
    if far_reaching or figures > _FIGURES_AT_MOST:
        return False
    connection.execute(sql("publish/grain_length"))
    copy_batches(connection, None)
    copy_definitions(connection)
    for step in ("touched", "redone_unit", "redone_indicator", "scope"):
        connection.execute(sql(f"update/{step}"))
    copy_figures(connection)
    connection.execute(sql("publish/detach_record"))
    connection.execute("SET threads = 1")
    return True


def _fill(connection: duckdb.DuckDBPyConnection, meta: SnapshotMeta, report: Progress) -> None:
    report(0.3, "consolidating what was touched")
    connection.execute(sql("publish/cut"), {"today": meta.today})
    _consolidate(connection)
    report(0.6, "writing the snapshot")
    for step in ("publish/presented", "update/period_now", "update/changed_period"):
        connection.execute(sql(step))
    _write(connection, meta)
    report(0.8, "scoring units")
    connection.begin()
    connection.execute(sql("update/clear_scores"))
    connection.execute("USE snapshot")
    update_scores(connection)
    connection.commit()
    report(0.95, "checking")
    broken = [rule for rule, cases in connection.execute(sql("check/updated_rules")).fetchall() if cases]
    if broken:
        text = "The new snapshot breaks a rule ({rule}); it was not published. Report this."
        raise StoreError(text, rule=Message(broken[0]))
    connection.execute(sql("update/detach_snapshot"))


def _write(connection: duckdb.DuckDBPyConnection, meta: SnapshotMeta) -> None:
    connection.begin()
    for query in _WRITTEN:
        connection.execute(sql(query))
    write_meta(connection, meta)
    connection.commit()
    connection.execute(sql("update/add_unchanged"))
    connection.begin()
    connection.execute(sql("publish/write_reporting"))
    write_punctuality(connection)
    connection.commit()
    if connection.execute(sql("update/new_spans")).fetchall():
        connection.execute(sql("update/reported_years"))
        connection.begin()
        write_punctuality(connection, "update/new_spans")
        connection.commit()


def _consolidate(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `consolidated` and `finding` of the redone units, indicators and years."""
    make_tables(connection)
    changed = _number(connection, "update/changed_carriers")
    connection.execute(sql("update/redone"), {"all_years": changed > 0})
    connection.execute(sql("update/add_carriers"))
    deepest = deepest_level(connection)
    expect(connection, deepest)
    for step in ("drop_carriers", "known_fact"):
        connection.execute(sql(f"update/{step}"))
    for first_year, last_year in _runs(year for _, year in connection.execute(sql("update/redone_years")).fetchall()):
        _consolidate_years(connection, first_year, last_year, deepest)


def _consolidate_years(connection: duckdb.DuckDBPyConnection, first_year: int, last_year: int, deepest: int) -> None:
    span = {"first_year": first_year, "last_year": last_year}
    connection.execute(sql("publish/fact_table"))
    connection.execute(sql("publish/own_figures"), span)
    connection.execute(sql("update/keep_redone"))
    stated = set(connection.execute(sql("publish/stated_grains")).fetchall())
    made: set[tuple[int, int]] = set()
    for level in range(deepest, -1, -1):
        for (months,) in connection.execute(sql("update/known_grains"), {"level": level + 1, **span}).fetchall():
            connection.execute(sql("update/known_candidate"), {"level": level + 1, "months": months, **span})
            connection.execute(sql("publish/expected"), {"months": months})
            connection.execute(sql("update/add_known"), {"level": level + 1, "months": months, **span})
            made.add((level + 1, months))
        consolidate_level(connection, level, stated, made)
        connection.execute(sql("update/drop_known"))
    connection.execute(sql("publish/to_date"))


def _runs(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of years without a gap."""
    found = sorted(set(years))
    starts = [year for year in found if year - 1 not in found]
    ends = [year for year in found if year + 1 not in found]
    yield from zip(starts, ends, strict=True)


def _copy_file(source: Path, target: Path) -> None:
    """Copy a file; at once where the file system can share blocks between two files (XFS, Btrfs)."""
    if not hasattr(os, "copy_file_range"):
        shutil.copyfile(source, target)
        return
    with source.open("rb") as read, target.open("wb") as written:
        left = source.stat().st_size
        while left and (copied := os.copy_file_range(read.fileno(), written.fileno(), left)):
            left -= copied


def _number(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> int:
    return int(connection.execute(sql(query), parameters).fetchall()[0][0])
