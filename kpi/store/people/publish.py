"""Makes a private snapshot of the people's record in `people/` of the store, which its owner alone may enter."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import duckdb

from kpi.errors import StoreError
from kpi.messages import Message, mark, reason_of
from kpi.model import SnapshotMeta
from kpi.store.access_folding import fold_or_warn
from kpi.store.engine import connect_for_making, sql
from kpi.store.lock import held
from kpi.store.people.kinds import KINDS
from kpi.store.people.record import PEOPLE
from kpi.store.people.snapshot import PEOPLE_FOLDER, PeopleSnapshot
from kpi.store.private import OWNERS_FILE, make_private_folder
from kpi.store.versions import current_version, folder_of, make_current, new_version, path_of, prune

_NOT_PUBLISHED: Final = mark("{store}: could not publish people ({why}). Readers keep what they have.")
_WAIT_FOR_RECORD: Final = 120.0
_WAIT_FOR_PUBLISHER: Final = 300.0


def publish_people(store: Path, *, today: date | None = None, keep: int = 5, force: bool = False) -> SnapshotMeta:
    """Make a private snapshot of the people's record and point readers to it; keep the newest `keep`.

    `today` (default: the day of the clock) decides what is overdue and finished. When the current snapshot shows this
    state for this `today` already, it is returned, unless `force`. Raises StoreError when there is no people's record.
    """
    store = Path(store)
    if not (store / PEOPLE.file_name).exists():
        text = "{store}: there are no people to publish. Run `python -m kpi demo`, or import employees."
        raise StoreError(text, store=store)
    fold_or_warn(store)
    folder = folder_of(store, PEOPLE_FOLDER)
    make_private_folder(folder)
    with held(folder / "publish.lock", _WAIT_FOR_PUBLISHER, mark("Publishing people")):
        making = folder / ".making"
        shutil.rmtree(making, ignore_errors=True)  # what a killed publish may have left
        try:
            making.mkdir()
            return _published(store, making, today or date.today(), keep, force=force)  # noqa: DTZ011 - the day here
        except OSError as error:
            raise StoreError(_NOT_PUBLISHED, store=store, why=reason_of(error)) from error
        finally:
            shutil.rmtree(making, ignore_errors=True)


def _published(store: Path, making: Path, today: date, keep: int, *, force: bool) -> SnapshotMeta:
    made = making / "snapshot.duckdb"  # DuckDB calls it `snapshot`, as the SQL does
    connection = connect_for_making(made)
    try:
        with held(store / PEOPLE.lock_name, _WAIT_FOR_RECORD):
            connection.execute(sql("people/publish/attach"))
            record_version = int(connection.execute(sql("people/publish/record_version")).fetchall()[0][0])
            current = _current_meta(store)
            if current and not force and (current.record_version, current.today) == (record_version, today):
                return current
            now = datetime.now(UTC)
            version = new_version(store, record_version, now, None, PEOPLE_FOLDER)
            meta = SnapshotMeta(version, record_version, now, today)
            _fill(connection, meta)
    except duckdb.Error as error:
        raise StoreError(_NOT_PUBLISHED, store=store, why=str(error)) from error
    finally:
        connection.close()
    made.chmod(OWNERS_FILE)
    made.replace(path_of(store, meta.version, PEOPLE_FOLDER))
    make_current(store, meta.version, PEOPLE_FOLDER)
    prune(store, keep, PEOPLE_FOLDER)
    return PeopleSnapshot.open(store, meta.version).meta


def _fill(connection: duckdb.DuckDBPyConnection, meta: SnapshotMeta) -> None:
    connection.begin()
    connection.execute(sql("people/publish/snapshot_schema"))
    for table in (*(kind.table for kind in KINDS), "iki_fact", "batch"):
        connection.execute(sql(f"people/publish/write_{table}"))
    connection.execute(
        sql("people/publish/write_meta"),
        {
            "version": meta.version,
            "record_version": meta.record_version,
            "published_at": meta.published_at.replace(tzinfo=None),
            "today": meta.today,
        },
    )
    broken = [rule for rule, cases in connection.execute(sql("people/publish/made_rules")).fetchall() if cases]
    if broken:
        text = "The new private snapshot breaks a rule ({rule}); it was not published. Report this."
        raise StoreError(text, rule=Message(broken[0]))
    connection.commit()
    connection.execute(sql("people/publish/detach_record"))


def _current_meta(store: Path) -> SnapshotMeta | None:
    try:
        return PeopleSnapshot.open(store, current_version(store, PEOPLE_FOLDER)).meta
    except StoreError:
        return None
