"""What an import is asked for and what it answers. Does no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kpi.intake.messages import Message
from kpi.intake.sheets.figures import ColumnUnderstood
from kpi.intake.sheets.findings import Finding, Severity
from kpi.intake.sheets.layout import LayoutKind
from kpi.intake.sheets.mapping import EMPTY
from kpi.intake.sheets.mapping import Mapping as Answers
from kpi.model import AggregationOverPeriods, AggregationOverUnits


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How files are to be read into one organisation.

    `create` registers what the files name and the record doesn't know. `skip_refused` names the CSV file that takes
    the refused rows, so that the sound ones go in; None = all or nothing. `dry_run` does everything but write.
    `mapping` holds a person's answers on how a file is read; `unit` and `year` hold where a file states none; `layout`
    is the one that its tables must have (None: as recognised). `kind` is that of the batches that are recorded.
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
    mapping: Answers = EMPTY
    unit: str | None = None
    year: int | None = None
    layout: LayoutKind | None = None
    kind: str = "import"


@dataclass(frozen=True, slots=True)
class RowError:
    """One fault: the physical line (the header is 1; in Parquet the row from 1) and the column, None = all of it.

    In a workbook the line is the row of the sheet and the column its letters; `sheet` and `cell` name the place there.
    `text` is an English msgid with {places} that `values` fill.
    """

    line: int | None
    column: str | None
    text: str
    file: Path
    values: Mapping[str, object] = field(default_factory=dict)
    sheet: str | None = None
    cell: str | None = None

    @classmethod
    def of(cls, message: Message, file: Path, line: int | None = None, column: str | None = None) -> RowError:
        """Return the error that a message says of a line of a file."""
        return cls(line, column, message.text, file, message.values)

    @property
    def message(self) -> str:
        """The error in English words."""
        return str(Message(self.text, self.values))

    @property
    def finding(self) -> Finding:
        """The error among the findings of its file."""
        return Finding(Severity.ERROR, self.sheet, self.cell, self.text, self.values, self.file.name, self.line)

    def as_dict(self, *, with_file: bool) -> dict[str, object]:
        """Return line, column and message; for a workbook also sheet and cell, and on wish the file."""
        words: dict[str, object] = {"line": self.line, "column": self.column, "message": self.message}
        words |= {"sheet": self.sheet, "cell": self.cell} if self.sheet else {}
        return words | {"file": str(self.file)} if with_file else words

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.file}, {self.sheet}{f'!{self.cell}' if self.cell else ''}: {self.message}"
        place = str(self.file) + (f" line {self.line}" if self.line is not None else "")
        return f"{place}{f', {self.column}' if self.column else ''}: {self.message}"


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or a dry run would do: of one file, or of several together.

    rows = accepted + unchanged + rejected + held: corrections are accepted, rejected rows have an error, held ones are
    sound rows of a refused import. `errors_left_out` counts those beyond the first hundred thousand of a file.
    `batches` are the numbers of what was recorded; `created` are sentences for people, `findings` what is doubtful or
    worth knowing. `understood` says what each column was taken for; `mappings` hold, for each file that was
    understood cell by cell, how it was read.
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
    created: tuple[Message, ...] = ()
    findings: tuple[Finding, ...] = ()
    findings_left_out: int = 0
    understood: tuple[ColumnUnderstood, ...] = ()
    mappings: tuple[Mapping[str, object], ...] = ()
    is_refused: bool = False
    is_dry_run: bool = False
    refused_file: Path | None = field(default=None)

    def __post_init__(self) -> None:
        if self.rows != self.accepted + self.unchanged + self.rejected + self.held:
            raise ValueError(f"Rows don't add up: {self}")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are kept with the batch."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """The errors and the other findings, errors first, then warnings."""
        warnings = [finding for finding in self.findings if finding.severity is Severity.WARNING]
        others = [finding for finding in self.findings if finding.severity is not Severity.WARNING]
        return (*(error.finding for error in self.errors), *warnings, *others)

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
            findings=tuple(finding for part in parts for finding in part.findings),
            findings_left_out=sum(part.findings_left_out for part in parts),
            understood=tuple(column for part in parts for column in part.understood),
            mappings=tuple(mapping for part in parts for mapping in part.mappings),
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
            "understood": [column.as_json() for column in self.understood],
            "findings": [finding.as_json(with_file=several) for finding in self.all_findings],
        }
        if several:
            answer["batches"] = list(self.batches)
        for name in ("errors_left_out", "findings_left_out"):
            if left_out := getattr(self, name):
                answer[name] = left_out
        return answer
