"""An event that a person enters on a page: by the checks of a file of events into the record. Draws nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kpi.access import Access
from kpi.intake.events import add_events, event_from, faults_of
from kpi.intake.messages import Message
from kpi.model import Event
from kpi.store.record import Batch, BatchHeader

CODE_LETTERS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form holds, as texts, before any check. `unit_codes` empty and `indicator_code` None: all of them."""

    happened_on: str
    kind: str
    text: str
    author: str
    unit_codes: tuple[str, ...] = ()
    indicator_code: str | None = None
    rebases_limits: bool = False

    @property
    def event_code(self) -> str:
        """A code made from day, kind, text and author: the same event entered twice is one event."""
        told = "\n".join(part.strip() for part in (self.happened_on, self.kind, self.text, self.author))
        return f"{self.happened_on.strip()}-{hashlib.sha256(told.encode()).hexdigest()[:CODE_LETTERS]}"

    @property
    def rows(self) -> tuple[dict[str, str], ...]:
        """The rows that a file of this event has, one per unit that it concerns."""
        row = {
            "event_code": self.event_code,
            "happened_on": self.happened_on,
            "kind": self.kind,
            "text": self.text,
            "author": self.author,
            "indicator_code": self.indicator_code or "",
            "rebases_limits": "yes" if self.rebases_limits else "no",
        }
        return tuple({**row, "unit_code": unit} for unit in self.unit_codes or ("",))


def faults_of_entry(entry: Entry) -> Mapping[str, Message]:
    """Return what is wrong with an entry, by column; empty when it can be recorded."""
    faults: dict[str, Message] = {}
    for column, message in faults_of(entry.rows[0]):
        faults.setdefault(column, message)
    return faults


def enter_event(store: Path, access: Access, organisation_code: str, entry: Entry) -> tuple[Event, Batch | None]:
    """Record an event as one batch of its author and return both; no batch when it stands already.

    Raises KpiError for a fault that `faults_of_entry` names, AccessRefused, UnknownCode, and StoreError for a record
    that is locked.
    """
    events = [event_from(organisation_code, row) for row in entry.rows]
    header = BatchHeader(organisation_code, "event", made_by=events[0].author, rows=len(events))
    return events[0], add_events(store, access, header, events)
