"""Verifies that the access log is as it was written, and that nobody else reads who may see what. Mends nothing."""

from __future__ import annotations

from pathlib import Path

from kpi.store.access_folding import altered_files, missing_files, shortened_files, waiting_entries
from kpi.store.access_log import FOLDER, read_logs
from kpi.store.access_record import AccessRecord
from kpi.store.check import Checked, CheckReport

_OTHERS = 0o077
"""What a file's mode must not allow: anything to the group or to everybody."""


def check_access(store: Path) -> CheckReport | None:
    """Check the access record and its log; None where there is neither. Raises StoreError when it can't be read.

    What was cut off the end of a log file, or removed with it, shows as far as a publish had folded it in.
    """
    folder = (Path(store) / FOLDER).parent
    if not folder.exists():
        return None
    with AccessRecord.opened(store, writing=False) as record:
        last, folded, entries = record.last_batch(), record.folded_files(), record.folded_entries()
    files = read_logs(store)  # after the record: a file only grows
    private = [folder, *folder.glob("*.duckdb"), *(folder / FOLDER.name).glob("*.jsonl")]
    checked = (
        Checked("access: every log file is as it was written", sum(bool(file.fault) for file in files)),
        Checked("access: no log file was cut off or rewritten since a publish", shortened_files(folded, files)),
        Checked("access: no log file that a publish knew is gone", missing_files(folded, files)),
        Checked("access: the folded entries are as the log had them", altered_files(folded, entries)),
        Checked(
            "access: only their owner may read the files", sum(bool(path.stat().st_mode & _OTHERS) for path in private)
        ),
    )
    known, waiting = sum(each.lines for each in folded.values()), waiting_entries(folded, files)
    opening = f"access record up to batch {last}; {known} log entries folded in, {waiting} waiting for the next publish"
    return CheckReport(checked, last, None, None, opening)
