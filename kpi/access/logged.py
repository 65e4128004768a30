"""What an administrator reads of the access log: who was refused, who looked, whose roles were changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from heapq import nlargest
from pathlib import Path
from typing import Final

from kpi.access.checks import refuse
from kpi.access.rights import Access, Right
from kpi.store.access_log import Entry, read_newest_logs

MOST_FILES: Final = 100
MOST_BYTES: Final = 20_000_000
"""Of the log's files, the newest are read, so many and so large; a process writes one file."""


@dataclass(frozen=True, slots=True)
class Logged:
    """Entries of the log, the newest first; `files_left_out` older files were not looked into."""

    entries: tuple[Entry, ...]
    files_left_out: int


def logged_entries(
    store: Path, access: Access, acts: Collection[str], most: int, *, most_files: int = MOST_FILES
) -> Logged:
    """Return the `most` newest entries of these acts (kpi.store.access_log) in the newest files. Raises AccessRefused.

    An administrator of one organisation sees its entries alone. Which person was looked at or asked for stands there
    only for those who may read every record of the organisation: who gives roles doesn't learn who works where.
    """
    if not access.may(Right.ADMINISTER):
        refuse(store, access, Right.ADMINISTER, "")
    is_everywhere = access.may_everywhere(Right.ADMINISTER)
    files, left_out = read_newest_logs(store, most_files, MOST_BYTES)
    found = (
        entry
        for file in files
        for entry in reversed(file.entries)  # the later line of one millisecond comes first
        if entry.act in acts and (is_everywhere or _is_of(access, entry))
    )
    newest = nlargest(most, found, key=lambda entry: entry.at)
    return Logged(tuple(_shown(access, entry) for entry in newest), left_out)


def _is_of(access: Access, entry: Entry) -> bool:
    return bool(entry.organisation_code) and access.may(Right.ADMINISTER, entry.organisation_code)


def _shown(access: Access, entry: Entry) -> Entry:
    code = entry.organisation_code
    reads_all = access.may(Right.READ_PERSON, code) and access.units(Right.READ_PERSON, code, {}) is None
    return entry if reads_all or not entry.employee_code else replace(entry, employee_code="")
