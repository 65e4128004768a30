"""Indicators that units state for a year: a draft, changed as often as needed, then agreed or dropped."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any  # Any: what JSON holds

from kpi.errors import StoreError, UnknownCode
from kpi.messages import Message, mark
from kpi.store.appending import Appending
from kpi.store.batch import Batch, BatchHeader
from kpi.store.engine import sql
from kpi.store.entry import Entry


class StatementState(StrEnum):
    """How far a statement has come."""

    DRAFT = "draft"
    AGREED = "agreed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Statement:
    """What a unit states of an indicator for a year. `body` is what the form holds (JSON); the record reads none of it.

    `indicator_code` may be one that is not defined yet: it is defined when the statement is agreed.
    """

    organisation_code: str
    statement_code: str
    unit_code: str
    indicator_code: str
    year: int
    state: StatementState = StatementState.DRAFT
    body: Mapping[str, Any] = field(default_factory=dict)


class Statements(Appending):
    """The part of the record that takes statements."""

    def statements(self, organisation_code: str) -> list[Statement]:
        """Return the statements as they stand, dropped ones too, by unit, year and code."""
        rows = self._rows("record/newest_statements", organisation_code=organisation_code)
        return [
            Statement(**{**row, "state": StatementState(row["state"]), "body": json.loads(row["body"])}) for row in rows
        ]

    def save_statement(self, statement: Statement, made_by: str, reason: str | None = None) -> Batch | None:
        """Keep a draft, a new version of it, or that it was dropped; None when it stands so already.

        Raises UnknownCode for organisation or unit; StoreError for a statement that was agreed (its figures change as
        any others do) and for one that says it is: `agree_statement` does that.
        """
        if statement.state is StatementState.AGREED:
            text = "Statement {code} is agreed with its figures, not by saving it."
            raise StoreError(text, code=statement.statement_code)
        with self._transaction():
            known = self._known(statement.organisation_code)
            if statement.unit_code not in known.units:
                where = Message(mark("statement {code}"), {"code": statement.statement_code})
                raise UnknownCode("unit", statement.unit_code, known.units, where)
            standing = self._standing(statement.organisation_code, statement.statement_code)
            if standing == statement:
                return None
            self._refuse_agreed(standing)
            header = BatchHeader(statement.organisation_code, "statement", made_by=made_by, reason=reason)
            batch = self._next_batch(header)
            self._add_batch(batch)
            self._add_statement(statement, batch)
            return batch

    def agree_statement(self, statement_code: str, entry: Entry, *, may_change_locked: bool = False) -> Batch:
        """Agree a draft: append its definition, targets and weight, and mark it agreed, in one transaction.

        Raises UnknownCode for the statement, StoreError when it is no draft, and as `append`.
        """
        organisation_code = entry.header.organisation_code
        with self._transaction():
            standing = self._standing(organisation_code, statement_code)
            if standing is None:
                codes = [statement.statement_code for statement in self.statements(organisation_code)]
                raise UnknownCode("statement", statement_code, codes, where=organisation_code)
            self._refuse_agreed(standing)
            if standing.state is not StatementState.DRAFT:
                text = "Statement {code} was dropped. Save it as a draft again, then agree it."
                raise StoreError(text, code=statement_code)
            batch = self._append(entry, may_change_locked=may_change_locked)
            if batch is None:  # all of it stands already, and is agreed all the same
                batch = self._next_batch(dataclasses.replace(entry.header, kind="statement"))
                self._add_batch(batch)
            self._add_statement(dataclasses.replace(standing, state=StatementState.AGREED), batch)
            return batch

    def _standing(self, organisation_code: str, statement_code: str) -> Statement | None:
        found = (one for one in self.statements(organisation_code) if one.statement_code == statement_code)
        return next(found, None)

    def _refuse_agreed(self, standing: Statement | None) -> None:
        if standing is not None and standing.state is StatementState.AGREED:
            text = "Statement {code} is agreed. Change its targets, or state another for the year."
            raise StoreError(text, code=standing.statement_code)

    def _add_statement(self, statement: Statement, batch: Batch) -> None:
        row = {
            **dataclasses.asdict(statement),
            "state": statement.state.value,
            "body": json.dumps(dict(statement.body), ensure_ascii=False),
            "batch_number": batch.batch_number,
        }
        self._connection.execute(sql("record/add_statement"), row)
