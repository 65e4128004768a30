"""Verifies that the people's record and private snapshot keep their rules and agree, and that nobody else reads them.

Mends nothing.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from kpi.errors import StoreError
from kpi.store.check import Checked, CheckReport
from kpi.store.engine import connect, sql
from kpi.store.lock import held
from kpi.store.people.record import PEOPLE
from kpi.store.people.snapshot import PEOPLE_FOLDER, PeopleSnapshot
from kpi.store.versions import current_version, folder_of, path_of

_OTHERS = 0o077
"""What a file's mode must not allow: anything to the group or to everybody."""


def check_people(store: Path, wait_seconds: float = 30) -> CheckReport | None:
    """Check the people's record and the current private snapshot; None where there are no people.

    The record is locked while it is read. Raises StoreError when a file can't be opened.
    """
    path = Path(store) / PEOPLE.file_name
    if not path.exists():
        return None
    try:
        meta = PeopleSnapshot.open(store, current_version(store, PEOPLE_FOLDER)).meta
    except StoreError:
        meta = None
    version = meta.record_version if meta else 0
    with held(path.with_name(PEOPLE.lock_name), wait_seconds), connect(path, is_read_only=True) as record:
        checked = _rules(record, "people/check/record_rules")
        last_batch = int(record.execute(sql("record/last_batch")).fetchall()[0][0])
        recorded = record.execute(sql("people/check/record_rows"), {"record_version": version}).to_arrow_table()
    checked.append(Checked("people: only their owner may read the files", _open_to_others(store, path)))
    if meta is None:
        return CheckReport(tuple(checked), last_batch, None, None)
    with connect(path_of(store, meta.version, PEOPLE_FOLDER), is_read_only=True) as snapshot:
        broken = _rules(snapshot, "people/publish/made_rules")
        checked += [Checked(f"people, snapshot: {one.rule}", one.cases) for one in broken]
        snapshot.register("recorded", recorded)
        checked += _rules(snapshot, "people/check/agreement_rules", last_batch=last_batch)
    return CheckReport(tuple(checked), last_batch, meta.version, meta.record_version)


def _open_to_others(store: Path, record: Path) -> int:
    folder = folder_of(store, PEOPLE_FOLDER)
    private = [record, *([folder] if folder.exists() else []), *folder.glob("*.duckdb")]
    return sum(bool(path.stat().st_mode & _OTHERS) for path in private)


def _rules(connection: duckdb.DuckDBPyConnection, query: str, **parameters: int) -> list[Checked]:
    return [Checked(rule, int(cases)) for rule, cases in connection.execute(sql(query), parameters).fetchall()]
