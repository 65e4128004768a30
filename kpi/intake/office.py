"""An office's own file: understood cell by cell, then laid out like a tidy file, so that the same rules judge both."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kpi.intake.columns import CODED_COLUMNS
from kpi.intake.messages import mark
from kpi.intake.options import ImportOptions, RowError
from kpi.intake.parquet_file import ParquetRows
from kpi.intake.parsing import MULTIPLIERS
from kpi.intake.sheet import Sheet
from kpi.intake.sheets.cells import Book, column_letters, place
from kpi.intake.sheets.figures import ColumnUnderstood
from kpi.intake.sheets.findings import Finding, Severity, error
from kpi.intake.sheets.grid import read_book
from kpi.intake.sheets.measures import measure
from kpi.intake.sheets.names import KnownCodes, MatchedBy
from kpi.intake.sheets.understanding import UnderstandOptions, Understood, understand_book
from kpi.intake.sources import Source
from kpi.intake.templates.reading import TemplateContent, tidy_of
from kpi.intake.templates.stated import indicators_of
from kpi.model import Indicator
from kpi.store.record import FIGURES, PLACES, Alias, AliasKind, Definitions

_DICTIONARY = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True, slots=True)
class OfficeFile:
    """A file whose cells are read, with the digest of its content."""

    book: Book
    digest: str

    @classmethod
    def read(cls, source: Source) -> OfficeFile:
        """Read the cells. Raises RefusedFile for what can't be opened."""
        if source.content is not None:
            return cls(read_book(source.content, source.name), hashlib.sha256(source.content).hexdigest())
        book = read_book(source.label)
        with source.label.open("rb") as file:
            return cls(book, hashlib.file_digest(file, "sha256").hexdigest())


@dataclass(frozen=True, slots=True)
class OfficeFigures:
    """What an office's file says: the sound rows as a `sheet` (None: there is none), and what refuses the file.

    `understood` says how each cell was read, `template` stands in its place for a filled-in template. `dropped` counts
    the figures that a fault keeps out; `places` (PLACES) says in which cell each number stands. `definitions` is what
    is known once the file's own definitions are in.
    """

    understood: Understood | None
    template: TemplateContent | None
    sheet: Sheet | None
    findings: tuple[Finding, ...]
    errors: tuple[RowError, ...]
    dropped: int
    places: pa.Table
    definitions: Definitions | None

    @property
    def columns(self) -> tuple[ColumnUnderstood, ...]:
        """What each column was taken for; a template's are its own."""
        return self.understood.columns if self.understood else ()

    @property
    def mapping(self) -> Mapping[str, object]:
        """How the file was read, as plain data that reads it so again."""
        return self.understood.mapping if self.understood else {}

    @property
    def aliases(self) -> tuple[Alias, ...]:
        """The names that a person's mapping settled in this file, to be remembered."""
        understood = self.understood
        if understood is None:
            return ()
        return tuple(
            Alias(kind, match.text, match.code)
            for kind, matches in ((AliasKind.UNIT, understood.units), (AliasKind.INDICATOR, understood.indicators))
            for match in matches
            if match.matched_by is MatchedBy.MAPPING and match.code is not None
        )


def office_figures(
    file: OfficeFile, path: Path, known: Definitions | None, aliases: Sequence[Alias], asked: Asked
) -> OfficeFigures:
    """Read a filled-in template, or understand any other file. Raises UsageError for a mapping that can't be."""
    template = tidy_of(file.book)
    if template is not None:
        return _of_template(template, file, path, known, asked.options)
    return _of_any_file(file, path, known, known_codes(known, aliases), asked)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an import is asked for, with the rule profile by which a file's own achievement is compared."""

    options: ImportOptions
    profile: str


def _of_any_file(
    file: OfficeFile, path: Path, known: Definitions | None, codes: KnownCodes, asked: Asked
) -> OfficeFigures:
    options = asked.options
    starts = known.organisation.year_starts_in if known else options.year_starts_in or 1
    understood = understand_book(
        file.book,
        codes,
        UnderstandOptions(
            unit=options.unit,
            year=options.year,
            mapping=options.mapping,
            create=options.create,
            year_starts_in=starts,
            profile=asked.profile,
            layout=options.layout,
        ),
    )
    laid_out = _laid_out(understood.table, understood.sources, understood.findings, codes, (file.digest, path))
    sheet, errors, dropped, places = laid_out
    return OfficeFigures(understood, None, sheet, understood.findings, errors, dropped, places, known)


def _of_template(
    template: TemplateContent, file: OfficeFile, path: Path, known: Definitions | None, options: ImportOptions
) -> OfficeFigures:
    findings = list(template.findings)
    if template.organisation_code != options.organisation_code:
        text = mark("This is a template of organisation '{said}', not of '{asked}'. Give it back to its own.")
        values = {"said": template.organisation_code, "asked": options.organisation_code}
        findings.append(error(None, None, text, **values))
    elif known is not None:
        told, more = indicators_of(template.definitions, known.indicators, options.organisation_code)
        findings += more
        known = known.merged_with(Definitions(known.organisation, {}, told))
    codes, named = known_codes(known, ()), (file.digest, path)
    sheet, errors, dropped, places = _laid_out(template.rows, template.sources, findings, codes, named)
    if sheet is None and (template.definitions or template.comments):  # it holds no figure
        sheet = _sheet(template.rows.slice(0, 0), np.empty(0, dtype=np.int64), template.sources, codes, named)
    return OfficeFigures(None, template, sheet, tuple(findings), errors, dropped, places, known)


