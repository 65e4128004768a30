"""Understands a whole file: sheets, layouts, numbers, names, checks; gives a tidy table and says how it came about.

Pure: reads the file it is given and nothing else, knows no store and no screen. Nothing is guessed: what can be read
in two ways is an error finding that a mapping answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyarrow as pa

from kpi.errors import RefusedFile, UsageError
from kpi.intake.messages import Message, close_to, joined, mark
from kpi.intake.sheets.achievement_check import Compared, achievement_findings, compare_achievements
from kpi.intake.sheets.cells import Book, Sheet
from kpi.intake.sheets.checks import check_figures, without_duplicates
from kpi.intake.sheets.directions import DirectionProposal, propose_directions
from kpi.intake.sheets.extraction import SheetFigures, Table
from kpi.intake.sheets.figures import CellReading, ColumnUnderstood, Figure, ReadOptions
from kpi.intake.sheets.findings import Finding, error, info, question, refuses, warning
from kpi.intake.sheets.grid import read_book
from kpi.intake.sheets.headers import Role
from kpi.intake.sheets.layout import KIND_WORDS, Layout, LayoutKind, recognise
from kpi.intake.sheets.limits import Limits as FileLimits
from kpi.intake.sheets.mapping import EMPTY, ColumnMapping, Mapping, SheetMapping, mapping_to_dict
from kpi.intake.sheets.names import KnownCodes, NameMatch
from kpi.intake.sheets.naming import Naming
from kpi.intake.sheets.polarities import WAYS
from kpi.intake.sheets.tidy import sources, tidy_table
from kpi.model import Polarity

_NO_CODES: Final = KnownCodes()


@dataclass(frozen=True, slots=True)
class UnderstandOptions:
    """What a person says beside the file.

    `unit` and `year` hold where the file states none; `create`: unknown names without a close one become new codes;
    `profile`: the rule profile with which the file's own achievement is compared. `layout`: the one that every table
    must have, None = as recognised.
    """

    unit: str | None = None
    year: int | None = None
    mapping: Mapping = EMPTY
    create: bool = False
    year_starts_in: int = 1
    profile: str = "kmk"
    file_limits: FileLimits = field(default_factory=FileLimits)
    layout: LayoutKind | None = None


@dataclass(frozen=True, slots=True)
class SheetUnderstood:
    """What became of one sheet: its layout, or in words why it is not read."""

    name: str
    layout: Layout | None
    why: Message

    @property
    def is_read(self) -> bool:
        """A table was recognised on the sheet and read."""
        return self.layout is not None


@dataclass(frozen=True, slots=True)
class Understood:
    """All that was understood. `table` has the columns of the tidy contract, a row per figure; missing is null.

    `sources`: the cell of each field (line from 0, field, sheet, cell). `cells`: how each cell was read. `names`: what
    became of the names of units and indicators, by kind. `mapping`: plain data that, given back, reads the same.
    """

    file: str
    kind: str
    sheets: tuple[SheetUnderstood, ...]
    columns: tuple[ColumnUnderstood, ...]
    cells: tuple[CellReading, ...]
    table: pa.Table
    sources: pa.Table
    units: tuple[NameMatch, ...]
    indicators: tuple[NameMatch, ...]
    achievements: tuple[Compared, ...]
    directions: tuple[DirectionProposal, ...]
    findings: tuple[Finding, ...]
    mapping: dict[str, object]

    @property
    def is_refused(self) -> bool:
        """An error stands among the findings: nothing of the file may be written."""
        return refuses(self.findings)

    def understood_json(self) -> list[dict[str, object]]:
        """Return what was understood per column, as `--json` gives it."""
        return [column.as_json() for column in self.columns]

    def findings_json(self) -> list[dict[str, object]]:
        """Return the findings as `--json` gives them."""
        return [finding.as_json() for finding in self.findings]


def understand(
    source: Path | bytes,
    known: KnownCodes = _NO_CODES,
    options: UnderstandOptions | None = None,
    name: str | None = None,
) -> Understood:
    """Understand an xlsx, xls, ods, csv or parquet file (`name`: what to call bytes).

    Raises RefusedFile for a file that can't be opened, UsageError for a mapping or a rule profile that can't be; all
    else is a finding, an error among them when the file must not be written.
    """
    options = options or UnderstandOptions()
    return understand_book(read_book(source, name, options.file_limits), known, options)


def understand_book(book: Book, known: KnownCodes, options: UnderstandOptions) -> Understood:
    """Understand a file whose cells are read. Raises as `understand` does."""
    _refuse_strange_mapping(options.mapping, book)
    try:
        return _understood(book, known, options)
    except RecursionError:
        text = "{file}: the file is nested too deeply to be a workbook of figures."
        raise RefusedFile(text, file=book.name) from None


def _understood(book: Book, known: KnownCodes, options: UnderstandOptions) -> Understood:
    read = ReadOptions(options.unit, options.year, options.year_starts_in, options.create, known.indicators)
    naming = Naming.of(known, options.mapping, read)
    findings = list(book.findings)
    sheets: list[SheetUnderstood] = []
    parts: list[SheetFigures] = []
    for sheet in book.sheets:
        understood, part = _sheet(sheet, naming, options.mapping.sheets.get(sheet.name), read)
        sheets.append(understood)
        parts += [part] if part else []
        findings += _said(understood, sheet) + _other_layout(understood, options.layout)
    figures, double = without_duplicates([figure for part in parts for figure in part.figures])
    findings += [finding for part in parts for finding in part.findings] + naming.findings + double
    findings += _without_unit(figures)
    if not any(sheet.is_read for sheet in sheets):
        findings.append(
            error(None, None, mark("No sheet holds a table that is understood. State header_rows in the mapping."))
        )
    elif not figures:
        findings.append(error(None, None, mark("The tables that were understood hold no figure.")))
    polarities = [_polarity(figure, known, options.mapping) for figure in figures]
    compared = compare_achievements(figures, polarities, options.profile)
    open_ones = [figure for figure, polarity in zip(figures, polarities, strict=True) if polarity is None]
    proposals = propose_directions(open_ones, compared, known.indicators)
    findings += check_figures(figures, known.indicators)
    findings += achievement_findings(compared) + _direction_findings(open_ones, proposals, figures, polarities)
    return Understood(
        book.name,
        book.kind,
        tuple(sheets),
        tuple(column for part in parts for column in part.columns),
        tuple(cell for part in parts for cell in part.cells),
        tidy_table(figures, polarities, known.indicators),
        sources(figures),
        tuple(naming.unit_matches.values()),
        tuple(naming.indicator_matches.values()),
        tuple(compared),
        tuple(proposals),
        tuple(findings),
        _as_mapping(sheets, options),
    )


def _sheet(
    sheet: Sheet, naming: Naming, said: SheetMapping | None, options: ReadOptions
) -> tuple[SheetUnderstood, SheetFigures | None]:
    """Recognise and read one sheet."""
    if said is not None and not said.read:
        return SheetUnderstood(sheet.name, None, Message(mark("the mapping leaves it out"))), None
    if sheet.is_hidden and said is None:
        return SheetUnderstood(sheet.name, None, Message(mark("it is hidden; name it in the mapping to read it"))), None
    layout = recognise(sheet, naming.units, said)
    if isinstance(layout, Message):
        return SheetUnderstood(sheet.name, None, layout), None
    part = Table(sheet, layout, said or SheetMapping(), naming, options).read()
    return SheetUnderstood(sheet.name, layout, joined(layout.why)), part


def _said(understood: SheetUnderstood, sheet: Sheet) -> list[Finding]:
    """Say what became of a sheet; one with cells that is not read is worth a second look."""
    if understood.layout is not None:
        return []
    say = info if not sheet.rows or "mapping" in understood.why.text else warning
    return [say(sheet.name, None, mark("The sheet is not read: {why}."), why=understood.why)]


def _other_layout(understood: SheetUnderstood, wanted: LayoutKind | None) -> list[Finding]:
    """Say where a table is not laid out as a person said that it is."""
    if understood.layout is None or wanted is None or wanted is understood.layout.kind:
        return []
    text = mark("The table is laid out as {found}, but {wanted} was given. Leave it out, or state the header's rows.")
    return [
        error(understood.name, understood.layout.area, text, found=_kind(understood.layout.kind), wanted=_kind(wanted))
    ]


def _kind(kind: LayoutKind) -> Message:
    return Message(KIND_WORDS[kind])


def _without_unit(figures: Sequence[Figure]) -> list[Finding]:
    """Name, once per sheet, that nothing states a unit."""
    sheets = dict.fromkeys(figure.sheet for figure in figures if figure.unit is None)
    text = mark("Neither the table nor its titles nor the sheet's name state a unit. Give one (--unit).")
    return [question("unit", sheet, None, text) for sheet in sheets]


def _polarity(figure: Figure, known: KnownCodes, mapping: Mapping) -> Polarity | None:
    """Return the direction that is stated: by a person's mapping, by the file, else by the definition."""
    code = figure.indicator.code or ""
    defined = known.indicators.get(code)
    return mapping.polarities.get(code) or figure.polarity or (defined.polarity if defined else None)


