"""What an import is asked for and what it answers. Does no I/O."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kpi.model import AggregationOverPeriods, AggregationOverUnits


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How files are to be read into one organisation.

    `create` registers what the files name and the record doesn't know. `skip_refused` names the CSV file that takes
    the refused rows, so that the sound ones go in; None = all or nothing. `dry_run` does everything but write.
    """

    organisation_code: str
    organisation_name: str | None = None
    year_starts_in: int | None = None
    create: bool = False
    dry_run: bool = False
    skip_refused: Path | None = None
    aggregation_over_periods: AggregationOverPeriods | None = None
    aggregation_over_units: AggregationOverUnits | None = None
    made_by: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RowError:
    """One fault: the physical line (the header is 1; in Parquet the row from 1) and the column, None = all of it."""

    line: int | None
    column: str | None
    message: str
    file: Path

    def as_dict(self, *, with_file: bool) -> dict[str, object]:
        """Return line, column and message, and on wish the file."""
        words: dict[str, object] = {"line": self.line, "column": self.column, "message": self.message}
        return words | {"file": str(self.file)} if with_file else words

    def __str__(self) -> str:
        place = str(self.file) + (f" line {self.line}" if self.line is not None else "")
        return f"{place}{f', {self.column}' if self.column else ''}: {self.message}"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or a dry run would do: of one file, or of several together.

    rows = accepted + unchanged + rejected + held: corrections are accepted, rejected rows have an error, held ones are
    sound rows of a refused import. `errors_left_out` counts those beyond the first hundred thousand of a file.
    `batches` are the numbers of what was recorded; `created` and `warnings` are sentences for people.
    """

    files: tuple[Path, ...]
    rows: int = 0
    accepted: int = 0
    unchanged: int = 0
    rejected: int = 0
    held: int = 0
    batches: tuple[int, ...] = ()
    errors: tuple[RowError, ...] = ()
    errors_left_out: int = 0
    created: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    is_refused: bool = False
    is_dry_run: bool = False
    refused_file: Path | None = field(default=None)

    def __post_init__(self) -> None:
        if self.rows != self.accepted + self.unchanged + self.rejected + self.held:
            raise ValueError(f"Rows don't add up: {self}")

    @classmethod
    def together(cls, reports: Iterable[ImportReport]) -> ImportReport:
        """Return the sums over several files."""
        parts = list(reports)
        return cls(
            files=tuple(path for part in parts for path in part.files),
            rows=sum(part.rows for part in parts),
            accepted=sum(part.accepted for part in parts),
            unchanged=sum(part.unchanged for part in parts),
            rejected=sum(part.rejected for part in parts),
            held=sum(part.held for part in parts),
            batches=tuple(number for part in parts for number in part.batches),
            errors=tuple(error for part in parts for error in part.errors),
            errors_left_out=sum(part.errors_left_out for part in parts),
            created=tuple(sentence for part in parts for sentence in part.created),
            warnings=tuple(sentence for part in parts for sentence in part.warnings),
            is_refused=any(part.is_refused for part in parts),
            is_dry_run=any(part.is_dry_run for part in parts),
            refused_file=next((part.refused_file for part in parts if part.refused_file), None),
        )

    def as_dict(self) -> dict[str, object]:
        """Return the JSON object of docs/command-line.md; several files add `batches`, and `file` to each error."""
        several = len(self.files) > 1
        errors = [error.as_dict(with_file=several) for error in self.errors]
        answer: dict[str, object] = {
            "batch": self.batches[-1] if self.batches else None,
            "rows": self.rows,
            "accepted": self.accepted,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "held": self.held,
            "errors": errors,
        }
        if several:
            answer["batches"] = list(self.batches)
        if self.errors_left_out:
            answer["errors_left_out"] = self.errors_left_out
        return answer
