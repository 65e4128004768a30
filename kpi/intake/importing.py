"""Imports files into one organisation: reads, judges, then records all of them or nothing. Shows nothing itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from kpi.errors import RefusedFile, UsageError, did_you_mean
from kpi.intake.across import without_repeats
from kpi.intake.faults import FileFault
from kpi.intake.options import ImportOptions, ImportReport, RowError
from kpi.intake.plan import Plan, planned
from kpi.intake.readers import read_sheet
from kpi.intake.refused import set_aside
from kpi.intake.sheet import Sheet
from kpi.store.record import BatchHeader, Record

Progress: TypeAlias = Callable[[float, str], None]
"""Told the share of the work that is done (0–1) and a word on what comes next."""


def import_files(
    store: Path, paths: Sequence[Path], options: ImportOptions, progress: Progress | None = None
) -> ImportReport:
    """Import tidy CSV or Parquet files into the record of `store`: all of them, or nothing.

    A refused file is no exception but a report with `is_refused`; then the store is byte for byte as it was. Publishing
    is the caller's. Raises UsageError for a wrong call, StoreError when the record can't be opened or written.
    """
    _check_call(paths, options)
    tell = progress or (lambda _share, _what: None)
    sheets: list[Sheet | ImportReport] = []
    for number, path in enumerate(paths):
        tell(0.4 * number / len(paths), f"reading {path.name}")
        sheets.append(_read(path))
    tell(0.4, "checking")
    with Record.opened(store, writing=False) as record:
        plans = _plans(sheets, record, options)
        known = record.definitions(options.organisation_code)
        tell(0.7, "comparing")
        if options.dry_run and not _is_refused(plans, options):
            return ImportReport.together(_tried(plan, record, options) for plan in _sound(plans))
    if _is_refused(plans, options):
        return _refused(plans, options)
    tell(0.7, "recording")
    with Record.opened(store, writing=True) as record:
        if record.definitions(options.organisation_code) != known:  # another import came between
            plans = _plans(sheets, record, options)
        if _is_refused(plans, options):
            return _refused(plans, options)
        return ImportReport.together([_recorded(plan, record, options) for plan in _sound(plans)])


def _check_call(paths: Sequence[Path], options: ImportOptions) -> None:
    if not options.organisation_code.strip():
        raise UsageError("--organisation is empty. Give the organisation's code.")
    if options.year_starts_in is not None and not 1 <= options.year_starts_in <= 12:
        raise UsageError(f"--year-starts-in {options.year_starts_in}: give a month, 1 to 12.")
    if options.skip_refused is None:
        return
    if len(paths) > 1:
        raise UsageError(
            "--skip-refused takes one file at a time: the refused rows keep the columns of their own file."
        )
    if options.skip_refused.resolve() == paths[0].resolve():
        raise UsageError("--skip-refused names the file that is imported. Give the refused rows another one.")


def _read(path: Path) -> Sheet | ImportReport:
    try:
        return read_sheet(path)
    except RefusedFile as error:
        return _refusal(path, error)


def _plans(sheets: Sequence[Sheet | ImportReport], record: Record, options: ImportOptions) -> list[Plan | ImportReport]:
    """Judge each file against what is known and what the files before it define; a report stands for a refused file."""
    known = record.definitions(options.organisation_code)
    plans: list[Plan | ImportReport] = []
    for sheet in sheets:
        if isinstance(sheet, ImportReport):
            plans.append(sheet)
            continue
        try:
            if known is None and not options.create:
                raise _unknown_organisation(record, options)
            plan = planned(sheet, known, options)
        except FileFault as error:
            plans.append(_refusal(sheet.path, error, sheet.row_count))
            continue
        known = plan.definitions
        plans.append(plan)
    sound = _sound(plans)
    return list(without_repeats(sound)) if len(sound) == len(plans) > 1 else plans


def _sound(plans: Sequence[Plan | ImportReport]) -> list[Plan]:
    return [plan for plan in plans if isinstance(plan, Plan)]


def _unknown_organisation(record: Record, options: ImportOptions) -> FileFault:
    known = sorted({batch.organisation_code for batch in record.batches()})
    code = options.organisation_code
    return FileFault(
        f"organisation '{code}' is not defined.{did_you_mean(code, known)} Mend the code, or register it with --create."
    )


def _is_refused(plans: Sequence[Plan | ImportReport], options: ImportOptions) -> bool:
    """Return whether nothing may be written: a file can't be read, or rows are refused and may not be set aside."""
    return any(
        isinstance(plan, ImportReport)
        or (len(plan.refused) > 0 and (options.skip_refused is None or not len(plan.figures)))
        for plan in plans
    )


def _refusal(path: Path, error: RefusedFile, rows: int = 0) -> ImportReport:
    """Report a fault of the whole file; its rows, where they could be counted, are held."""
    line, column = (error.line, error.column) if isinstance(error, FileFault) else (None, None)
    errors = (RowError(line, column, str(error), path),)
    return ImportReport((path,), rows=rows, held=rows, errors=errors, is_refused=True)


def _refused(plans: Sequence[Plan | ImportReport], options: ImportOptions) -> ImportReport:
    """Report on files of which none is written; rows that were to be set aside still are."""
    reports = [plan if isinstance(plan, ImportReport) else _held(plan, options) for plan in plans]
    for plan in _sound(plans):
        with set_aside(plan, None if options.dry_run else options.skip_refused):
            pass
    return ImportReport.together(reports)


def _held(plan: Plan, options: ImportOptions) -> ImportReport:
    report = _report(plan, options)
    return dataclasses.replace(report, rows=plan.sheet.row_count, held=len(plan.figures), is_refused=True, created=())


def _tried(plan: Plan, record: Record, options: ImportOptions) -> ImportReport:
    unchanged = record.compare(options.organisation_code, plan.figures).unchanged
    return _counted(plan, options, len(plan.figures) - unchanged, unchanged, None)


def _recorded(plan: Plan, record: Record, options: ImportOptions) -> ImportReport:
    header = BatchHeader(
        organisation_code=options.organisation_code,
        file_name=plan.sheet.path.name,
        file_digest=plan.sheet.digest,
        made_by=options.made_by,
        reason=options.reason,
        rows=plan.sheet.row_count,
        rejected=len(plan.refused),
    )
    assert plan.definitions is not None  # a plan with sound rows has them
    with set_aside(plan, options.skip_refused):
        batch = record.append(header, plan.definitions, plan.figures)
    if batch is None:
        return _counted(plan, options, 0, len(plan.figures), None)
    return _counted(plan, options, batch.accepted, batch.unchanged, batch.batch_number)


def _counted(plan: Plan, options: ImportOptions, accepted: int, unchanged: int, batch: int | None) -> ImportReport:
    return dataclasses.replace(
        _report(plan, options),
        rows=plan.sheet.row_count,
        accepted=accepted,
        unchanged=unchanged,
        batches=() if batch is None else (batch,),
    )


def _report(plan: Plan, options: ImportOptions) -> ImportReport:
    """Return what every report on a plan says; the caller counts the sound rows."""
    is_set_aside = len(plan.refused) > 0 and not options.dry_run
    return ImportReport(
        files=(plan.sheet.path,),
        rows=len(plan.refused),
        rejected=len(plan.refused),
        errors=plan.errors,
        errors_left_out=plan.errors_left_out,
        created=plan.created,
        warnings=plan.warnings,
        is_dry_run=options.dry_run,
        refused_file=options.skip_refused if is_set_aside else None,
    )