def _laid_out(
    table: pa.Table, sources: pa.Table, findings: Sequence[Finding], known: KnownCodes, named: tuple[str, Path]
) -> tuple[Sheet | None, tuple[RowError, ...], int, pa.Table]:
    """Return the sound rows as a sheet, the errors, how many rows they keep out, and the place of each number."""
    faults = [finding for finding in findings if finding.severity is Severity.ERROR]
    broken = _broken(table, sources, faults)
    sound = np.flatnonzero(~broken)
    sheet = _sheet(table.take(pa.array(sound)), sound + 1, sources, known, named) if len(sound) else None
    return sheet, tuple(_error(finding, named[1]) for finding in faults), int(broken.sum()), _places(sources)


def known_codes(definitions: Definitions | None, aliases: Sequence[Alias]) -> KnownCodes:
    """Return the codes, names and confirmed aliases with which a file's names are matched."""
    if definitions is None:
        return KnownCodes()
    return KnownCodes(
        units={code: unit.name for code, unit in definitions.units.items()},
        indicators=definitions.indicators,
        organisation=definitions.organisation.organisation_code,
        unit_aliases={alias.name: alias.code for alias in aliases if alias.kind is AliasKind.UNIT},
        indicator_aliases={alias.name: alias.code for alias in aliases if alias.kind is AliasKind.INDICATOR},
    )


def _broken(table: pa.Table, sources: pa.Table, faults: Sequence[Finding]) -> np.ndarray:
    """Return which figures a fault keeps out: those without a code, and those of a faulty cell, else of its row."""
    broken = np.zeros(len(table), dtype=np.bool_)
    for name in ("unit_code", "indicator_code"):
        broken |= table[name].is_null().to_numpy()
    by_cell: dict[tuple[str, str], list[int]] = {}
    by_row: dict[tuple[str, int], list[int]] = {}
    for source in sources.to_pylist():
        by_cell.setdefault((source["sheet"], source["cell"]), []).append(source["line"])
        spot = place(source["cell"])
        if spot is not None and source["field"] in FIGURES.names:
            by_row.setdefault((source["sheet"], spot[0]), []).append(source["line"])
    for fault in faults:
        spot = place(fault.cell) if fault.cell else None
        if fault.sheet is None or fault.cell is None:
            continue
        lines = by_cell.get((fault.sheet, fault.cell)) or (by_row.get((fault.sheet, spot[0])) if spot else None)
        broken[lines or []] = True
    return broken


def _places(sources: pa.Table) -> pa.Table:
    """Return the cells of the numbers, by the line (from 1) that the record keeps."""
    numbers = [source for source in sources.to_pylist() if source["field"] in FIGURES.names]
    rows = [{**source, "line": source["line"] + 1} for source in numbers]
    return pa.Table.from_pylist(rows, schema=PLACES)


def _sheet(
    table: pa.Table, lines: NDArray[np.int64], sources: pa.Table, known: KnownCodes, named: tuple[str, Path]
) -> Sheet:
    """Lay figures out as the text columns of a tidy file; `named` are the digest and the path of theirs."""
    rows = [_row(row, known.indicators, known.units) for row in table.to_pylist()]
    names = [*table.column_names, "multiplier"]
    texts = {name: pa.chunked_array([pa.array([row[name] for row in rows], pa.string())]) for name in names}
    columns = {name: text.cast(_DICTIONARY) if name in CODED_COLUMNS else text for name, text in texts.items()}
    cells = {(source["line"] + 1, source["field"]): (source["sheet"], source["cell"]) for source in sources.to_pylist()}
    digest, path = named
    return Sheet(path, digest, tuple(names), columns, lines, ParquetRows(pa.table(texts)), cells=cells)


def _row(row: Mapping[str, object], indicators: Mapping[str, Indicator], units: Mapping[str, str]) -> dict[str, str]:
    """Return a figure as text. What the record knows of names and units of measure is not said again."""
    said = {name: "" if value is None else _text(value) for name, value in row.items()}
    known = indicators.get(said["indicator_code"])
    if said["unit_code"] in units:
        said["unit_name"] = ""
    if known is not None:
        said["indicator_name"] = ""
        said["unit_of_measure"] = "" if known.unit_of_measure else said["unit_of_measure"]
    base = measure(said["unit_of_measure"]).base
    has_parts = bool(said["numerator"] and said["denominator"])
    said["multiplier"] = f"{base:.0f}" if known is None and has_parts and base in MULTIPLIERS else ""
    return said


def _text(value: object) -> str:
    return repr(value) if isinstance(value, float) else str(value)


def _error(finding: Finding, path: Path) -> RowError:
    """Return an error finding as the report's error, at its row and column letters."""
    spot = place(finding.cell) if finding.cell else None
    line, column = (spot[0] + 1, column_letters(spot[1])) if spot else (None, None)
    return RowError(line, column, finding.text, path, finding.values, finding.sheet, finding.cell)
