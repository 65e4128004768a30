"""Reads the files of one import and judges each against what is known and what those before it define."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from kpi.access import Access, open_allowed
from kpi.errors import KpiError, RefusedFile, StoreError, UsageError
from kpi.intake.across import without_repeats
from kpi.intake.allowed import check_enters, check_says, check_units
from kpi.intake.definitions import said
from kpi.intake.faults import FileFault
from kpi.intake.messages import Message, close_to, mark
from kpi.intake.office import Asked, OfficeFigures, OfficeFile, office_figures
from kpi.intake.options import ImportOptions, ImportReport, RowError
from kpi.intake.plan import Plan, planned
from kpi.intake.readers import is_tidy_file, read_sheet
from kpi.intake.series import KnownSeries
from kpi.intake.sheet import Sheet
from kpi.intake.sheets.findings import Finding, Severity
from kpi.intake.sheets.layout import LayoutKind
from kpi.intake.sources import Source
from kpi.intake.tidy_columns import tidy_columns
from kpi.model import Comment
from kpi.store.record import Alias, Definitions, Record

Progress: TypeAlias = Callable[[float, str], None]
"""Told the share of the work that is done (0–1) and a word on what comes next."""
_DEFAULT_PROFILE = "kmk"


@dataclass(frozen=True, slots=True)
class Known:
    """What the record knew when files were judged."""

    definitions: Definitions | None
    aliases: tuple[Alias, ...]
    organisations: tuple[str, ...]
    comments: frozenset[Comment] = frozenset()

    @classmethod
    def of(cls, record: Record, organisation_code: str) -> Known:
        """Return what an opened record knows of an organisation."""
        definitions = record.definitions(organisation_code)
        organisations = sorted({batch.organisation_code for batch in record.batches()})
        comments = frozenset(dataclasses.replace(one, author="") for one in record.commentary(organisation_code))
        return cls(definitions, tuple(record.aliases(organisation_code)), tuple(organisations), comments)


@dataclass(frozen=True, slots=True)
class Judged:
    """One file: what was read of it, and what is thought of it. `refusal` = it can't be taken at all, and why."""

    source: Source
    content: Sheet | OfficeFile | None
    office: OfficeFigures | None = None
    plan: Plan | None = None
    refusal: tuple[RowError, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of file: csv, parquet, xlsx, xls, ods; empty when it could not be read."""
        match self.content:
            case Sheet():
                return "csv" if self.content.is_text else "parquet"
            case OfficeFile():
                return self.content.book.kind
            case None:
                return ""

    @property
    def row_count(self) -> int:
        """How many rows or figures the file has."""
        dropped = self.office.dropped if self.office else 0
        if self.plan is not None:
            return self.plan.sheet.row_count + dropped
        return self.content.row_count if isinstance(self.content, Sheet) else dropped

    @property
    def rejected(self) -> int:
        """How many of them have an error."""
        return (len(self.plan.refused) if self.plan else 0) + (self.office.dropped if self.office else 0)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """What a template says of its figures."""
        template = self.office.template if self.office else None
        return template.comments if template else ()

    @property
    def errors(self) -> tuple[RowError, ...]:
        """What refuses the file or rows of it, in the order of the file."""
        cells = self.office.errors if self.office else ()
        return (*self.refusal, *cells, *(self.plan.errors if self.plan else ()))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What else was found, the errors apart."""
        named = self.office.findings if self.office else ()
        kept = [dataclasses.replace(one, file=self.source.name) for one in named if one.severity is not Severity.ERROR]
        return (*kept, *(self.plan.doubts if self.plan else ()))

    def is_refused(self, options: ImportOptions) -> bool:
        """Return whether nothing may be written because of this file: errors that may not be set aside."""
        if self.plan is None or self.refusal or (self.office is not None and self.office.errors):
            return True
        return len(self.plan.refused) > 0 and (options.skip_refused is None or not len(self.plan.figures))

    def report(self, options: ImportOptions) -> ImportReport:
        """Return what every report on the file says; the rows that may go in are not counted yet."""
        plan = self.plan
        is_set_aside = plan is not None and len(plan.refused) > 0 and not options.dry_run
        columns = self.office.columns if self.office else ()
        return ImportReport(
            files=(self.source.label,),
            rows=self.rejected,
            rejected=self.rejected,
            errors=self.errors,
            errors_left_out=plan.errors_left_out if plan else 0,
            created=plan.created if plan else (),
            findings=self.findings,
            findings_left_out=plan.doubts_left_out if plan else 0,
            understood=tidy_columns(self.content) if isinstance(self.content, Sheet) else columns,
            mappings=(self.office.mapping,) if self.office and self.office.mapping else (),
            is_dry_run=options.dry_run,
            refused_file=options.skip_refused if is_set_aside else None,
        )


@dataclass(frozen=True, slots=True)
class Judgement:
    """The files of one import, judged against `known`."""

    files: tuple[Judged, ...]
    known: Known
    options: ImportOptions

    @property
    def is_refused(self) -> bool:
        """Return whether nothing of any file may be written."""
        return any(file.is_refused(self.options) for file in self.files)

    @property
    def plans(self) -> tuple[Plan, ...]:
        """What the files would do that can be planned."""
        return tuple(file.plan for file in self.files if file.plan is not None)

    def refused(self) -> ImportReport:
        """Report that nothing is written; sound rows are held."""
        return ImportReport.together(self.held(file) for file in self.files)

    def held(self, file: Judged) -> ImportReport:
        """Report on one file of which nothing is written."""
        held = file.row_count - file.rejected
        report = dataclasses.replace(file.report(self.options), rows=file.row_count, held=held)
        return dataclasses.replace(report, is_refused=True, created=())


def judged(
    store: Path, access: Access, sources: Sequence[Source], options: ImportOptions, progress: Progress
) -> Judgement:
    """Read and judge the files; writes nothing.

    Raises AccessRefused for units that aren't the reader's, UsageError for a wrong call, StoreError without a record.
    """
    check_call(sources, options)
    check_enters(store, access, options.organisation_code)
    contents: list[Judged] = []
    for number, source in enumerate(sources):
        progress(0.4 * number / len(sources), f"reading {source.name}")
        contents.append(_read(source, options))
    progress(0.4, "checking")
    with Record.opened(store, writing=False) as record:
        known = Known.of(record, options.organisation_code)
    return judged_anew(store, access, Judgement(tuple(contents), known, options), known)


def judged_anew(store: Path, access: Access, judgement: Judgement, known: Known) -> Judgement:
    """Judge files that were read against what is known now, in the eyes of `access`. Raises AccessRefused."""
    options = judgement.options
    series = KnownSeries.of(store, access, options.organisation_code)
    profile = _chosen_profile(store, access, options.organisation_code)
    definitions = known.definitions
    files: list[Judged] = []
    for file in judgement.files:
        if file.content is None:
            files.append(file)
            continue
        found = _judged(file, dataclasses.replace(known, definitions=definitions), options, series, profile)
        if found.plan is not None:
            check_units(store, access, options.organisation_code, known.definitions, found.plan.figures)
            said = {comment.unit_code for comment in found.comments if comment not in known.comments}
            check_says(store, access, options.organisation_code, known.definitions, said)
        definitions = found.plan.definitions if found.plan else definitions
        files.append(found)
    return Judgement(_without_repeats(files), known, options)


def check_call(sources: Sequence[Source], options: ImportOptions) -> None:
    """Raise UsageError for options that can't be, or that don't go together."""
    if not sources:
        raise UsageError("No file is given. Name at least one.")
    if not options.organisation_code.strip():
        raise UsageError("--organisation is empty. Give the organisation's code.")
    if options.year_starts_in is not None and not 1 <= options.year_starts_in <= 12:
        raise UsageError("--year-starts-in {month}: give a month, 1 to 12.", month=options.year_starts_in)
    if options.mapping.sheets and len(sources) > 1:
        raise UsageError("A mapping with sheets takes one file at a time: sheets of two files may have one name.")
    if options.skip_refused is None:
        return
    if len(sources) > 1:
        raise UsageError(
            "--skip-refused takes one file at a time: the refused rows keep the columns of their own file."
        )
    if options.skip_refused.resolve() == sources[0].label.resolve():
        raise UsageError("--skip-refused names the file that is imported. Give the refused rows another one.")


def _read(source: Source, options: ImportOptions) -> Judged:
    try:
        with source.on_disk() as path:
            if is_tidy_file(path) and not _is_explained(options):
                return Judged(source, dataclasses.replace(read_sheet(path), path=source.label))
        content = OfficeFile.read(source)
    except RefusedFile as error:
        return Judged(source, None, refusal=(_refusal(source, error),))
    if options.skip_refused is not None:
        raise UsageError("--skip-refused takes a tidy CSV or Parquet file. Mend the cells of a workbook in it.")
    return Judged(source, content)


def _is_explained(options: ImportOptions) -> bool:
    """Return whether a person says how a file is to be read, so that its cells are looked at one by one."""
    mapping = options.mapping
    return bool(mapping.sheets or mapping.units or mapping.indicators) or options.layout not in (None, LayoutKind.TIDY)


def _judged(file: Judged, known: Known, options: ImportOptions, series: KnownSeries | None, profile: str) -> Judged:
    try:
        if known.definitions is None and not options.create:
            raise _unknown_organisation(known.organisations, options)
        if isinstance(file.content, Sheet):
            return dataclasses.replace(file, plan=planned(file.content, known.definitions, options, series))
        assert file.content is not None  # who could not be read is not judged
        asked = Asked(options, profile)
        office = office_figures(file.content, file.source.label, known.definitions, known.aliases, asked)
        file = dataclasses.replace(file, office=office, plan=None)
        plan = _office_plan(office, known.definitions, options, series)
        new = sum(comment not in known.comments for comment in file.comments)
        if plan is not None and new:
            told = Message(mark("causes and follow-ups that are new or changed: {count}"), {"count": new})
            plan = dataclasses.replace(plan, created=(*plan.created, told))
        return dataclasses.replace(file, plan=plan)
    except FileFault as error:
        return dataclasses.replace(file, refusal=(_refusal(file.source, error),))


def _office_plan(
    office: OfficeFigures, known: Definitions | None, options: ImportOptions, series: KnownSeries | None
) -> Plan | None:
    """Plan what an office's file says; None where no figure is sound and it defines nothing."""
    if office.sheet is None:
        return None
    if office.understood is not None:  # whose every code is known, or a person said that its name is new
        options = dataclasses.replace(options, create=True)
    plan = planned(office.sheet, office.definitions, options, series)
    told = said(known, plan.definitions) if plan.definitions else []
    return dataclasses.replace(plan, created=tuple(told))


def _without_repeats(files: list[Judged]) -> tuple[Judged, ...]:
    """Refuse the rows whose figure stands in an earlier file, once every file can be planned."""
    plans = [file.plan for file in files if file.plan is not None]
    if not len(plans) == len(files) > 1:
        return tuple(files)
    return tuple(dataclasses.replace(file, plan=plan) for file, plan in zip(files, without_repeats(plans), strict=True))


def _refusal(source: Source, error: KpiError) -> RowError:
    """Return a fault of the whole file; an upload lies under a name that its sender doesn't know."""
    line, column = (error.line, error.column) if isinstance(error, FileFault) else (None, None)
    values = (
        {**error.values, "file": source.name} if "file" in error.values and source.content is not None else error.values
    )
    return RowError(line, column, error.text, source.label, values)


def _unknown_organisation(organisations: Sequence[str], options: ImportOptions) -> FileFault:
    code = options.organisation_code
    hint = close_to(code, organisations)
    text = mark("organisation '{code}' is not defined.{hint} Mend the code, or register it with --create.")
    return FileFault(text, code=code, hint=hint)


def _chosen_profile(store: Path, access: Access, organisation_code: str) -> str:
    """Return the rule profile with which a file's own achievement is compared."""
    try:
        return open_allowed(store, access).chosen_profile(organisation_code)
    except StoreError:
        return _DEFAULT_PROFILE
