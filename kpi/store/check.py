"""Verifies that the record and the current snapshot keep their own rules and agree with each other. Mends nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any  # what JSON takes

import duckdb

from kpi.errors import StoreError
from kpi.store.engine import connect, sql
from kpi.store.lock import held
from kpi.store.opening import FILE_NAME, LOCK_NAME, RECORD, has_schema
from kpi.store.snapshot import Snapshot
from kpi.store.versions import current_version, path_of


@dataclass(frozen=True, slots=True)
class Checked:
    """One rule and how many cases break it."""

    rule: str
    cases: int


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was checked, sound or not. `snapshot_version` None = nothing is published yet; `last_batch` 0 = empty.

    `opening`: the first line for a person where there is no snapshot to speak of; else the record and its snapshot.
    """

    checked: tuple[Checked, ...]
    last_batch: int
    snapshot_version: str | None
    snapshot_batch: int | None
    opening: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether every rule holds."""
        return not self.broken

    @property
    def broken(self) -> tuple[Checked, ...]:
        """The rules that don't hold."""
        return tuple(checked for checked in self.checked if checked.cases)

    def lines(self) -> list[str]:
        """Return the report for a person to read."""
        shown = (
            f"snapshot {self.snapshot_version}, made of the record up to batch {self.snapshot_batch}"
            if self.snapshot_version
            else "no snapshot yet"
        )
        rules = [
            f"{'WRONG' if one.cases else 'ok':5}  {one.rule}" + f" ({one.cases} cases)" * bool(one.cases)
            for one in self.checked
        ]
        verdict = (
            "Everything holds." if self.is_sound else f"{len(self.broken)} of {len(self.checked)} rules are broken."
        )
        return [self.opening or f"record up to batch {self.last_batch}; {shown}", *rules, verdict]

    def as_dict(self) -> dict[str, Any]:
        """Return the report for JSON."""
        return {
            "is_sound": self.is_sound,
            "last_batch": self.last_batch,
            "snapshot_version": self.snapshot_version,
            "snapshot_batch": self.snapshot_batch,
            "checked": [{"rule": one.rule, "cases": one.cases} for one in self.checked],
        }


def check(store: Path, wait_seconds: float = 30) -> CheckReport:
    """Check the record and the current snapshot of a store; reads both whole and changes neither.

    The record is locked while it is read. Raises StoreError when there is no record, it is of an earlier version of
    this program, or a file can't be opened.
    """
    path = Path(store) / FILE_NAME
    if not path.exists():
        text = "{store}: there is no record to check. Run `python -m kpi demo`, or import a file."
        raise StoreError(text, store=store)
    try:
        meta = Snapshot.open(store, current_version(store)).meta
    except StoreError:
        meta = None
    with held(path.with_name(LOCK_NAME), wait_seconds), connect(path, is_read_only=True) as record:
        has_schema(record, RECORD)
        checked = _rules(record, "check/record_rules")
        last_batch = int(record.execute(sql("record/last_batch")).fetchall()[0][0])
        if meta is None:
            return CheckReport(tuple(checked), last_batch, None, None)
        newest = record.execute(sql("check/newest_figures"), {"record_version": meta.record_version}).to_arrow_table()
    with connect(path_of(store, meta.version), is_read_only=True) as snapshot:
        checked += _rules(snapshot, "check/snapshot_rules")
        snapshot.register("newest", newest)
        checked += _rules(snapshot, "check/agreement_rules", last_batch=last_batch)
    return CheckReport(tuple(checked), last_batch, meta.version, meta.record_version)


def _rules(connection: duckdb.DuckDBPyConnection, query: str, **parameters: int) -> list[Checked]:
    return [Checked(rule, int(cases)) for rule, cases in connection.execute(sql(query), parameters).fetchall()]
