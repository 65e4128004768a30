"""The way in for a person: what files would do, shown before anything is written; then, on their word, done.

A proposal may be kept between two looks at a screen: it holds the files and what was thought of them, no connection.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from kpi.access import Access
from kpi.intake.allowed import check_changes
from kpi.intake.asking import Ask, asks_of
from kpi.intake.difference import DIFFERENCE, Compared
from kpi.intake.importing import counted, recorded
from kpi.intake.judging import Judged, Judgement, Progress, judged
from kpi.intake.messages import Message
from kpi.intake.options import ImportOptions, ImportReport
from kpi.intake.sheets.figures import CellReading, ColumnUnderstood
from kpi.intake.sheets.findings import Finding, Severity
from kpi.intake.sheets.understanding import SheetUnderstood, Understood
from kpi.intake.sources import Source
from kpi.store.record import ComparedCounts, Record


@dataclass(frozen=True, slots=True)
class FileProposal:
    """What became of one file. `understood` None: a tidy table, read as it stands."""

    name: str
    kind: str
    understood: Understood | None
    columns: tuple[ColumnUnderstood, ...]
    report: ImportReport

    @property
    def sheets(self) -> tuple[SheetUnderstood, ...]:
        """What became of each sheet."""
        return self.understood.sheets if self.understood else ()

    @property
    def cells(self) -> tuple[CellReading, ...]:
        """How each cell was read."""
        return self.understood.cells if self.understood else ()

    @property
    def mapping(self) -> Mapping[str, object]:
        """How the file was read, as plain data that reads it so again."""
        return self.understood.mapping if self.understood else {}


@dataclass(frozen=True)
class Proposal:
    """What files would do to the record. `report` counts as a dry run does."""

    judgement: Judgement
    compared: tuple[Compared, ...]
    files: tuple[FileProposal, ...]
    asks: tuple[Ask, ...]

    @property
    def options(self) -> ImportOptions:
        """The options with the answers given so far."""
        return self.judgement.options

    @property
    def sources(self) -> tuple[Source, ...]:
        """The files."""
        return tuple(file.source for file in self.judgement.files)

    @property
    def is_refused(self) -> bool:
        """Nothing may be written as things stand."""
        return self.judgement.is_refused

    @cached_property
    def report(self) -> ImportReport:
        """The files' reports together."""
        return ImportReport.together(file.report for file in self.files)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in all files: errors first, then warnings."""
        order = list(Severity)
        return tuple(sorted(self.report.all_findings, key=lambda finding: order.index(finding.severity)))

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that refuse."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that are kept with the batch."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)

    @property
    def created(self) -> tuple[Message, ...]:
        """What would be registered, or told anew of units and indicators."""
        return tuple(message for plan in self.judgement.plans for message in plan.created)

    @cached_property
    def counts(self) -> ComparedCounts:
        """How many figures are new, changed, unchanged; locked or published and to be changed."""
        parts = [dataclasses.astuple(one.counts) for one in self.compared] or [(0, 0, 0, 0, 0)]
        return ComparedCounts(*(sum(column) for column in zip(*parts, strict=True)))

    @property
    def changes_locked(self) -> bool:
        """A locked figure would change: only one who may can do it, and with a reason."""
        return self.counts.locked > 0

    @property
    def needs_reason(self) -> bool:
        """A figure that is published, or locked, would change."""
        return self.counts.locked > 0 or self.counts.published > 0

    @cached_property
    def difference(self) -> pd.DataFrame:
        """One row per figure and field, with old and new; columns as DIFFERENCE."""
        tables = [one.difference() for one in self.compared]
        return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(DIFFERENCE))


def propose(
    store: Path, access: Access, sources: Sequence[Source], options: ImportOptions, progress: Progress | None = None
) -> Proposal:
    """Look at files without writing anything. Content that can't be taken is a finding, never an exception.

    Raises AccessRefused for what `access` may not enter, UsageError for a wrong call or a mapping that can't be,
    StoreError when the record can't be read.
    """
    tell = progress or (lambda _share, _what: None)
    judgement = judged(store, access, sources, dataclasses.replace(options, dry_run=True), tell)
    tell(0.7, "comparing")
    compared: list[Compared] = []
    with Record.opened(store, writing=False) as record:
        for file in judgement.files:
            if file.plan is None or file.plan.definitions is None or not len(file.plan.figures):
                continue
            plan = file.plan
            found = record.compare(options.organisation_code, plan.figures, definitions=plan.definitions)
            check_changes(store, access, record, judgement.known.definitions, (plan.definitions, plan.figures), found)
            compared.append(Compared(file, found))
    tell(1.0, "")
    return Proposal(judgement, tuple(compared), _files(judgement, compared), _asks(judgement))


def commit(
    store: Path,
    access: Access,
    proposal: Proposal,
    made_by: str,
    reason: str | None = None,
    *,
    progress: Progress | None = None,
) -> ImportReport:
    """Record what was proposed, all or nothing; judged anew when another import came between.

    A refused proposal gives a report that is refused, and nothing is written. Raises AccessRefused for what `access`
    may not enter, LockedFigures where a locked figure would change without a reason, StoreError when the record can't
    be written.
    """
    options = dataclasses.replace(proposal.options, made_by=made_by, reason=reason, dry_run=False)
    judgement = dataclasses.replace(proposal.judgement, options=options)
    return recorded(store, access, judgement, progress=progress)


def _files(judgement: Judgement, compared: Sequence[Compared]) -> tuple[FileProposal, ...]:
    counts = {id(one.file): one.counts for one in compared}
    return tuple(_file(file, judgement, counts.get(id(file))) for file in judgement.files)


def _file(file: Judged, judgement: Judgement, counts: ComparedCounts | None) -> FileProposal:
    understood = file.office.understood if file.office else None
    if judgement.is_refused or counts is None:
        report = judgement.held(file)
    else:
        report = counted(file, judgement.options, counts.new + counts.changed, counts.unchanged, None)
    return FileProposal(file.source.name, file.kind, understood, report.understood, report)


def _asks(judgement: Judgement) -> tuple[Ask, ...]:
    known = judgement.known.definitions
    units = {code: unit.name for code, unit in known.units.items()} if known else {}
    found = [ask for file in judgement.files for ask in asks_of(file, known.indicators if known else {}, units)]
    return tuple(sorted(found, key=lambda ask: not ask.is_needed))
