"""The record: the append-only book of everything ever reported. Knows nothing of files, snapshots or scores.

Rows are added and never changed: a correction is a row of a later batch, and a batch is withdrawn by a later one. The
newest batch that stands wins for each key.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any  # Any: values bound to the SQL's parameters, and rows

import duckdb
import pyarrow as pa

from kpi.errors import StoreError, UnknownCode
from kpi.model import Event, EventKind, Indicator, Organisation, Unit
from kpi.store.batch import Batch, BatchHeader
from kpi.store.definitions import (
    Definitions,
    as_arrow,
    codes_as_arrow,
    indicator_from,
    organisation_from,
    unit_from,
)
from kpi.store.engine import sql
from kpi.store.figures import FIGURES, Comparison, in_layout
from kpi.store.opening import FILE_NAME, opened_for_reading, opened_for_writing

__all__ = ["FIGURES", "Batch", "BatchHeader", "Comparison", "Definitions", "Record"]


class Record:
    """One opening of the record; made by `Record.opened` alone."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, *, is_writable: bool) -> None:
        self._connection = connection
        self._path = path
        self._is_writable = is_writable

    @classmethod
    @contextmanager
    def opened(cls, store: Path, writing: bool, wait_seconds: float = 30) -> Iterator[Record]:
        """Open the record of a store for the length of the block, alone among all processes.

        For reading, an absent record is an empty one and nothing is made; no byte of a record that is there changes.
        For writing, what this made is taken away again when no batch was added. Raises StoreError that names the
        holder when another process keeps the record longer than `wait_seconds`.
        """
        path = Path(store) / FILE_NAME
        opening = opened_for_writing if writing else opened_for_reading
        with opening(path, wait_seconds) as connection:
            yield cls(connection, path, is_writable=writing)

    # reading ------------------------------------------------------------------------------------------------------

    def definitions(self, organisation_code: str) -> Definitions | None:
        """Return the organisation with all its units and indicators as they stand, or None when it isn't known."""
        found = self._rows("record/newest_organisation", organisation_code=organisation_code)
        if not found:
            return None
        units = [unit_from(row) for row in self._rows("record/newest_units", organisation_code=organisation_code)]
        indicators = [
            indicator_from(row) for row in self._rows("record/newest_indicators", organisation_code=organisation_code)
        ]
        return Definitions(
            organisation_from(found[0]),
            {unit.unit_code: unit for unit in units},
            {indicator.indicator_code: indicator for indicator in indicators},
        )

    def compare(self, organisation_code: str, figures: pa.Table) -> Comparison:
        """Say for each line of `figures` (FIGURES) whether it is new, a correction or known; writes nothing."""
        known = self.definitions(organisation_code) or Definitions(Organisation(organisation_code, organisation_code))
        self._compare(known, figures)
        return Comparison(self._connection.execute(sql("record/compared_lines")).to_arrow_table())

    def batches(self, organisation_code: str | None = None) -> list[Batch]:
        """Return all batches, oldest first, of one organisation or of all."""
        return [Batch(**row) for row in self._rows("record/batches", organisation_code=organisation_code)]

    # adding -------------------------------------------------------------------------------------------------------

    def append(self, header: BatchHeader, definitions: Definitions, figures: pa.Table) -> Batch | None:
        """Add new and changed definitions and figures in one transaction, all or nothing.

        `definitions` may hold only what is new or changed, or everything; `figures` is laid out as FIGURES. Lines that
        are known already are not written. Returns None, and writes nothing, when there is nothing new at all.
        Raises StoreError or UnknownCode, naming the line, for what the record can't take.
        """
        with self._transaction():
            known = self.definitions(header.organisation_code)
            changes, merged = _settled(known, definitions)
            self._check_year(known, changes)
            self._compare(merged, figures)
            self._refuse_faults(merged)
            counts = self._rows("record/compared_counts")[0]
            is_new_organisation = known is None or known.organisation != changes.organisation
            count = changes.count + is_new_organisation
            if not (count or counts["measurements"] or counts["targets"] or counts["agreements"]):
                return None
            accepted = len(figures) - counts["unchanged"]
            batch = self._next_batch(header, accepted=accepted, unchanged=counts["unchanged"])
            self._add_batch(batch, counts, count)
            self._add_definitions(batch, changes, is_new_organisation=is_new_organisation)
            for table in ("measurements", "targets"):
                self._connection.execute(
                    sql(f"record/add_{table}"),
                    {"organisation_code": batch.organisation_code, "batch_number": batch.batch_number},
                )
            self._connection.execute(
                sql("record/add_agreements"),
                {"organisation_code": batch.organisation_code, "batch_number": batch.batch_number},
            )
            return batch

    def choose_profile(
        self, organisation_code: str, profile_code: str, made_by: str, from_year: int | None = None
    ) -> Batch:
        """Choose the rule profile of an organisation from a year on (None: for all years). Raises UnknownCode.

        For a year the newest choice wins whose `from_year` is not later.
        """
        with self._transaction():
            if self.definitions(organisation_code) is None:
                known = sorted({batch.organisation_code for batch in self.batches()})
                raise UnknownCode("organisation", organisation_code, known, where=str(self._path))
            batch = self._next_batch(BatchHeader(organisation_code, "profile", made_by=made_by))
            self._add_batch(batch)
            choice = {"organisation_code": organisation_code, "from_year": from_year or 0, "profile_code": profile_code}
            self._connection.execute(sql("record/add_profile_choice"), {**choice, "batch_number": batch.batch_number})
            return batch

    def events(self, organisation_code: str) -> list[Event]:
        """Return the events of an organisation as they stand, oldest first; one per thing that an event concerns."""
        rows = self._rows("record/newest_events", organisation_code=organisation_code)
        return [Event(**{**row, "kind": EventKind(row["kind"])}) for row in rows]

    def new_events(self, organisation_code: str, events: Sequence[Event]) -> list[Event]:
        """Return those of `events` that don't stand as they are. Raises UnknownCode: organisation, unit, indicator."""
        known = self.definitions(organisation_code)
        if known is None:
            organisations = sorted({batch.organisation_code for batch in self.batches()})
            raise UnknownCode("organisation", organisation_code, organisations, where=str(self._path))
        for event in events:
            known.check_event(event)
        standing = set(self.events(organisation_code))
        return [event for event in dict.fromkeys(events) if event not in standing]

    def add_events(self, header: BatchHeader, events: Sequence[Event]) -> Batch | None:
        """Add new and changed events as one batch, all or nothing; None, and nothing written, when all are known.

        Raises UnknownCode as `new_events`, StoreError for a broken rule of the record.
        """
        with self._transaction():
            new = self.new_events(header.organisation_code, events)
            if not new:
                return None
            header = dataclasses.replace(header, kind="event")
            batch = self._next_batch(header, accepted=len(new), unchanged=len(events) - len(new))
            self._add_batch(batch)
            for event in new:
                row = {**dataclasses.asdict(event), "kind": event.kind.value, "batch_number": batch.batch_number}
                self._connection.execute(sql("record/add_event"), row)
            return batch

    def withdraw(self, batch_number: int, made_by: str, reason: str) -> Batch:
        """Take a batch out of force by a new entry; its rows stay in the book. What it had corrected stands again.

        Raises StoreError when there is no such batch, when it is withdrawn already or is itself a withdrawal, and when
        later figures need a unit or an indicator that it defined.
        """
        with self._transaction():
            batches = {batch.batch_number: batch for batch in self.batches()}
            withdrawn = {batch.withdraws for batch in batches.values()}
            target = batches.get(batch_number)
            if target is None or target.withdraws is not None or batch_number in withdrawn:
                raise StoreError(
                    f"Batch {batch_number} can't be withdrawn: it is no batch in force. `batches` lists them."
                )
            header = BatchHeader(target.organisation_code, "withdrawal", made_by=made_by, reason=reason)
            batch = dataclasses.replace(self._next_batch(header), withdraws=batch_number)
            self._add_batch(batch)
            if orphans := self._rows("record/orphans"):
                raise StoreError(
                    f"Batch {batch_number} can't be withdrawn: unit {orphans[0]['unit_code']} or indicator "
                    f"{orphans[0]['indicator_code']}, which it defines, has later figures. Withdraw those first."
                )
            return batch

    # inside -------------------------------------------------------------------------------------------------------

    def _rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        found = self._connection.execute(sql(query), parameters)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if not self._is_writable:
            raise StoreError(f"{self._path}: opened for reading only. Open it with writing=True to add to it.")
        self._connection.begin()
        try:
            yield
            self._connection.commit()
        except duckdb.ConstraintException as error:
            self._roll_back()
            raise StoreError(
                f"{self._path}: a row breaks a rule of the record ({error}). Nothing was written."
            ) from error
        except duckdb.Error as error:
            self._roll_back()
            raise StoreError(f"{self._path}: could not be written ({error}). Nothing was written.") from error
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        try:
            self._connection.rollback()
        except duckdb.Error:  # DuckDB has done it already
            return

    def _compare(self, definitions: Definitions, figures: pa.Table) -> None:
        """Leave the temporary table `compared`: each incoming line beside what is known under its keys."""
        indicators = definitions.indicators.values()
        multipliers = {
            "indicator_code": pa.array([indicator.indicator_code for indicator in indicators], pa.string()),
            "multiplier": pa.array([indicator.multiplier for indicator in indicators], pa.float64()),
        }
        self._connection.register("incoming", in_layout(figures))
        self._connection.register("incoming_multiplier", pa.table(multipliers))
        self._connection.register("incoming_unit_code", codes_as_arrow("unit_code", definitions.units))
        organisation = definitions.organisation
        self._connection.execute(
            sql("record/compare_figures"),
            {"organisation_code": organisation.organisation_code, "year_starts_in": organisation.year_starts_in},
        )

    def _refuse_faults(self, definitions: Definitions) -> None:
        faults = self._rows("record/compared_faults", year_starts_in=definitions.organisation.year_starts_in)
        if faults:
            first = faults[0]
            raise StoreError(
                f"Line {first['line']} ({first['unit_code']}, {first['indicator_code']}): {first['fault']}. "
                f"{len(faults)} such in all; nothing was written."
            )

    def _check_year(self, known: Definitions | None, changes: Definitions) -> None:
        if known is None or known.organisation.year_starts_in == changes.organisation.year_starts_in:
            return
        if any(batch.accepted for batch in self.batches(known.organisation.organisation_code)):
            raise StoreError(
                f"Organisation {known.organisation.organisation_code}: its year starts in month "
                f"{known.organisation.year_starts_in} and has figures. Keep that month, or start another organisation."
            )

    def _next_batch(self, header: BatchHeader, accepted: int = 0, unchanged: int = 0) -> Batch:
        last = self._rows("record/last_batch")[0]
        now = datetime.now(UTC).replace(tzinfo=None)
        return Batch(
            batch_number=last["batch_number"] + 1,
            organisation_code=header.organisation_code,
            kind=header.kind,
            recorded_at=max(now, last["recorded_at"] or now),
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

    def _add_batch(self, batch: Batch, counts: dict[str, int] | None = None, definitions: int = 0) -> None:
        written = {name: (counts or {}).get(name, 0) for name in ("measurements", "targets", "agreements")}
        self._connection.execute(
            sql("record/add_batch"), {**dataclasses.asdict(batch), **written, "definitions": definitions}
        )

    def _add_definitions(self, batch: Batch, changes: Definitions, *, is_new_organisation: bool) -> None:
        organisations = [changes.organisation] if is_new_organisation else []
        self._connection.register("incoming_organisation", as_arrow(organisations, Organisation))
        self._connection.register("incoming_unit", as_arrow(list(changes.units.values()), Unit))
        self._connection.register("incoming_indicator", as_arrow(list(changes.indicators.values()), Indicator))
        for query in ("record/add_organisation", "record/add_units", "record/add_indicators"):
            self._connection.execute(sql(query), {"batch_number": batch.batch_number})


def _settled(known: Definitions | None, given: Definitions) -> tuple[Definitions, Definitions]:
    """Return what of `given` is new or changed, and all that will be known; checked as one set."""
    merged = (known.merged_with(given) if known else given).completed()
    merged.check()
    return merged.changes_since(known), merged
