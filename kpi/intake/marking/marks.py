"""What is to be marked and where: findings and errors of a file, each at a cell of its sheets. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kpi.i18n import Translator, mark
from kpi.intake.columns import normalised
from kpi.intake.messages import translated
from kpi.intake.options import RowError
from kpi.intake.sheets.cells import Book, Sheet, address, place
from kpi.intake.sheets.findings import Finding, Severity

_WORDS: Final = {Severity.ERROR: mark("ERROR"), Severity.WARNING: mark("WARNING"), Severity.INFO: mark("NOTE")}
_ORDER: Final = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to say. `sheet` None = of the file; `cell` None = of the sheet. `word` names the severity."""

    severity: Severity
    word: str
    sheet: str | None
    cell: str | None
    text: str


def marks_of(findings: Iterable[Finding], errors: Iterable[RowError], book: Book, t: Translator) -> list[Mark]:
    """Return what is to be said, errors first, then in the order of the sheets; the same is said once."""
    marks = [_of_error(error, book, t) for error in errors]
    marks += [_of_finding(finding, book, t) for finding in findings]
    places = {sheet.name: number for number, sheet in enumerate(book.sheets)}

    def order(one: Mark) -> tuple[int, int, tuple[int, int]]:
        at = place(one.cell) if one.cell else None
        return _ORDER.index(one.severity), places.get(one.sheet or "", -1), at or (-1, -1)

    return sorted(dict.fromkeys(marks), key=order)


def _of_finding(finding: Finding, book: Book, t: Translator) -> Mark:
    sheet, cell = finding.sheet, finding.cell
    if sheet is None and finding.line is not None:
        sheet, cell = _at_line(finding.line, None, book)
    return Mark(finding.severity, t(_WORDS[finding.severity]), sheet, cell, translated(t, finding))


def _of_error(error: RowError, book: Book, t: Translator) -> Mark:
    sheet, cell = error.sheet, error.cell
    if sheet is None and error.line is not None:
        sheet, cell = _at_line(error.line, error.column, book)
    return Mark(Severity.ERROR, t(_WORDS[Severity.ERROR]), sheet, cell, translated(t, error))


def _at_line(line: int, column: str | None, book: Book) -> tuple[str | None, str | None]:
    """Return the cell of a tidy file's line and named column: its first cell where the whole row is meant."""
    if not book.sheets:
        return None, None
    sheet = book.sheets[0]
    row = line if book.kind == "parquet" else line - 1
    return sheet.name, address(row, _column(sheet, column))


def _column(sheet: Sheet, name: str | None) -> int:
    header: Sequence[str] = normalised([sheet.text(0, column) for column in range(sheet.width)])
    return header.index(name) if name in header else 0
