"""One opening of an append-only file: its rows, transactions, the number of the next batch. Knows no kind of entry."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar, Self  # Any: values bound to the SQL's parameters, and rows

import duckdb

from kpi.errors import StoreError
from kpi.store.batch import Batch, BatchHeader
from kpi.store.engine import sql
from kpi.store.opening import RECORD, Layout, opened_for_reading, opened_for_writing


class AppendOnly:
    """What every append-only file shares: who has it open, its rows and its transactions."""

    _layout: ClassVar[Layout] = RECORD

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, *, is_writable: bool) -> None:
        self._connection = connection
        self._path = path
        self._is_writable = is_writable

    @classmethod
    @contextmanager
    def opened(cls, store: Path, writing: bool, wait_seconds: float = 30) -> Iterator[Self]:
        """Open the record of a store for the length of the block, alone among all processes.

        For reading, an absent record is an empty one and nothing is made; no byte of a record that is there changes.
        For writing, what this made is taken away again when no batch was added. Raises StoreError that names the
        holder when another process keeps the record longer than `wait_seconds`.
        """
        path = Path(store) / cls._layout.file_name
        opening = opened_for_writing if writing else opened_for_reading
        with opening(path, wait_seconds, cls._layout) as connection:
            yield cls(connection, path, is_writable=writing)

    def _rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        found = self._connection.execute(sql(query), parameters)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if not self._is_writable:
            raise StoreError(
                "{path}: opened for reading only. Open it with writing=True to add to it.", path=self._path
            )
        self._connection.begin()
        try:
            yield
            self._connection.commit()
        except duckdb.ConstraintException as error:
            self._roll_back()
            text = "{path}: a row breaks a rule of the record ({why}). Nothing was written."
            raise StoreError(text, path=self._path, why=str(error)) from error
        except duckdb.Error as error:
            self._roll_back()
            text = "{path}: could not be written ({why}). Nothing was written."
            raise StoreError(text, path=self._path, why=str(error)) from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        try:
            self._connection.rollback()
        except duckdb.Error:  # DuckDB has done it already
            return


class Ledger(AppendOnly):
    """What the record and the people's record share: batches that are added one after another."""

    def batches(self, organisation_code: str | None = None) -> list[Batch]:
        """Return all batches, oldest first, of one organisation or of all."""
        return [Batch(**row) for row in self._rows("record/batches", organisation_code=organisation_code)]

    def _next_batch(self, header: BatchHeader, accepted: int = 0, unchanged: int = 0) -> Batch:
        last = self._rows("record/last_batch")[0]
        return Batch(
            batch_number=last["batch_number"] + 1,
            organisation_code=header.organisation_code,
            kind=header.kind,
            recorded_at=self._time_of(header, last["recorded_at"]),
            made_by=header.made_by,
            reason=header.reason,
            file_name=header.file_name,
            file_digest=header.file_digest,
            rows=accepted + unchanged + header.rejected + header.held,
            accepted=accepted,
            unchanged=unchanged,
            rejected=header.rejected,
            held=header.held,
        )

    def _time_of(self, header: BatchHeader, last: datetime | None) -> datetime:
        """Return when the batch counts as recorded: now, but never before the last one; UTC without a zone."""
        if header.recorded_at is None:
            now = datetime.now(UTC).replace(tzinfo=None)
            return max(now, last or now)
        stated = header.recorded_at
        if stated.tzinfo is not None:
            stated = stated.astimezone(UTC).replace(tzinfo=None)
        if last is not None and stated < last:
            text = (
                "{path}: a batch of {stated:%Y-%m-%d %H:%M} can't follow one of {last:%Y-%m-%d %H:%M}. Record them in "
                "the order of their times."
            )
            raise StoreError(text, path=self._path, stated=stated, last=last)
        return stated
