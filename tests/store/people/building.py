"""A small office of five for the tests of the people's record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from kpi.model import Polarity
from kpi.people_model import (
    Appraisal,
    AppraisalKind,
    Cascade,
    Employee,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    IndividualIndicator,
    Level,
)
from kpi.periods import Period
from kpi.store.people.entry import Thing
from kpi.store.people.record import PEOPLE_FIGURES, Batch, BatchHeader, PeopleEntry, PeopleRecord

CODE = "K"
SINCE = date(2024, 1, 1)
HEAD = Employee(CODE, "E0", "Anggrek Contoh", "Kepala", "DINAS", SINCE)
STAFF = tuple(
    Employee(CODE, f"E{number}", f"Melati Contoh {number}", "Staf", "BIDANG", SINCE, superior_code="E0")
    for number in range(1, 5)
)
VISITS = IndividualIndicator(
    CODE, "E1", "KUNJUNGAN", "Kunjungan rumah", Cascade.PARTIAL, "kunjungan", Polarity.MAXIMIZE, "quarter",
    from_unit_code="DINAS", from_indicator_code="K4",
)  # fmt: skip


def appraisal(employee: str, period: str, work: Level = Level.AS_EXPECTED, **more: object) -> Appraisal:
    """The head's appraisal of an employee in a period."""
    parsed = Period.parse(period)
    kind = AppraisalKind.ANNUAL if period.isdigit() else AppraisalKind.PERIODIC
    return Appraisal(CODE, employee, kind, parsed.start, parsed.end, "E0", work, Level.AS_EXPECTED, **more)  # type: ignore[arg-type] — named fields


def follow_up(state: FollowUpState = FollowUpState.PLANNED, **more: object) -> FollowUp:
    """Coaching of E1 by the head, due at the end of June."""
    return FollowUp(
        CODE, "F1", "E1", FollowUpKind.COACHING, "E0", date(2026, 6, 30), state, "Dampingi tiap pekan", **more  # type: ignore[arg-type] — named fields
    )  # fmt: skip


def figure(period: str, value: float | None = None, **more: object) -> dict[str, object]:
    """One row of PEOPLE_FIGURES about the visits of E1."""
    parsed = Period.parse(period)
    return {
        "employee_code": "E1",
        "indicator_code": "KUNJUNGAN",
        "grain": parsed.grain.value,
        "period_start": parsed.start,
        "period_end": parsed.end,
        "value": value,
        **more,
    }


def record(store: Path, *things: Thing, figures: list[Mapping[str, object]] | None = None) -> Batch | None:
    """Append things and figures as one batch."""
    rows = [{"line": line, **row} for line, row in enumerate(figures or [], 2)]
    entry = PeopleEntry(things, pa.Table.from_pylist(rows, schema=PEOPLE_FIGURES))
    with PeopleRecord.opened(store, writing=True) as opened:
        return opened.append(BatchHeader(CODE, "form", made_by="a test"), entry)
