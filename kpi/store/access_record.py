"""The access record: who was given which role, whether figures are public, and the access log as far as folded in.

Append-only, its owner alone may read it: an identity's roles are those of its newest assignment. Says nothing about
what a role may.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Final, Self  # Any: rows of a query, typed by the schema

import pyarrow as pa

from kpi.store.access_log import Entry, LogFile, written_time
from kpi.store.engine import sql
from kpi.store.ledger import AppendOnly
from kpi.store.opening import Layout
from kpi.store.private import guard_log, make_private_folder

ACCESS: Final = Layout("access/access.duckdb", "access.lock", "access", is_private=True)
_WAIT: Final = 10.0


@dataclass(frozen=True, slots=True)
class AssignedRole:
    """One role as it is kept; None = every organisation, all units, nobody."""

    role: str
    organisation_code: str | None = None
    unit_code: str | None = None
    employee_code: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """All roles of an identity from `recorded_at` (UTC) on. Without roles it has none any more."""

    identity: str
    roles: tuple[AssignedRole, ...]
    recorded_at: datetime
    made_by: str
    reason: str
    is_newest: bool


@dataclass(frozen=True, slots=True)
class FoldedFile:
    """How far a log file was folded in: its first `lines` lines, the last of them with `digest`."""

    name: str
    lines: int
    digest: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds now: the roles of each identity, and whether published figures are open to everybody."""

    roles: dict[str, tuple[AssignedRole, ...]]
    is_public: bool


class AccessRecord(AppendOnly):
    """One opening of the access record; made by `AccessRecord.opened` alone."""

    _layout: ClassVar[Layout] = ACCESS

    @classmethod
    @contextmanager
    def opened(cls, store: Path, writing: bool, wait_seconds: float = _WAIT) -> Iterator[Self]:
        """Open it as any append-only file; its folder is its owner's alone."""
        if writing:
            make_private_folder((Path(store) / ACCESS.file_name).parent)
        with super().opened(store, writing, wait_seconds) as opened:
            yield opened

    def last_batch(self) -> int:
        """Return the number of the last batch; 0 in an empty record."""
        return int(self._rows("record/last_batch")[0]["batch_number"])

    def assignments(self) -> list[Assignment]:
        """Return all assignments ever made, oldest first."""
        found: dict[int, list[dict[str, Any]]] = {}
        for row in self._rows("access/assignments"):
            found.setdefault(row["batch_number"], []).append(row)
        return [_assignment(rows) for rows in found.values()]

    def standing(self) -> Standing:
        """Return what holds now."""
        newest = {one.identity: one.roles for one in self.assignments() if one.is_newest and one.roles}
        switches = self._rows("access/public_switch")
        return Standing(newest, bool(switches and switches[0]["is_open"]))

    @contextmanager
    def adding(self, kind: str, made_by: str, reason: str | None) -> Iterator[int]:
        """Add one batch, `roles`, `public` or `log`, and what the block adds under its number; all or nothing.

        Raises StoreError for what breaks a rule of the schema.
        """
        with self._transaction():
            last = self._rows("record/last_batch")[0]
            now = datetime.now(UTC).replace(tzinfo=None)
            batch = {
                "batch_number": last["batch_number"] + 1,
                "kind": kind,
                "recorded_at": max(now, last["recorded_at"] or now),
                "made_by": made_by,
                "reason": reason,
            }
            self._connection.execute(sql("access/add_batch"), batch)
            yield batch["batch_number"]

    def assign(self, batch_number: int, identity: str, roles: Sequence[AssignedRole]) -> None:
        """Add that an identity has these roles and no others, inside `adding`."""
        keys = {"batch_number": batch_number}
        self._connection.execute(sql("access/add_assignment"), {**keys, "identity": identity})
        for place, role in enumerate(roles, start=1):
            self._connection.execute(sql("access/add_assigned_role"), {**keys, "place": place, **asdict(role)})

    def switch_public(self, batch_number: int, *, is_open: bool) -> None:
        """Add whether published figures are open to everybody, inside `adding`."""
        row = {"batch_number": batch_number, "is_open": is_open}
        self._connection.execute(sql("access/add_public_switch"), row)

    def folded_files(self) -> dict[str, FoldedFile]:
        """Return how far each log file is folded in, by its name."""
        return {row["name"]: FoldedFile(**row) for row in self._rows("access/folded_files")}

    def folded_entries(
        self, act: str | None = None, organisation_code: str | None = None, employee_code: str | None = None
    ) -> dict[str, list[Entry]]:
        """Return the entries of the log that are folded in, by file and in the order of its lines. None = all."""
        found: dict[str, list[Entry]] = {}
        asked = {"act": act, "organisation_code": organisation_code, "employee_code": employee_code}
        for row in self._rows("access/log_entries", **asked):
            at = written_time(row.pop("at").replace(tzinfo=UTC))
            found.setdefault(row.pop("file_name"), []).append(Entry(at=at, **row))
        return found

    def fold(self, batch_number: int, file: LogFile, already: int) -> None:
        """Add what a log file holds beyond its first `already` lines, inside `adding`."""
        new = file.entries[already:]
        columns: dict[str, list[Any]] = {each.name: [getattr(one, each.name) for one in new] for each in fields(Entry)}
        columns["at"] = [datetime.fromisoformat(one.at).replace(tzinfo=None) for one in new]
        columns["line"] = list(range(already + 1, len(file.entries) + 1))
        self._connection.register("new_entries", pa.table(columns))
        keys = {"batch_number": batch_number, "file_name": file.name}
        self._connection.execute(sql("access/add_log_entries"), keys)
        self._connection.unregister("new_entries")
        upto = {"lines": len(file.entries), "digest": file.digests[-1]}
        self._connection.execute(sql("access/add_folded_file"), {**keys, **upto})

    # inside -------------------------------------------------------------------------------------------------------

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._is_writable:
            guard_log(self._path)
        with super()._transaction():
            yield


def signature(store: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """Return what changes whenever the record does, without opening it: of its file and of DuckDB's log beside it."""
    path = Path(store) / ACCESS.file_name
    return tuple(_signature(each) for each in (path, path.with_name(path.name + ".wal")))


def _signature(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _assignment(rows: Sequence[dict[str, Any]]) -> Assignment:
    first = rows[0]
    names = AssignedRole.__slots__
    roles = tuple(AssignedRole(**{name: row[name] for name in names}) for row in rows if row["role"] is not None)
    told = {name: first[name] for name in ("identity", "recorded_at", "made_by", "reason", "is_newest")}
    return Assignment(roles=roles, **told)
