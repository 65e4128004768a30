"""Folds the access log into the access record at each publish, and reads both as one.

The log's files stay as they are: what is folded in is known twice from then on, so that a file that was cut off,
rewritten or removed later shows in `kpi check`. Whatever can't be folded in waits in its file for the next publish.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

import duckdb

from kpi.errors import StoreError
from kpi.store.access_log import FOLDER, LOOK, Entry, LogFile, chained, read_logs
from kpi.store.access_record import AccessRecord, FoldedFile

_BY: Final = "publish"
_logger = logging.getLogger(__name__)


def fold_log(store: Path) -> int:
    """Add the new entries of all log files to the access record; return how many. All or nothing.

    Of a file that is damaged, those before the damage; none of a file that no longer begins as it did when it was
    folded in. Raises StoreError where the record stays locked or can't be read or written: no entry is lost.
    """
    if not (Path(store) / FOLDER).is_dir():
        return 0
    with AccessRecord.opened(store, writing=False) as record:
        if not _pending(record.folded_files(), read_logs(store)):
            return 0
    with AccessRecord.opened(store, writing=True) as record:
        already = record.folded_files()  # another publisher may have been here meanwhile
        pending = _pending(already, read_logs(store))
        if not pending:
            return 0
        with record.adding("log", _BY, None) as batch_number:
            for file in pending:
                record.fold(batch_number, file, _lines(already, file.name))
    return sum(len(file.entries) - _lines(already, file.name) for file in pending)


def fold_or_warn(store: Path) -> None:
    """Fold the log in; where that fails, say so in the program's own log: figures don't wait for it."""
    try:
        fold_log(store)
    except (StoreError, OSError, duckdb.Error) as error:
        text = "%s: the access log could not be folded in (%s). Its entries stay in %s; the next publish tries again."
        _logger.warning(text, store, error, Path(store) / FOLDER)


def looks_at(store: Path, organisation_code: str, employee_code: str) -> list[Entry]:
    """Return who looked at an employee's record, the newest first; folded in or not. Raises StoreError as `opened`."""
    wanted = (LOOK, organisation_code, employee_code)
    with AccessRecord.opened(store, writing=False) as record:
        already = record.folded_files()
        found = [entry for entries in record.folded_entries(*wanted).values() for entry in entries]
    for file in read_logs(store):  # after the record, which can only lag behind them
        new = file.entries[_lines(already, file.name) :]
        found += [entry for entry in new if (entry.act, entry.organisation_code, entry.employee_code) == wanted]
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def missing_files(folded: dict[str, FoldedFile], files: list[LogFile]) -> int:
    """Return how many files are gone of which something was folded in."""
    return len(folded.keys() - {file.name for file in files})


def shortened_files(folded: dict[str, FoldedFile], files: list[LogFile]) -> int:
    """Return how many files no longer begin with the lines that were folded in of them."""
    return sum(not _begins_as_folded(folded, file) for file in files)


def altered_files(folded: dict[str, FoldedFile], entries: dict[str, list[Entry]]) -> int:
    """Return of how many files the record's entries aren't those whose digest it keeps."""
    return sum(
        len(entries.get(each.name, [])) != each.lines or chained(each.name, entries[each.name])[-1] != each.digest
        for each in folded.values()
    ) + len(entries.keys() - folded.keys())


def waiting_entries(folded: dict[str, FoldedFile], files: list[LogFile]) -> int:
    """Return how many entries of the files wait for the next publish."""
    return sum(len(file.entries) - _lines(folded, file.name) for file in _pending(folded, files))


def _pending(folded: dict[str, FoldedFile], files: list[LogFile]) -> list[LogFile]:
    return [file for file in files if len(file.entries) > _lines(folded, file.name) and _begins_as_folded(folded, file)]


def _begins_as_folded(folded: dict[str, FoldedFile], file: LogFile) -> bool:
    known = folded.get(file.name)
    return known is None or file.holds(known.lines, known.digest)


def _lines(folded: dict[str, FoldedFile], name: str) -> int:
    return folded[name].lines if name in folded else 0
