"""Events from a file or a form into the record: what happened, when, and what it concerns. Draws nothing.

The file is the one that `kpi export events` writes: event_code, happened_on, kind, text, author, and where present
unit_code, indicator_code (empty: everything) and rebases_limits (yes or no).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from kpi.access import Access, check_any
from kpi.errors import KpiError, UnknownCode
from kpi.intake.allowed import ENTERS, check_enters, log_entered, parents_of, signed
from kpi.intake.messages import Message, close_to, mark
from kpi.intake.options import ImportOptions, ImportReport, RowError
from kpi.intake.text_rows import text_rows
from kpi.model import Event, EventKind
from kpi.store.record import Batch, BatchHeader, Record

NEEDED: Final = ("event_code", "happened_on", "kind", "text", "author")
COLUMNS: Final = (*NEEDED, "unit_code", "indicator_code", "rebases_limits")
_TRUTHS: Final = {"": False, "no": False, "false": False, "0": False, "yes": True, "true": True, "1": True}


def import_events(store: Path, access: Access, path: Path, options: ImportOptions) -> ImportReport:
    """Record the events of a file, all or nothing.

    Raises RefusedFile for what is no such table, AccessRefused for a unit that is not the own, StoreError.
    """
    check_enters(store, access, options.organisation_code)
    rows = text_rows(path, NEEDED, COLUMNS)
    events: list[Event] = []
    errors: list[RowError] = []
    for line, row in rows:
        faults = [RowError.of(message, path, line, column) for column, message in faults_of(row)]
        errors.extend(faults)
        if not faults:
            events.append(event_from(options.organisation_code, row))
    rejected = len({error.line for error in errors})
    if errors:
        return _refused(path, len(rows), rejected, errors)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    header = BatchHeader(
        options.organisation_code,
        "event",
        path.name,
        digest,
        signed(access, options.made_by),
        options.reason,
        rows=len(rows),
    )
    batch = None
    try:
        with Record.opened(store, writing=not options.dry_run) as record:
            _check(store, access, record, options.organisation_code, events)
            accepted = len(record.new_events(options.organisation_code, events))
            if not options.dry_run:
                batch = record.add_events(header, events)
    except UnknownCode as error:
        return _refused(path, len(rows), 1, [RowError(None, None, error.text, path, error.values)])
    log_entered(store, access, [batch])
    return ImportReport(
        files=(path,),
        rows=len(rows),
        accepted=accepted,
        unchanged=len(rows) - accepted,
        batches=(batch.batch_number,) if batch else (),
        is_dry_run=options.dry_run,
    )


def add_events(store: Path, access: Access, header: BatchHeader, events: Sequence[Event]) -> Batch | None:
    """Record events as one batch; None when all are known already. Raises AccessRefused, UnknownCode, StoreError."""
    check_enters(store, access, header.organisation_code)
    with Record.opened(store, writing=True) as record:
        _check(store, access, record, header.organisation_code, events)
        batch = record.add_events(replace(header, made_by=signed(access, header.made_by)), events)
    log_entered(store, access, [batch])
    return batch


def _check(store: Path, access: Access, record: Record, organisation_code: str, events: Iterable[Event]) -> None:
    """Return where `access` enters for every unit that an event concerns; without a unit it concerns all of them."""
    units = {event.unit_code or organisation_code for event in events}
    parents = parents_of(record.definitions(organisation_code))
    check_any(store, access, ENTERS, organisation_code, unit_codes=units, parents=parents)


def event_from(organisation_code: str, row: Mapping[str, str]) -> Event:
    """Return the event that a row of texts states; raises KpiError naming the first fault."""
    for column, message in faults_of(row):
        raise KpiError("{column}: {message}", column=column, message=message)
    return Event(
        organisation_code=organisation_code,
        event_code=row["event_code"].strip(),
        happened_on=date.fromisoformat(row["happened_on"].strip()),
        kind=EventKind(row["kind"].strip()),
        text=row["text"].strip(),
        author=row["author"].strip(),
        unit_code=row.get("unit_code", "").strip() or None,
        indicator_code=row.get("indicator_code", "").strip() or None,
        rebases_limits=_TRUTHS[row.get("rebases_limits", "").strip().lower()],
    )


def _refused(path: Path, rows: int, rejected: int, errors: list[RowError]) -> ImportReport:
    return ImportReport(
        files=(path,), rows=rows, rejected=rejected, held=rows - rejected, errors=tuple(errors), is_refused=True
    )


def faults_of(row: Mapping[str, str]) -> Iterable[tuple[str, Message]]:
    """Give each fault of a row of texts: its column and what is wrong, with the remedy."""
    for column in NEEDED:
        if not row.get(column, "").strip():
            yield column, Message(mark("is empty. Fill it in."))
    if text := row.get("happened_on", "").strip():
        try:
            date.fromisoformat(text)
        except ValueError:
            yield "happened_on", Message(mark("'{text}' is no date. Write it as 2026-09-30."), {"text": text})
    kind = row.get("kind", "").strip()
    if kind and kind not in set(EventKind):
        values = {"text": kind, "allowed": ", ".join(EventKind), "hint": close_to(kind, EventKind)}
        yield "kind", Message(mark("'{text}' is none of {allowed}.{hint}"), values)
    if row.get("rebases_limits", "").strip().lower() not in _TRUTHS:
        yield "rebases_limits", Message(mark("is neither yes nor no."))
