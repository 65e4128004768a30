"""What a unit states of an indicator for a year: kept as it was typed, checked as an import, agreed in one batch.

A statement holds texts, so that a draft may be unfinished or wrong. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pyarrow as pa

from kpi.access import Access, Right, check, check_any
from kpi.access.checks import reached_units
from kpi.errors import StoreError, UnknownCode
from kpi.intake.allowed import (
    CHECKED,
    DEFINES,
    ENTERS,
    check_enters,
    check_whole,
    log_entered,
    parents_of,
    signed,
)
from kpi.intake.definitions import said
from kpi.intake.difference import Compared
from kpi.intake.form import typed_source
from kpi.intake.judging import Judged, Judgement, Known
from kpi.intake.messages import Message, mark
from kpi.intake.options import ImportOptions
from kpi.intake.plan import planned
from kpi.intake.proposal import Proposal
from kpi.intake.readers import read_sheet
from kpi.intake.sheets.findings import Finding, Severity
from kpi.intake.statement_body import Body, Line, read_indicator, read_targets
from kpi.model import Indicator
from kpi.store.record import FIGURES, Batch, BatchHeader, Definitions, Entry, Record
from kpi.store.statements import Statement, StatementState

KIND: Final = "statement"


@dataclass(frozen=True, slots=True)
class StatementFinding:
    """What is said of a part: a field, a period's code, `weight`; None: of the whole statement."""

    place: str | None
    severity: Severity
    message: Message


@dataclass(frozen=True)
class StatementProposal(Proposal):
    """What agreeing would do: a proposal of its targets and weight, with the definition that they need.

    `notes` say what is wrong and where; `told` is everything known afterwards; `retells`: a known sheet would change.
    """

    statement: Statement
    notes: tuple[StatementFinding, ...]
    told: Definitions
    retells: bool

    @property
    def is_refused(self) -> bool:
        """It can't be agreed as it stands."""
        return any(one.severity is Severity.ERROR for one in self.notes)

    @property
    def needs_reason(self) -> bool:
        """What is published, locked, or defined already would change."""
        return self.retells or self.counts.locked > 0 or self.counts.published > 0

    @property
    def created(self) -> tuple[Message, ...]:
        """What is registered; what is told anew of a known indicator stands in `was` and `now`."""
        return () if self.was else tuple(said(self.judgement.known.definitions, self.told))

    @property
    def was(self) -> Indicator | None:
        """The definition sheet that stands; None: the indicator is new."""
        known = self.judgement.known.definitions
        return known.indicators.get(self.statement.indicator_code) if known else None

    @property
    def now(self) -> Indicator:
        """The definition sheet as it would stand."""
        return self.told.indicators[self.statement.indicator_code]

    @property
    def figures(self) -> pa.Table:
        """The targets and the weight as the record takes them (FIGURES)."""
        return self.judgement.plans[0].figures if self.judgement.plans else FIGURES.empty_table()


def standing_statements(store: Path, access: Access, organisation_code: str) -> list[Statement]:
    """Return the statements as they stand, dropped ones too: agreed ones, and those of units that the reader enters.

    Raises AccessRefused, and StoreError when the record can't be read.
    """
    check_enters(store, access, organisation_code)
    with Record.opened(store, writing=False) as record:
        reached = reached_units(access, ENTERS, organisation_code, parents_of(record.definitions(organisation_code)))
        found = record.statements(organisation_code)
    return [one for one in found if reached is None or one.state is StatementState.AGREED or one.unit_code in reached]


def draft_of(statements: Iterable[Statement], wanted: Statement) -> Statement:
    """Return the draft of the unit, indicator and year of `wanted`, else a new and empty one.

    A dropped one is taken up again; one that was agreed stays, and the next has a code of its own.
    """
    place = (wanted.unit_code, wanted.indicator_code, wanted.year)
    mine = [one for one in statements if (one.unit_code, one.indicator_code, one.year) == place]
    for one in mine:
        if one.state is not StatementState.AGREED:
            return one
    code = "/".join(
        (wanted.unit_code, wanted.indicator_code, str(wanted.year), *([str(len(mine) + 1)] if mine else []))
    )
    return replace(wanted, statement_code=code)


def statement_proposal(
    store: Path, access: Access, statement: Statement, known: Body | None = None
) -> StatementProposal:
    """Look at what agreeing a statement would do; writes nothing. `known`: what stood before (`known_body`).

    Raises AccessRefused for a unit that isn't the reader's, UnknownCode for an organisation or a unit that is not
    defined, StoreError when the record can't be read.
    """
    check_enters(store, access, statement.organisation_code)
    with Record.opened(store, writing=False) as record:
        _check_drafts(store, access, record, statement)
        return _judged(record, statement, known or Body())


def save_draft(
    store: Path, access: Access, statement: Statement, made_by: str, reason: str | None = None
) -> Batch | None:
    """Keep a draft as it stands; None when it stands so already. Raises AccessRefused, StoreError."""
    check_enters(store, access, statement.organisation_code)
    with Record.opened(store, writing=True) as record:
        _check_drafts(store, access, record, statement)
        batch = record.save_statement(statement, signed(access, made_by), reason)
    log_entered(store, access, [batch])
    return batch


