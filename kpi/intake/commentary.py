"""Comments on figures from a file or a form into the record: cause, obstacle, follow-up. Draws nothing.

The file is the one that `kpi export commentary` writes: unit_code, indicator_code, period_start, period_end, cause,
follow_up, owner, due, and where present obstacle and author (empty: who imports it).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kpi.access import Access, Right, check
from kpi.errors import UnknownCode
from kpi.intake.allowed import check_says, log_entered, signed
from kpi.intake.comment_rows import COLUMNS, FIGURE, NEEDED, comment_from, faults_of
from kpi.intake.messages import Message, mark
from kpi.intake.options import ImportOptions, ImportReport, RowError
from kpi.intake.text_rows import text_rows
from kpi.model import Comment
from kpi.store.record import Batch, BatchHeader, Record


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
    comment = replace(comment, author=signed(access, comment.author))
    header = BatchHeader(organisation_code, "commentary", made_by=comment.author, rows=1)
    return record_comments(store, header, [comment], access)


def record_comments(store: Path, header: BatchHeader, comments: Sequence[Comment], access: Access) -> Batch | None:
    """Record comments as one batch: the one door for them; None when all are known already.

    Raises AccessRefused where `access` does not report for a unit, UnknownCode, StoreError.
    """
    code, units = header.organisation_code, {comment.unit_code for comment in comments}
    check(store, access, Right.REPORT, code)
    with Record.opened(store, writing=True) as record:
        check_says(store, access, code, record.definitions(code), units)
        batch = record.add_comments(replace(header, made_by=signed(access, header.made_by)), comments)
    log_entered(store, access, [batch])
    return batch


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
        check_says(store, access, code, record.definitions(code), {comment.unit_code for comment in comments})
        return len(record.new_comments(code, comments))


def _refused(path: Path, rows: int, rejected: int, errors: list[RowError]) -> ImportReport:
    return ImportReport(
        files=(path,), rows=rows, rejected=rejected, held=rows - rejected, errors=tuple(errors), is_refused=True
    )
