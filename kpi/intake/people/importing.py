"""Imports a file of people into the people's record: reads, judges all rows, then records all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Final, assert_never

from kpi.access import Access, Right
from kpi.errors import KpiError, RefusedFile, StoreError, UnknownCode
from kpi.intake.allowed import check_whole, signed
from kpi.intake.faults import FileFault
from kpi.intake.options import ImportOptions, ImportReport, RowError
from kpi.intake.people import reading
from kpi.intake.people.reading import Known
from kpi.intake.people.rows import PeopleRow, errors_of, read_rows
from kpi.people_model import Employee, IndividualIndicator
from kpi.store.people.record import BatchHeader, PeopleEntry, PeopleRecord
from kpi.store.record import Record


class PeopleFile(StrEnum):
    """What a file of people holds."""

    EMPLOYEES = "employees"
    IKI = "iki"
    APPRAISALS = "appraisals"


Reader = Callable[[Sequence[PeopleRow], Known], PeopleEntry]
_COLUMNS: Final[dict[PeopleFile, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    PeopleFile.EMPLOYEES: (reading.EMPLOYEE_NEEDED, reading.EMPLOYEE_COLUMNS),
    PeopleFile.IKI: (reading.IKI_NEEDED, reading.IKI_COLUMNS),
    PeopleFile.APPRAISALS: (reading.APPRAISAL_NEEDED, reading.APPRAISAL_COLUMNS),
}
"""The columns that a file must have, and all that are read."""


def import_people(store: Path, access: Access, path: Path, kind: PeopleFile, options: ImportOptions) -> ImportReport:
    """Import one tidy file (xlsx, xls, ods or delimited text) of people: all of it, or nothing.

    Units and their indicators must stand in the figures' record. A refused file is no exception but a report with
    `is_refused`, and the store is as it was. Publishing is the caller's. Raises AccessRefused for whoever doesn't keep
    the whole organisation's people, StoreError when a record can't be opened; what the people's record does not take is
    a fault of the file.
    """
    check_whole(store, access, Right.MANAGE_PEOPLE, options.organisation_code)
    try:
        rows = read_rows(path, *_COLUMNS[kind])
    except RefusedFile as error:
        line, column = (error.line, error.column) if isinstance(error, FileFault) else (None, None)
        fault = RowError(line, column, error.text, path, error.values)
        return ImportReport(files=(path,), errors=(fault,), is_refused=True, is_dry_run=options.dry_run)
    with Record.opened(store, writing=False) as figures:
        definitions = figures.definitions(options.organisation_code)
        organisations = sorted({batch.organisation_code for batch in figures.batches()})
    if definitions is None:
        unknown = UnknownCode("organisation", options.organisation_code, organisations)
        return _refused(path, len(rows), [RowError(None, None, unknown.text, path, unknown.values)], options)
    with PeopleRecord.opened(store, writing=not options.dry_run) as record:
        known = Known(
            options.organisation_code,
            definitions.organisation.year_starts_in,
            definitions.units,
            definitions.indicators,
            {post.employee_code for post in record.all_of(Employee, options.organisation_code)},
            {
                (each.employee_code, each.indicator_code)
                for each in record.all_of(IndividualIndicator, options.organisation_code)
            },
        )
        entry = _reader(kind)(rows, known)
        if errors := errors_of(rows, path):
            return _refused(path, len(rows), errors, options)
        try:
            return _recorded(record, path, len(rows), entry, replace(options, made_by=signed(access, options.made_by)))
        except (StoreError, UnknownCode) as error:
            return _refused(path, len(rows), [_as_fault(error, path)], options)


def _reader(kind: PeopleFile) -> Reader:
    match kind:
        case PeopleFile.EMPLOYEES:
            return reading.employees
        case PeopleFile.IKI:
            return reading.individual_indicators
        case PeopleFile.APPRAISALS:
            return reading.appraisals
    assert_never(kind)


def _recorded(
    record: PeopleRecord, path: Path, row_count: int, entry: PeopleEntry, options: ImportOptions
) -> ImportReport:
    """Record the entry, or compare it for a dry run. Rows are counted by what they would write, at most all of them."""
    comparison = record.compare(options.organisation_code, entry)
    accepted = min(comparison.accepted, row_count)
    batch = None
    if not options.dry_run:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        header = BatchHeader(
            options.organisation_code, "import", path.name, digest, options.made_by, options.reason, rows=row_count
        )
        batch = record.append(header, entry)
    return ImportReport(
        files=(path,),
        rows=row_count,
        accepted=accepted,
        unchanged=row_count - accepted,
        batches=(batch.batch_number,) if batch else (),
        is_dry_run=options.dry_run,
    )


def _refused(path: Path, row_count: int, errors: Sequence[RowError], options: ImportOptions) -> ImportReport:
    rejected = len({error.line for error in errors})
    return ImportReport(
        files=(path,),
        rows=row_count,
        rejected=rejected,
        held=row_count - rejected,
        errors=tuple(errors),
        is_refused=True,
        is_dry_run=options.dry_run,
    )


def _as_fault(error: KpiError, path: Path) -> RowError:
    return RowError(None, None, error.text, path, error.values)
