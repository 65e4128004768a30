"""Imports files into one organisation: judges them, then records all of them or nothing. Shows nothing itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from kpi.access import Access
from kpi.intake.allowed import check_changes, log_entered, signed
from kpi.intake.judging import Judged, Judgement, Known, Progress, judged, judged_anew
from kpi.intake.messages import plain_values
from kpi.intake.options import ImportOptions, ImportReport
from kpi.intake.refused import set_aside
from kpi.intake.sheets.findings import Severity
from kpi.intake.sources import Source
from kpi.store.record import Batch, BatchFinding, BatchHeader, Entry, Record


def import_files(
    store: Path, access: Access, paths: Sequence[Path], options: ImportOptions, progress: Progress | None = None
) -> ImportReport:
    """Import files into the record of `store`: all of them, or nothing.

    A refused file is no exception but a report with `is_refused`; then the store is byte for byte as it was. Publishing
    is the caller's. Raises AccessRefused for what `access` may not enter, UsageError for a wrong call, StoreError when
    the record can't be opened or written. A locked figure changes only with a reason in the options.
    """
    tell = progress or _silent
    judgement = judged(store, access, [Source.at(path) for path in paths], options, tell)
    if options.dry_run and not judgement.is_refused:
        tell(0.7, "comparing")
        return tried(store, access, judgement)
    return recorded(store, access, judgement, progress=tell)


def tried(store: Path, access: Access, judgement: Judgement) -> ImportReport:
    """Count what an import would do. Raises AccessRefused."""
    options, reports = judgement.options, []
    with Record.opened(store, writing=False) as record:
        for file in judgement.files:
            assert file.plan is not None  # a judgement that is not refused has plans
            figures = file.plan.figures
            check_changes(store, access, record, judgement.known.definitions, (file.plan.definitions, figures))
            counts = record.counts(options.organisation_code, figures, definitions=file.plan.definitions)
            accepted = len(figures) - counts.unchanged
            reports.append(counted(file, options, accepted, counts.unchanged, None))
    return ImportReport.together(reports)


def recorded(store: Path, access: Access, judgement: Judgement, *, progress: Progress | None = None) -> ImportReport:
    """Record what was judged, all or nothing; judged anew when another import came between.

    What is locked changes with a reason, by one who may verify. Raises AccessRefused, LockedFigures, StoreError.
    """
    options = judgement.options
    if judgement.is_refused:
        return _refused(judgement)
    (progress or _silent)(0.7, "recording")
    with Record.opened(store, writing=True) as record:
        known = Known.of(record, options.organisation_code)
        if (known.definitions, known.aliases) != (judgement.known.definitions, judgement.known.aliases):
            judgement = judged_anew(store, access, judgement, known)
            if judgement.is_refused:
                return _refused(judgement)
        for plan in judgement.plans:
            check_changes(store, access, record, known.definitions, (plan.definitions, plan.figures))
        with ExitStack() as aside:
            for plan in judgement.plans:
                aside.enter_context(set_aside(plan, options.skip_refused))
            entries = [_entry(file, options, signed(access, options.made_by)) for file in judgement.files]
            batches = record.append_all(entries, may_change_locked=bool(options.reason))
    log_entered(store, access, batches)
    reports = [_of_batch(file, batch, options) for file, batch in zip(judgement.files, batches, strict=True)]
    return ImportReport.together(reports)


def _silent(_share: float, _what: str) -> None:
    """Tell nobody."""


def _refused(judgement: Judgement) -> ImportReport:
    """Report on files of which none is written; rows that were to be set aside still are."""
    options = judgement.options
    for plan in judgement.plans:
        with set_aside(plan, None if options.dry_run else options.skip_refused):
            pass
    return judgement.refused()


def _entry(file: Judged, options: ImportOptions, made_by: str) -> Entry:
    plan = file.plan
    assert plan is not None  # a judgement that is not refused has plans
    assert plan.definitions is not None  # a plan with sound rows has them
    header = BatchHeader(
        organisation_code=options.organisation_code,
        kind=options.kind,
        file_name=file.source.name,
        file_digest=plan.sheet.digest,
        made_by=made_by,
        reason=options.reason,
        rows=plan.sheet.row_count,
        rejected=len(plan.refused),
    )
    findings = [
        BatchFinding(one.severity.value, one.text, plain_values(one.values), one.sheet, one.cell, one.line)
        for one in file.findings
        if one.severity is Severity.WARNING
    ]
    places = file.office.places if file.office else None
    aliases = file.office.aliases if file.office else ()
    comments = [dataclasses.replace(one, author=made_by) for one in file.comments]
    return Entry(header, plan.definitions, plan.figures, places, findings, aliases, comments)


def _of_batch(file: Judged, batch: Batch | None, options: ImportOptions) -> ImportReport:
    if batch is None:
        assert file.plan is not None  # it was recorded
        return counted(file, options, 0, len(file.plan.figures), None)
    return counted(file, options, batch.accepted, batch.unchanged, batch.batch_number)


def counted(file: Judged, options: ImportOptions, accepted: int, unchanged: int, batch: int | None) -> ImportReport:
    """Return a file's report with its sound rows counted; `batch` None: nothing was recorded."""
    return dataclasses.replace(
        file.report(options),
        rows=file.row_count,
        accepted=accepted,
        unchanged=unchanged,
        batches=() if batch is None else (batch,),
    )
