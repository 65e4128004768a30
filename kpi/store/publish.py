"""Makes a snapshot of the record: consolidated, scored, checked, and put in place in one step."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import duckdb

from kpi.errors import StoreError
from kpi.messages import Message
from kpi.model import SnapshotMeta
from kpi.store.access_folding import fold_or_warn
from kpi.store.consolidation import Progress, consolidate, copy_record
from kpi.store.engine import connect_for_making, sql
from kpi.store.indices import score_units
from kpi.store.lock import held
from kpi.store.meta import write_meta
from kpi.store.opening import LOCK_NAME
from kpi.store.placing import NOT_PUBLISHED, WAIT_FOR_RECORD, day_shown, kept_meta, making_folder, put_in_place
from kpi.store.punctuality import instant_after, write_punctuality
from kpi.store.snapshot import Snapshot
from kpi.store.updating import updated
from kpi.store.versions import new_version

_FIGURES_FOR_ONE_THREAD: Final = 100_000
"""Below it, sharing the work out costs more than the work (measured: 1.3 s of processor time against 0.9)."""
_WRITTEN: Final = (
    "write_small",
    "write_indicator",
    "write_definition",
    "write_reported",
    "write_facts_by_unit",
    "write_facts_by_indicator",
    "write_commentary",
    "write_period",
    "write_reporting",
    "write_finding",
    "write_origin",
    "write_restatement",
)


def publish(
    store: Path,
    *,
    today: date | None = None,
    as_known_at: date | None = None,
    keep: int = 5,
    force: bool = False,
    progress: Progress | None = None,
) -> SnapshotMeta:
    """Make a snapshot of the record and point readers to it; keep the newest `keep`.

    `today` (default: the day of the clock) decides which periods are finished. `as_known_at` makes a snapshot of what
    was known at the end of that day instead, as it looked on that day (`today`, unless told), which becomes nobody's
    current one: open it by its version. When the current snapshot, or a kept one of the past, shows the same already,
    it is returned, unless `force`. The record is locked only while its rows are copied. The access log is folded in
    first; where it can't be, that is said and figures are published all the same. Raises StoreError when there is no
    record, or it stays locked.
    """
    store, report = Path(store), progress or _silent
    fold_or_warn(store)
    day = today or day_shown(as_known_at)
    with making_folder(store) as making:
        placed = None if force or as_known_at else _updated(store, making, day, keep, report)
        return placed or _published(store, making, day, as_known_at, keep, force, report)


def as_known(store: Path, day: date, progress: Progress | None = None) -> Snapshot:
    """Open the snapshot of what was known at the end of `day`: a kept one, or one made now. Raises as `publish`."""
    return Snapshot.open(store, publish(store, as_known_at=day, progress=progress).version)


def _updated(store: Path, making: Path, today: date, keep: int, report: Progress) -> SnapshotMeta | None:
    try:
        return updated(store, making, today, keep, report)
    except duckdb.Error as error:
        raise StoreError(NOT_PUBLISHED, store=store, why=str(error)) from error


def _published(
    store: Path, making: Path, today: date, as_known_at: date | None, keep: int, force: bool, report: Progress
) -> SnapshotMeta:
    made = making / "snapshot.duckdb"
    connection = connect_for_making(made)
    try:
        report(0.0, "reading the record")
        with held(store / LOCK_NAME, WAIT_FOR_RECORD):
            connection.execute(sql("publish/attach"))
            known_before = instant_after(as_known_at) if as_known_at else None
            record_version = int(
                connection.execute(sql("publish/record_version"), {"known_before": known_before}).fetchall()[0][0]
            )
            kept = None if force else kept_meta(store, record_version, today, as_known_at)
            if kept is not None:
                return kept
            _copy(connection, known_before)
        now = datetime.now(UTC)
        meta = SnapshotMeta(
            new_version(store, record_version, now, as_known_at), record_version, now, today, as_known_at
        )
        _fill(connection, meta, report)
    except duckdb.Error as error:
        raise StoreError(NOT_PUBLISHED, store=store, why=str(error)) from error
    finally:
        connection.close()
    placed = put_in_place(store, made, meta, keep)
    report(1.0, "published")
    return placed


def _copy(connection: duckdb.DuckDBPyConnection, known_before: datetime | None) -> None:
    """Copy the record into the working tables; it is locked meanwhile, and let go of at the end."""
    connection.execute(sql("publish/grain_length"))
    copy_record(connection, known_before)
    connection.execute(sql("publish/detach_record"))
    figures = connection.execute(sql("publish/figure_count")).fetchall()[0][0]
    if figures < _FIGURES_FOR_ONE_THREAD:
        connection.execute("SET threads = 1")


def _fill(connection: duckdb.DuckDBPyConnection, meta: SnapshotMeta, report: Progress) -> None:
    connection.execute(sql("publish/cut"), {"today": meta.today})
    consolidate(connection, lambda share, what: report(0.1 + 0.5 * share, what))
    report(0.6, "writing the snapshot")
    connection.execute(sql("publish/presented"))
    connection.begin()
    connection.execute(sql("publish/snapshot_schema"))
    for query in _WRITTEN:
        connection.execute(sql(f"publish/{query}"))
    write_punctuality(connection)
    write_meta(connection, meta)
    connection.commit()  # what is scored is written part by part: within a transaction all of it would stay in memory
    connection.execute("USE snapshot")
    report(0.75, "checking")
    broken = [rule for rule, cases in connection.execute(sql("check/made_rules")).fetchall() if cases]
    if broken:
        text = "The new snapshot breaks a rule ({rule}); it was not published. Report this."
        raise StoreError(text, rule=Message(broken[0]))
    connection.execute("DETACH work")
    report(0.8, "scoring units")
    score_units(connection)
    connection.execute("CHECKPOINT snapshot")  # the file alone is put in place, without what is still beside it


def _silent(share: float, what: str) -> None:
    """Report progress to nobody."""