def _direction_findings(
    open_ones: Sequence[Figure],
    proposals: Sequence[DirectionProposal],
    figures: Sequence[Figure],
    polarities: Sequence[Polarity | None],
) -> list[Finding]:
    """Say for each indicator without a direction what is proposed, and name those that the file states in two ways."""
    found: list[Finding] = []
    proposed = {proposal.indicator: proposal for proposal in proposals}
    for code, figure in {(one.indicator.code or one.indicator.name): one for one in reversed(open_ones)}.items():
        values: dict[str, object] = {"indicator": figure.indicator.name, "code": code}
        text = mark(
            "No direction is stated for {indicator}; it is not scored until one is (under [polarities] in the mapping)."
        )
        if proposal := proposed.get(code):
            evidence = joined([one.words for one in proposal.evidence])
            values |= {"polarity": Message(WAYS[proposal.polarity]), "evidence": evidence}
            text = mark("No direction is stated for {indicator}. Proposed: {polarity}, because {evidence}. Confirm it.")
        found.append(warning(figure.sheet, figure.indicator.cell, text, **values))
    stated: dict[str, set[Polarity]] = {}
    for figure, polarity in zip(figures, polarities, strict=True):
        if polarity is not None:
            stated.setdefault(figure.indicator.code or figure.indicator.name, set()).add(polarity)
    text = mark("The indicator {indicator} is given more than one direction: {directions}. Keep one.")
    return found + [
        error(
            None,
            None,
            text,
            indicator=code,
            directions=joined([Message(WAYS[each]) for each in sorted(directions)], ", "),
        )
        for code, directions in stated.items()
        if len(directions) > 1
    ]


