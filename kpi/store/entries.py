"""Small entries in the record: the choice of a profile, events, the withdrawal of a batch."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, Final  # Any: rows of a query, typed by the schema

from kpi.deadlines import WORKING_DAYS
from kpi.errors import LockedFigures, StoreError
from kpi.messages import Message, mark
from kpi.model import Event, EventKind
from kpi.periods import Grain
from kpi.store.batch import Batch, BatchHeader
from kpi.store.book import Book
from kpi.store.engine import sql

LONGEST_DEADLINE: Final = 250
"""A year of working days."""


class Entries(Book):
    """The part of the record that takes no figures."""

    def choose_profile(
        self, organisation_code: str, profile_code: str, made_by: str, from_year: int | None = None
    ) -> Batch:
        """Choose the rule profile of an organisation from a year on (None: for all years). Raises UnknownCode.

        For a year the newest choice wins whose `from_year` is not later.
        """
        with self._transaction():
            self._known(organisation_code)
            batch = self._next_batch(BatchHeader(organisation_code, "profile", made_by=made_by))
            self._add_batch(batch)
            choice = {"organisation_code": organisation_code, "from_year": from_year or 0, "profile_code": profile_code}
            self._connection.execute(sql("record/add_profile_choice"), {**choice, "batch_number": batch.batch_number})
            return batch

    def reporting_rules(self, organisation_code: str) -> dict[Grain, int]:
        """Return for each grain how many working days after a period's end its figures are due."""
        rows = self._rows("record/newest_reporting_rules", organisation_code=organisation_code)
        return {**dict.fromkeys(Grain, WORKING_DAYS), **{Grain(row["grain"]): row["working_days"] for row in rows}}

    def set_reporting_rule(
        self, organisation_code: str, grain: Grain, working_days: int, made_by: str, reason: str | None = None
    ) -> Batch | None:
        """State when figures of a grain are due, for all periods; None when it is so already.

        Raises UnknownCode for the organisation, StoreError for less than 1 or more than 250 working days.
        """
        if not 1 <= working_days <= LONGEST_DEADLINE:
            text = "{days} working days are no deadline. Give 1 to {longest}."
            raise StoreError(text, days=working_days, longest=LONGEST_DEADLINE)
        with self._transaction():
            self._known(organisation_code)
            if self.reporting_rules(organisation_code)[grain] == working_days:
                return None
            batch = self._next_batch(BatchHeader(organisation_code, "deadline", made_by=made_by, reason=reason))
            self._add_batch(batch)
            rule = {"organisation_code": organisation_code, "grain": grain.value, "working_days": working_days}
            self._connection.execute(sql("record/add_reporting_rule"), {**rule, "batch_number": batch.batch_number})
            return batch

    def events(self, organisation_code: str) -> list[Event]:
        """Return the events of an organisation as they stand, oldest first; one per thing that an event concerns."""
        rows = self._rows("record/newest_events", organisation_code=organisation_code)
        return [Event(**{**row, "kind": EventKind(row["kind"])}) for row in rows]

    def new_events(self, organisation_code: str, events: Sequence[Event]) -> list[Event]:
        """Return those of `events` that don't stand as they are. Raises UnknownCode: organisation, unit, indicator."""
        known = self._known(organisation_code)
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

    def withdraw(self, batch_number: int, made_by: str, reason: str, *, may_change_locked: bool = False) -> Batch:
        """Take a batch out of force by a new entry; its rows stay in the book. What it had corrected stands again.

        Raises StoreError when there is no such batch, when it is withdrawn already or is itself a withdrawal, without a
        reason, and when later figures need a unit or an indicator that it defined; LockedFigures when a figure of it
        that is in force is locked, unless `may_change_locked`.
        """
        if not reason.strip():
            raise StoreError("Batch {batch} can't be withdrawn without a reason. Say why.", batch=batch_number)
        with self._transaction():
            batches = {batch.batch_number: batch for batch in self.batches()}
            withdrawn = {batch.withdraws for batch in batches.values()}
            target = batches.get(batch_number)
            if target is None or target.withdraws is not None or batch_number in withdrawn:
                text = "Batch {batch} can't be withdrawn: it is no batch in force. `batches` lists them."
                raise StoreError(text, batch=batch_number)
            locked = self._rows("record/locked_of_batch", batch_number=batch_number)
            if locked and not may_change_locked:
                raise LockedFigures(len(locked), _named(locked[0]), has_reason=True)
            header = BatchHeader(target.organisation_code, "withdrawal", made_by=made_by, reason=reason)
            batch = dataclasses.replace(self._next_batch(header), withdraws=batch_number)
            self._add_batch(batch)
            if orphans := self._rows("record/orphans"):
                raise StoreError(
                    "Batch {batch} can't be withdrawn: unit {unit} or indicator {indicator}, which it defines, has "
                    "later figures. Withdraw those first.",
                    batch=batch_number,
                    unit=orphans[0]["unit_code"],
                    indicator=orphans[0]["indicator_code"],
                )
            return batch


def _named(row: Mapping[str, Any]) -> Message:
    names = ("unit_code", "indicator_code", "period_start", "period_end")
    return Message(mark("{unit_code}, {indicator_code}, {period_start} to {period_end}"), {n: row[n] for n in names})
