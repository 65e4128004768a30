"""Verifies that the access log is as it was written, and that nobody else reads who may see what. Mends nothing."""

from __future__ import annotations

from pathlib import Path

from kpi.store.access_log import FOLDER, read_logs
from kpi.store.access_record import AccessRecord
from kpi.store.check import Checked, CheckReport

_OTHERS = 0o077
"""What a file's mode must not allow: anything to the group or to everybody."""


def check_access(store: Path) -> CheckReport | None:
    """Check the access record and its log; None where there is neither. Raises StoreError when it can't be read.

    What was cut off the end of a log file does not show.
    """
    folder = (Path(store) / FOLDER).parent
    if not folder.exists():
        return None
    with AccessRecord.opened(store, writing=False) as record:
        last = record.last_batch()
    files = [folder, *folder.glob("*.duckdb"), *(folder / FOLDER.name).glob("*.jsonl")]
    checked = (
        Checked("access: every log file is as it was written", sum(bool(file.fault) for file in read_logs(store))),
        Checked(
            "access: only their owner may read the files", sum(bool(path.stat().st_mode & _OTHERS) for path in files)
        ),
    )
    return CheckReport(checked, last, None, None)