def drop_draft(
    store: Path, access: Access, statement: Statement, made_by: str, reason: str | None = None
) -> Batch | None:
    """Lay a draft aside; it is kept, and can be taken up again. Raises AccessRefused, StoreError."""
    return save_draft(store, access, replace(statement, state=StatementState.DROPPED), made_by, reason)


def agree(
    store: Path,
    access: Access,
    proposal: StatementProposal,
    made_by: str,
    reason: str | None = None,
    *,
    known: Body | None = None,
) -> Batch:
    """Agree a draft: definition, targets and weight go in as one batch, judged anew against what is known now.

    A sheet that stands is told anew by who agrees for the whole organisation; what is locked changes with a reason, by
    one who may verify. Raises AccessRefused, StoreError when it is refused by now, and as `Record.agree_statement`.
    """
    statement, by = proposal.statement, signed(access, made_by)
    check(store, access, Right.AGREE, statement.organisation_code)
    with Record.opened(store, writing=True) as record:
        found = _judged(record, statement, known or Body())
        _check_agrees(store, access, record, found)
        if found.is_refused:
            first = next(one.message for one in found.notes if one.severity is Severity.ERROR)
            code = statement.statement_code
            raise StoreError(mark("Statement {code} can't be agreed: {why}"), code=code, why=first)
        header = BatchHeader(
            statement.organisation_code,
            KIND,
            file_name=f"statement {statement.statement_code}",
            made_by=by,
            reason=reason,
            rows=len(found.figures),
        )
        entry = Entry(header, found.told, found.figures)
        record.save_statement(statement, by)  # what is agreed is what was shown
        batch = record.agree_statement(statement.statement_code, entry, may_change_locked=bool(reason))
    log_entered(store, access, [batch])
    return batch


def _check_drafts(store: Path, access: Access, record: Record, statement: Statement) -> None:
    """Return where the statement is of a unit that `access` enters, and so is what stands under its code."""
    code = statement.organisation_code
    standing = [one for one in record.statements(code) if one.statement_code == statement.statement_code]
    units = {one.unit_code for one in (statement, *standing)}
    check_any(store, access, ENTERS, code, unit_codes=units, parents=parents_of(record.definitions(code)))


def _check_agrees(store: Path, access: Access, record: Record, found: StatementProposal) -> None:
    """Return where `access` may agree a statement: of its unit, and of all units where a known sheet would change."""
    statement = found.statement
    code, unit = statement.organisation_code, [statement.unit_code]
    _check_drafts(store, access, record, statement)
    parents = parents_of(found.judgement.known.definitions)
    check(store, access, Right.AGREE, code, unit_codes=unit, parents=parents)
    if found.retells:
        check_whole(store, access, Right.AGREE, code, what=DEFINES)
    if found.counts.locked:
        check(store, access, Right.VERIFY, code, unit_codes=unit, parents=parents, what=CHECKED)


def _judged(record: Record, statement: Statement, before: Body) -> StatementProposal:
    known = Known.of(record, statement.organisation_code)
    if known.definitions is None:
        raise UnknownCode("organisation", statement.organisation_code, known.organisations)
    definitions = known.definitions
    indicator, faults = read_indicator(statement, definitions.indicators)
    told = definitions.merged_with(Definitions(definitions.organisation, {}, {indicator.indicator_code: indicator}))
    lines, more = read_targets(statement, indicator, before, definitions.organisation.year_starts_in)
    notes = [StatementFinding(place, Severity.ERROR, message) for place, message in (*faults, *more)]
    was = definitions.indicators.get(indicator.indicator_code)
    retells = was is not None and was != indicator
    options = ImportOptions(statement.organisation_code, kind=KIND)
    if not lines or notes:
        judgement = Judgement((), known, options)
        return StatementProposal(judgement, (), (), (), statement, tuple(notes), told, retells)
    file, compared = _compared(record, statement, told, lines, options)
    assert file.plan is not None  # it was planned just now
    notes += [_of_line(error.finding, error.column, lines) for error in file.plan.errors]
    notes += [_of_line(doubt, None, lines) for doubt in file.plan.doubts]
    judgement = Judgement((file,), known, options)
    after = file.plan.definitions or told
    return StatementProposal(judgement, compared, (), (), statement, tuple(notes), after, retells)


def _compared(
    record: Record, statement: Statement, told: Definitions, lines: list[Line], options: ImportOptions
) -> tuple[Judged, tuple[Compared, ...]]:
    """Judge the targets and the weight as rows of a file, and hold them against the record."""
    source = typed_source(f"statement {statement.statement_code}".replace("/", " "), [line for _, line in lines])
    with source.on_disk() as path:
        plan = planned(replace(read_sheet(path), path=source.label), told, options)
    file = Judged(source, plan.sheet, None, plan)
    if not len(plan.figures):
        return file, ()
    found = record.compare(statement.organisation_code, plan.figures, definitions=plan.definitions)
    return file, (Compared(file, found),)


def _of_line(finding: Finding, column: str | None, lines: list[Line]) -> StatementFinding:
    """Return what is said of a typed row at the period that it stands for; the header is line 1."""
    message = Message(finding.text, finding.values)
    if column == "weight":
        return StatementFinding("weight", finding.severity, message)
    is_row = finding.line is not None and 2 <= finding.line < len(lines) + 2
    place = lines[finding.line - 2][0] if is_row and finding.line is not None else None
    return StatementFinding(place, finding.severity, message)
