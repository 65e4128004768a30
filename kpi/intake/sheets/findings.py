"""What is wrong, doubtful or worth knowing in a file, each at its cell; decides nothing about the import."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kpi.intake.messages import Message


class Severity(StrEnum):
    """How much a finding weighs: an error refuses the file, a warning stays with the batch, info explains."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `text` is an English msgid with {places} that `values` fill, so that a screen can translate it.

    `asks` names what a person's mapping can answer: numbers, dates, role, year, unit.
    """

    severity: Severity
    sheet: str | None
    cell: str | None
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    file: str | None = None
    line: int | None = None
    asks: str = ""

    @property
    def message(self) -> str:
        """The finding in English words."""
        return str(Message(self.text, self.values))

    def as_json(self, *, with_file: bool = False) -> dict[str, object]:
        """Return severity, sheet, cell and message, as `--json` gives them; a line where there is no cell."""
        said: dict[str, object] = {"severity": self.severity.value, "sheet": self.sheet, "cell": self.cell}
        said |= {"message": self.message}
        said |= {"line": self.line} if self.line is not None and self.cell is None else {}
        return said | {"file": self.file} if with_file else said

    def __str__(self) -> str:
        place = self.sheet + (f"!{self.cell}" if self.cell else "") if self.sheet else ""
        return f"{place}: {self.message}" if place else self.message


def error(sheet: str | None, cell: str | None, text: str, /, **values: object) -> Finding:
    """Return a finding that refuses the file."""
    return Finding(Severity.ERROR, sheet, cell, text, values)


def question(asks: str, sheet: str | None, cell: str | None, text: str, /, **values: object) -> Finding:
    """Return a finding that refuses the file until a mapping answers it."""
    return Finding(Severity.ERROR, sheet, cell, text, values, asks=asks)


def warning(sheet: str | None, cell: str | None, text: str, /, **values: object) -> Finding:
    """Return a finding that is kept with the batch."""
    return Finding(Severity.WARNING, sheet, cell, text, values)


def info(sheet: str | None, cell: str | None, text: str, /, **values: object) -> Finding:
    """Return a finding that only explains."""
    return Finding(Severity.INFO, sheet, cell, text, values)


def refuses(findings: Iterable[Finding]) -> bool:
    """Say whether any of the findings is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)
