"""What one entry into the record is: where it comes from, and what it added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """Where a batch comes from. `rows` counts the file's; accepted and unchanged ones are counted by the append.

    `kind` is import, demo or form (choosing a profile and withdrawing make their own).
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
