"""What is wrong, doubtful or worth knowing in a file, each at its cell; decides nothing about the import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error refuses the file, a warning stays with the batch, info explains."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `text` is an English msgid with {places} that `values` fill, so that a screen can translate it."""

    severity: Severity
    sheet: str | None
    cell: str | None
    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The finding in English words."""
        return self.text.format(**self.values)

    def as_json(self) -> dict[str, str | None]:
        """Return severity, sheet, cell and message, as `--json` gives them."""
        return {"severity": self.severity.value, "sheet": self.sheet, "cell": self.cell, "message": self.message}


def error(sheet: str | None, cell: str | None, text: str, /, **values: object) -> Finding:
    """Return a finding that refuses the file."""
    return Finding(Severity.ERROR, sheet, cell, text, values)


def warning(sheet: str | None, cell: str | None, text: str, /, **values: object) -> Finding:
    """Return a finding that is kept with the batch."""
    return Finding(Severity.WARNING, sheet, cell, text, values)


def info(sheet: str | None, cell: str | None, text: str, /, **values: object) -> Finding:
    """Return a finding that only explains."""
    return Finding(Severity.INFO, sheet, cell, text, values)


def refuses(findings: Iterable[Finding]) -> bool:
    """Say whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
