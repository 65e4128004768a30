"""Comments on figures from a file or a form into the record: cause, obstacle, follow-up. Draws nothing.

The file is the one that `kpi export commentary` writes: unit_code, indicator_code, period_start, period_end, cause,
follow_up, owner, due, and where present obstacle and author (empty: who imports it).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from kpi.access import Access, Right, check
from kpi.errors import KpiError, UnknownCode
from kpi.intake.messages import Message, mark
from kpi.intake.options import ImportOptions, ImportReport, RowError
from kpi.intake.text_rows import text_rows
from kpi.model import Comment
from kpi.periods import Period
from kpi.store.record import Batch, BatchHeader, Definitions, Record

FIGURE: Final = ("unit_code", "indicator_code", "period_start", "period_end")
SAID: Final = ("cause", "obstacle", "follow_up", "owner", "due")
"""What a person writes of a figure."""
NEEDED: Final = (*FIGURE, "cause", "follow_up", "owner", "due")
COLUMNS: Final = (*FIGURE, *SAID, "author")
LONGEST: Final = 1000
"""Letters of a text: what a reader of a report reads."""


def import_commentary(store: Path, path: Path, options: ImportOptions, access: Access) -> ImportReport:
    """Record the comments of a file, all or nothing.

    Raises RefusedFile for what is no such table, AccessRefused for a unit that is not the own, StoreError.
    """
    rows = text_rows(path, NEEDED, COLUMNS)
    with Record.opened(store, writing=False) as record:
        known = record.definitions(options.organisation_code)
    starts = known.organisation.year_starts_in if known else 1
    faults = [(line, column, message) for line, row in rows for column, message in faults_of(row, starts)]
    errors = [RowError.of(message, path, line, column) for line, column, message in (*faults, *_twice(rows))]
    if errors:
        return _refused(path, len(rows), len({error.line for error in errors}), errors)
    comments = [comment_from(options.organisation_code, row, options.made_by, starts) for _, row in rows]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    header = BatchHeader(
        options.organisation_code, "commentary", path.name, digest, options.made_by, options.reason, rows=len(rows)
    )
    try:
        if options.dry_run:
            accepted, batch = _tried(store, header, comments, access), None
        else:
            batch = record_comments(store, header, comments, access)
            accepted = batch.accepted if batch else 0
    except UnknownCode as error:
        return _refused(path, len(rows), 1, [RowError(None, None, error.text, path, error.values)])
    return ImportReport(
        files=(path,),
        rows=len(rows),
        accepted=accepted,
        unchanged=len(rows) - accepted,
        batches=(batch.batch_number,) if batch else (),
        is_dry_run=options.dry_run,
    )


def enter_comment(
    store: Path, organisation_code: str, row: Mapping[str, str], access: Access, year_starts_in: int
) -> Batch | None:
    """Record one comment, a row of texts with its author; None when it stands already.

    Raises KpiError for a fault that `faults_of` names, AccessRefused, UnknownCode, and StoreError.
    """
    comment = comment_from(organisation_code, row, "", year_starts_in)
    header = BatchHeader(organisation_code, "commentary", made_by=comment.author, rows=1)
    return record_comments(store, header, [comment], access)


def record_comments(store: Path, header: BatchHeader, comments: Sequence[Comment], access: Access) -> Batch | None:
    """Record comments as one batch: the one door for them; None when all are known already.

    Raises AccessRefused where `access` does not report for a unit, UnknownCode, StoreError.
    """
    with Record.opened(store, writing=True) as record:
        check_reports(store, record.definitions(header.organisation_code), header.organisation_code, comments, access)
        return record.add_comments(header, comments)


def check_reports(
    store: Path, known: Definitions | None, organisation_code: str, comments: Sequence[Comment], access: Access
) -> None:
    """Return where `access` reports for the unit of each comment. Raises AccessRefused."""
    parents = {code: unit.parent_code for code, unit in known.units.items()} if known else {}
    units = {comment.unit_code for comment in comments}
    check(store, access, Right.REPORT, organisation_code, unit_codes=units, parents=parents)


def comment_from(organisation_code: str, row: Mapping[str, str], made_by: str, year_starts_in: int = 1) -> Comment:
    """Return the comment that a row of texts states; raises KpiError naming the first fault."""
    for column, message in faults_of(row, year_starts_in):
        raise KpiError("{column}: {message}", column=column, message=message)
    text = {name: row.get(name, "").strip() for name in COLUMNS}
    period = _period(text, year_starts_in)
    assert period is not None  # it has no fault
    return Comment(
        organisation_code=organisation_code,
        unit_code=text["unit_code"],
        indicator_code=text["indicator_code"],
        grain=period.grain.value,
        period_start=period.start,
        period_end=period.end,
        **{name: text[name] for name in ("cause", "obstacle", "follow_up", "owner")},
        due=date.fromisoformat(text["due"]),
        author=text["author"] or made_by,
    )


def faults_of(row: Mapping[str, str], year_starts_in: int = 1) -> Iterable[tuple[str, Message]]:
    """Give each fault of a row of texts: its column and what is wrong, with the remedy."""
    text = {name: row.get(name, "").strip() for name in COLUMNS}
    for column in NEEDED:
        if not text[column]:
            yield column, Message(mark("is empty. Fill it in."))
    for column in ("period_start", "period_end", "due"):
        if text[column] and _day(text[column]) is None:
            yield column, Message(mark("'{text}' is no date. Write it as 2026-09-30."), {"text": text[column]})
    start, end, due = (_day(text[name]) for name in ("period_start", "period_end", "due"))
    if start and end and _period(text, year_starts_in) is None:
        words = mark("{start} to {end} is no month, quarter, semester or year. Mend the two days.")
        yield "period_end", Message(words, {"start": start, "end": end})
    if start and due and due < start:
        words = mark("{due} lies before the period begins. Write the day until which it is to be done.")
        yield "due", Message(words, {"due": due})
    for column in (*SAID[:-1], "author"):
        if len(text[column]) > LONGEST:
            words = mark("has {count} letters. Say it in at most {most}.")
            yield column, Message(words, {"count": len(text[column]), "most": LONGEST})


def _twice(rows: Sequence[tuple[int, Mapping[str, str]]]) -> Iterable[tuple[int, str, Message]]:
    """Give each row whose figure an earlier row is on already."""
    lines: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        first = lines.setdefault(tuple(row[name].strip() for name in FIGURE), line)
        if first != line:
            yield line, "unit_code", Message(mark("line {line} is on the same figure. Keep one."), {"line": first})


def _tried(store: Path, header: BatchHeader, comments: Sequence[Comment], access: Access) -> int:
    """Return how many comments are new or changed; writes nothing. Raises AccessRefused, UnknownCode."""
    code = header.organisation_code
    with Record.opened(store, writing=False) as record:
        check_reports(store, record.definitions(code), code, comments, access)
        return len(record.new_comments(code, comments))


def _refused(path: Path, rows: int, rejected: int, errors: list[RowError]) -> ImportReport:
    return ImportReport(
        files=(path,), rows=rows, rejected=rejected, held=rows - rejected, errors=tuple(errors), is_refused=True
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _period(text: Mapping[str, str], year_starts_in: int) -> Period | None:
    start, end = _day(text["period_start"]), _day(text["period_end"])
    return None if start is None or end is None else Period.of_span(start, end, year_starts_in)
