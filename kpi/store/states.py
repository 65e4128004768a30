"""How far a unit's figures of a period have been checked: reported, verified, locked; who said so, and why back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from kpi.errors import StoreError, UnknownCode
from kpi.messages import Message, mark
from kpi.model import Verification
from kpi.periods import Period
from kpi.store.batch import Batch, BatchHeader
from kpi.store.book import Book
from kpi.store.engine import sql

_ORDER: Final = tuple(Verification)
"""A state earlier in it is less checked."""
_WORDS: Final = {
    Verification.REPORTED: mark("reported"),
    Verification.VERIFIED: mark("verified"),
    Verification.LOCKED: mark("locked"),
}


@dataclass(frozen=True, slots=True)
class PeriodState:
    """The state of a unit's figures from `period_start` to `period_end`, both inside; since which batch."""

    unit_code: str
    period_start: date
    period_end: date
    state: Verification
    batch_number: int


class States(Book):
    """The part of the record that verifies and locks periods."""

    def states(self, organisation_code: str) -> list[PeriodState]:
        """Return the states that stand, by unit and period; a unit's period without one is reported."""
        rows = self._rows("record/newest_states", organisation_code=organisation_code)
        return [PeriodState(**{**row, "state": Verification(row["state"])}) for row in rows]

    def set_state(
        self,
        organisation_code: str,
        unit_code: str,
        period: Period,
        state: Verification,
        made_by: str,
        reason: str | None = None,
    ) -> Batch | None:
        """Set the state of a unit's figures in `period` and in the periods within it; None when it stands so already.

        Raises UnknownCode for organisation or unit, StoreError for a step back (locked → verified → reported) without
        a reason.
        """
        with self._transaction():
            known = self._known(organisation_code)
            if unit_code not in known.units:
                raise UnknownCode("unit", unit_code, known.units, where=organisation_code)
            before = self._state_of(organisation_code, unit_code, period)
            if before is state:
                return None
            if _ORDER.index(state) < _ORDER.index(before) and not (reason or "").strip():
                raise StoreError(
                    "{unit}, {start} to {end}: from {before} back to {after} only with a reason. Say why.",
                    unit=unit_code,
                    start=period.start,
                    end=period.end,
                    before=Message(_WORDS[before]),
                    after=Message(_WORDS[state]),
                )
            batch = self._next_batch(BatchHeader(organisation_code, "state", made_by=made_by, reason=reason))
            self._add_batch(batch)
            self._connection.execute(
                sql("record/add_state"),
                {
                    "organisation_code": organisation_code,
                    "unit_code": unit_code,
                    "period_start": period.start,
                    "period_end": period.end,
                    "state": state.value,
                    "batch_number": batch.batch_number,
                },
            )
            return batch

    def _state_of(self, organisation_code: str, unit_code: str, period: Period) -> Verification:
        span = (unit_code, period.start, period.end)
        for found in self.states(organisation_code):
            if (found.unit_code, found.period_start, found.period_end) == span:
                return found.state
        return Verification.REPORTED
