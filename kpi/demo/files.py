"""Which lines of the demo came in which file, and when: what the offices of Kemuning sent. Knows no drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from io import BytesIO
from typing import Any, Final, TypeAlias  # Any: cells of the columns of FIGURES

import pyarrow as pa
from pyarrow import csv

from kpi.deadlines import due_on
from kpi.demo.definitions import definitions
from kpi.demo.tables import rows
from kpi.store.figures import FIGURES
from kpi.store.record import BatchHeader

Line: TypeAlias = dict[str, Any]
OLDEST, OLDEST_UNTIL, BEGAN = "2021-2024", 2024, date(2025, 1, 6)
"""The years that each department sent in one file when the record began, and that day."""
WORKING_DAYS: Final = 6
"""After so many of them Bappeda sends what the departments have gathered for a month."""
_PLANNER: Final = "BAPPEDA"
_PROMISED: Final = ("target", "target_high", "weight")
_FOUND: Final = ("value", "numerator", "denominator", "multiplier", "verification", "note")
_COLUMNS: Final = [name for name in FIGURES.names if name != "line"]


@dataclass(frozen=True, slots=True)
class DemoBatch:
    """One file of the demo as an officer would have sent it."""

    header: BatchHeader
    figures: pa.Table


def files(found: Iterable[tuple[str, int, Line]], corrections: Iterable[tuple[str, date, Line]]) -> list[DemoBatch]:
    """Return all batches in the order of their days.

    Each department's oldest years, then each year's agreements in January and each month's figures some working days
    after its end, those of late units (late.csv) in a file of their department, and each day's corrections.
    """
    of_file: dict[tuple[date, str], list[Line]] = {}
    for department, year, line in found:
        for day, name, part in _sendings(department, year, line):
            of_file.setdefault((day, name), []).append(part)
    for department, day, line in corrections:
        part = {**line, **dict.fromkeys(_PROMISED)}
        of_file.setdefault((day, f"{department}_{line['period_start'].year}_koreksi.csv"), []).append(part)
    return [_batch(day, name, of_file[day, name]) for day, name in sorted(of_file)]


def _sendings(department: str, year: int, line: Line) -> Iterable[tuple[date, str, Line]]:
    """Yield day, file name and what it says of each file in which the line, or a part of it, was sent."""
    if year <= OLDEST_UNTIL:
        yield BEGAN, f"{department}_{OLDEST}.csv", line
        return
    if any(line[name] is not None for name in _PROMISED):
        promised = {**line, **dict.fromkeys(_FOUND)}
        yield date(year, 1, 8), f"{_PLANNER}_{year}_perjanjian.csv", promised
    if line["value"] is not None:
        month = f"{line['period_end']:%Y-%m}"
        part = {**line, **dict.fromkeys(_PROMISED)}
        if (late := _late().get((line["unit_code"], month))) is not None:
            yield late, f"{department}_{month}_susulan.csv", part
        else:
            yield due_on(line["period_end"], WORKING_DAYS), f"{_PLANNER}_{month}.csv", part


def _late() -> dict[tuple[str, str], date]:
    return {(row["unit_code"], row["month"]): date.fromisoformat(row["reported_on"]) for row in rows("late")}


def _batch(day: date, file_name: str, found: list[Line]) -> DemoBatch:
    columns = {name: [line[name] for line in found] for name in _COLUMNS}
    table = pa.table({"line": range(2, len(found) + 2), **columns}, schema=FIGURES)
    text = BytesIO()
    csv.write_csv(table, text)
    header = BatchHeader(
        organisation_code=definitions().organisation.organisation_code,
        kind="demo",
        file_name=file_name,
        file_digest=sha256(text.getvalue()).hexdigest(),
        made_by=f"petugas-{file_name.split('_')[0].lower()}",
        reason=found[0]["note"] if "_koreksi" in file_name else None,
        rows=len(found),
        recorded_at=datetime.combine(day, time(3), UTC),
    )
    return DemoBatch(header, table)