def _refuse_strange_mapping(mapping: Mapping, book: Book) -> None:
    """Raise UsageError where a mapping speaks of a sheet that the file has not."""
    names = [sheet.name for sheet in book.sheets]
    for said in mapping.sheets:
        if said not in names:
            text = "mapping: {file} has no sheet '{sheet}'.{hint}"
            raise UsageError(text, file=book.name, sheet=said, hint=close_to(said, names))


def _as_mapping(sheets: Sequence[SheetUnderstood], options: UnderstandOptions) -> dict[str, object]:
    """Return what was understood as a mapping, with a person's own answers kept."""
    entries: dict[str, SheetMapping] = {}
    for sheet in sheets:
        own = options.mapping.sheets.get(sheet.name, SheetMapping())
        entries[sheet.name] = (
            own.model_copy(update={"read": False}) if sheet.layout is None else _entry(sheet.layout, own)
        )
    return mapping_to_dict(options.mapping.model_copy(update={"sheets": entries}))


def _entry(layout: Layout, own: SheetMapping) -> SheetMapping:
    """Return one sheet's entry: header, last row and each column as it was read."""
    columns = {
        column.letter: ColumnMapping(
            role=column.role,
            period=column.period.code if column.period and not column.period.is_to_date else None,
            numbers=own.columns[column.letter].numbers if column.letter in own.columns else None,
        )
        for column in layout.columns
        if column.role is not Role.UNKNOWN
    }
    header = (layout.header[0] + 1, layout.header[1] + 1)
    return own.model_copy(update={"header_rows": header, "last_row": layout.body[1] + 1, "columns": columns})
