"""What one entry into the record is: where it comes from, and what it added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """Where a batch comes from. `rows` counts the file's; accepted and unchanged ones are counted by the append.

    `kind` is import, demo or form (other entries make their own). `recorded_at` (None: now) is for the demo and for
    tests, which tell a past: never earlier than the batch before; without a zone it is UTC.
    """

    organisation_code: str
    kind: str = "import"
    file_name: str | None = None
    file_digest: str | None = None
    made_by: str = ""
    reason: str | None = None
    rows: int = 0
    rejected: int = 0
    held: int = 0
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """What one append, choice or withdrawal added. rows = accepted + unchanged + rejected + held; time is UTC."""

    batch_number: int
    organisation_code: str
    kind: str
    recorded_at: datetime
    made_by: str
    reason: str | None
    file_name: str | None
    file_digest: str | None
    rows: int
    accepted: int
    unchanged: int
    rejected: int
    held: int
    withdraws: int | None = None
