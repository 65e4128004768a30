"""A file's cells as a person sees them beside how each was read: for a grid with colours and signs. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kpi.intake.judging import Judged
from kpi.intake.office import OfficeFile
from kpi.intake.sheets.cells import Sheet, as_text, is_blank, place
from kpi.intake.sheets.figures import CellReading
from kpi.intake.sheets.findings import Finding, Severity
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.numbers import Reading


class Kind(StrEnum):
    """How a cell was read. In the order in which a legend explains them."""

    VALUE = "value"
    TARGET = "target"
    CHECKED = "checked"
    NAME = "name"
    HEADER = "header"
    MISSING = "missing"
    IGNORED = "ignored"
    DOUBTFUL = "doubtful"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell that holds something. `number` is what was read where the text itself isn't that number, else None."""

    kind: Kind
    text: str
    number: float | None = None


@dataclass(frozen=True, slots=True)
class ShownSheet:
    """Rows of one sheet; rows and columns count from 0. `row_count` is that of the whole sheet."""

    name: str
    first: int
    row_count: int
    width: int
    cells: Mapping[tuple[int, int], ShownCell]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds among the rows, in the legend's order."""
        found = {cell.kind for cell in self.cells.values()}
        return tuple(kind for kind in Kind if kind in found)


_TARGETS: Final = frozenset({Role.TARGET, Role.TARGET_HIGH})
_VALUES: Final = frozenset({Role.VALUE, Role.SERIES, Role.NUMERATOR, Role.DENOMINATOR})
_IGNORED: Final = frozenset({Role.IGNORED, Role.UNKNOWN, Role.ROW_NUMBER, Role.CAPAIAN})
_AS_IT_STANDS: Final = frozenset({Reading.TYPED.value, ""})
_OF_TEMPLATE: Final = {"weight": Kind.TARGET}
"""Fields of a template that are no role of a table."""


def sheet_names(file: Judged) -> tuple[str, ...]:
    """Return the sheets whose cells can be shown; none of a tidy file, which is read straight."""
    return tuple(sheet.name for sheet in _sheets(file))


def shown_sheet(file: Judged, name: str, first: int, rows: int) -> ShownSheet:
    """Return `rows` rows of a sheet from row `first` (from 0) on, with how each cell was read."""
    sheet = next(sheet for sheet in _sheets(file) if sheet.name == name)
    last = min(first + rows, len(sheet.rows))
    cells: dict[tuple[int, int], ShownCell] = {}
    read = dict(_read(file, name, range(first, last)))
    for row in range(first, last):
        for column, value in enumerate(sheet.rows[row]):
            if not is_blank(value):
                kind, number = read.get((row, column), (Kind.IGNORED, None))
                cells[row, column] = ShownCell(kind, as_text(value), number)
    for spot, kind in _faults(file, name):
        if first <= spot[0] < last:
            known = cells.get(spot, ShownCell(kind, ""))
            cells[spot] = ShownCell(kind, known.text, known.number)
    return ShownSheet(name, first, len(sheet.rows), sheet.width, cells)


def _sheets(file: Judged) -> tuple[Sheet, ...]:
    """Return the sheets of a file whose cells were read, hidden ones apart."""
    if not isinstance(file.content, OfficeFile):
        return ()
    return tuple(sheet for sheet in file.content.book.sheets if sheet.rows and not sheet.is_hidden)


Read = tuple[tuple[int, int], tuple[Kind, float | None]]


def _read(file: Judged, name: str, rows: range) -> Iterator[Read]:
    office = file.office
    if office is None:
        return
    if office.template is not None:
        for source in office.template.sources.to_pylist():
            spot = place(source["cell"]) if source["sheet"] == name else None
            if spot is not None and spot[0] in rows:
                yield spot, (_kind_of_field(source["field"]), None)
    if office.understood is None:
        return
    layout = next((sheet.layout for sheet in office.understood.sheets if sheet.name == name), None)
    if layout is not None:
        for row in range(layout.header[0], layout.header[1] + 1):
            yield from (((row, column.number), (Kind.HEADER, None)) for column in layout.columns)
    for reading in office.understood.cells:
        spot = place(reading.cell) if reading.sheet == name else None
        if spot is not None and spot[0] in rows:
            yield spot, (_kind(reading), _other_number(reading))


def _kind(reading: CellReading) -> Kind:
    if reading.reading in (Reading.AMBIGUOUS.value, Reading.UNREADABLE.value):
        return Kind.ERROR
    if reading.reading == Reading.WORD.value:
        return Kind.DOUBTFUL
    if reading.reading == Reading.MISSING.value:
        return Kind.MISSING
    if reading.role in _IGNORED:
        return Kind.IGNORED
    if reading.role is Role.ACHIEVEMENT:
        return Kind.CHECKED
    return Kind.TARGET if reading.role in _TARGETS else Kind.VALUE if reading.role in _VALUES else Kind.NAME


def _other_number(reading: CellReading) -> float | None:
    """Return the number that was read of a text, None where the cell itself holds it."""
    is_number = isinstance(reading.value, (int, float)) and not isinstance(reading.value, bool)
    return float(reading.value) if is_number and reading.reading not in _AS_IT_STANDS else None  # type: ignore[arg-type]


def _kind_of_field(field: str) -> Kind:
    if field in _OF_TEMPLATE:
        return _OF_TEMPLATE[field]
    role = Role(field) if field in set(Role) else None
    return Kind.TARGET if role in _TARGETS else Kind.VALUE if role in _VALUES else Kind.NAME


def _faults(file: Judged, name: str) -> Iterator[tuple[tuple[int, int], Kind]]:
    """Yield the cells with a warning, then those with an error, which weighs more."""
    yield from _places(file.findings, name, Kind.DOUBTFUL)
    yield from _places((error.finding for error in file.errors), name, Kind.ERROR)


def _places(findings: Iterable[Finding], name: str, kind: Kind) -> Iterator[tuple[tuple[int, int], Kind]]:
    for finding in findings:
        if finding.severity is not Severity.INFO and finding.sheet == name and finding.cell:
            spot = place(finding.cell)
            if spot is not None:
                yield spot, kind
