"""What a unit states of an indicator for a year: kept as it was typed, checked as an import, agreed in one batch.

A statement holds texts, so that a draft may be unfinished or wrong. Draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pandas as pd

from kpi.errors import StoreError, UnknownCode
from kpi.intake.definitions import said
from kpi.intake.difference import DIFFERENCE, Compared
from kpi.intake.form import typed_source
from kpi.intake.judging import Judged, Known
from kpi.intake.messages import Message
from kpi.intake.options import ImportOptions
from kpi.intake.plan import Plan, planned
from kpi.intake.readers import read_sheet
from kpi.intake.sheets.findings import Finding, Severity
from kpi.intake.statement_body import Body, Line, read_indicator, read_targets
from kpi.store.record import FIGURES, Batch, BatchHeader, ComparedCounts, Definitions, Entry, Record
from kpi.store.statements import Statement, StatementState

KIND: Final = "statement"


@dataclass(frozen=True, slots=True)
class StatementFinding:
    """What is said of a part: a field, a period's code, `weight`; None: of the whole statement."""

    place: str | None
    severity: Severity
    message: Message


@dataclass(frozen=True, slots=True)
class StatementProposal:
    """What agreeing would do. `difference` as a proposal's; `created` says what is registered or told anew."""

    statement: Statement
    findings: tuple[StatementFinding, ...]
    created: tuple[Message, ...] = ()
    difference: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(DIFFERENCE)))
    counts: ComparedCounts = field(default_factory=lambda: ComparedCounts(0, 0, 0, 0, 0))
    plan: Plan | None = None
    definitions: Definitions | None = None
    retells: bool = False

    @property
    def is_refused(self) -> bool:
        """It can't be agreed as it stands."""
        return self.definitions is None or any(one.severity is Severity.ERROR for one in self.findings)

    @property
    def changes_locked(self) -> bool:
        """A locked figure's target would change."""
        return self.counts.locked > 0

    @property
    def needs_reason(self) -> bool:
        """What is published, locked, or defined already would change."""
        return self.retells or self.counts.locked > 0 or self.counts.published > 0


def standing_statements(store: Path, organisation_code: str) -> list[Statement]:
    """Return the statements as they stand, dropped ones too. Raises StoreError when the record can't be read."""
    with Record.opened(store, writing=False) as record:
        return record.statements(organisation_code)


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


def statement_proposal(store: Path, statement: Statement, known: Body | None = None) -> StatementProposal:
    """Look at what agreeing a statement would do; writes nothing. `known`: what stood before (`known_body`).

    Raises UnknownCode for an organisation or a unit that is not defined, StoreError when the record can't be read.
    """
    with Record.opened(store, writing=False) as record:
        return _judged(record, statement, known or Body())


def save_draft(store: Path, statement: Statement, made_by: str, reason: str | None = None) -> Batch | None:
    """Keep a draft as it stands; None when it stands so already. Raises StoreError."""
    with Record.opened(store, writing=True) as record:
        return record.save_statement(statement, made_by, reason)


def drop_draft(store: Path, statement: Statement, made_by: str, reason: str | None = None) -> Batch | None:
    """Lay a draft aside; it is kept, and can be taken up again. Raises StoreError."""
    return save_draft(store, replace(statement, state=StatementState.DROPPED), made_by, reason)


def agree(
    store: Path,
    proposal: StatementProposal,
    made_by: str,
    reason: str | None = None,
    *,
    known: Body | None = None,
    may_change_locked: bool = False,
) -> Batch:
    """Agree a draft: definition, targets and weight go in as one batch, judged anew against what is known now.

    Raises StoreError when it is refused by now, and as `Record.agree_statement`.
    """
    statement = proposal.statement
    with Record.opened(store, writing=True) as record:
        found = _judged(record, statement, known or Body())
        if found.is_refused or found.definitions is None:
            first = next((str(one.message) for one in found.findings if one.severity is Severity.ERROR), "")
            raise StoreError(f"Statement {statement.statement_code} can't be agreed: {first}")
        figures = found.plan.figures if found.plan else FIGURES.empty_table()
        header = BatchHeader(
            statement.organisation_code,
            KIND,
            file_name=f"statement {statement.statement_code}",
            made_by=made_by,
            reason=reason,
            rows=len(figures),
        )
        entry = Entry(header, found.definitions, figures)
        record.save_statement(statement, made_by)  # what is agreed is what was shown
        return record.agree_statement(statement.statement_code, entry, may_change_locked=may_change_locked)


def _judged(record: Record, statement: Statement, before: Body) -> StatementProposal:
    known = Known.of(record, statement.organisation_code)
    if known.definitions is None:
        raise UnknownCode("organisation", statement.organisation_code, known.organisations)
    definitions = known.definitions
    indicator, faults = read_indicator(statement, definitions.indicators)
    told = definitions.merged_with(Definitions(definitions.organisation, {}, {indicator.indicator_code: indicator}))
    lines, more = read_targets(statement, indicator, before, definitions.organisation.year_starts_in)
    findings = [StatementFinding(place, Severity.ERROR, message) for place, message in (*faults, *more)]
    was = definitions.indicators.get(indicator.indicator_code)
    retells = was is not None and was != indicator
    if not lines or findings:
        created = tuple(said(definitions, told))
        return StatementProposal(statement, tuple(findings), created, definitions=told, retells=retells)
    source = typed_source(f"statement {statement.statement_code}".replace("/", " "), [line for _, line in lines])
    options = ImportOptions(statement.organisation_code, kind=KIND)
    with source.on_disk() as path:
        plan = planned(replace(read_sheet(path), path=source.label), told, options)
    findings += [_of_line(error.finding, error.column, lines) for error in plan.errors]
    findings += [_of_line(doubt, None, lines) for doubt in plan.doubts]
    after = plan.definitions or told
    compared = Compared(
        Judged(source, plan.sheet, None, plan),
        record.compare(statement.organisation_code, plan.figures, definitions=after),
    )
    created = tuple(said(definitions, after))
    difference = compared.difference() if len(plan.figures) else StatementProposal(statement, ()).difference
    return StatementProposal(statement, tuple(findings), created, difference, compared.counts, plan, after, retells)


def _of_line(finding: Finding, column: str | None, lines: list[Line]) -> StatementFinding:
    """Return what is said of a typed row at the period that it stands for; the header is line 1."""
    message = Message(finding.text, finding.values)
    if column == "weight":
        return StatementFinding("weight", finding.severity, message)
    is_row = finding.line is not None and 2 <= finding.line < len(lines) + 2
    place = lines[finding.line - 2][0] if is_row and finding.line is not None else None
    return StatementFinding(place, finding.severity, message)
