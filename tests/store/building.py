"""Small real stores for the tests: an organisation, its tree, some figures, recorded and published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from kpi.model import Indicator, Organisation, SnapshotMeta, Unit
from kpi.periods import Period
from kpi.store.publish import publish
from kpi.store.record import FIGURES, Batch, BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot

TODAY = date(2026, 11, 15)
CODE = "K"


def definitions(
    units: Iterable[Unit] = (), indicators: Iterable[Indicator] = (), year_starts_in: int = 1, code: str = CODE
) -> Definitions:
    """The organisation `code` with these units and indicators."""
    return Definitions(
        Organisation(code, "Kemuning", year_starts_in),
        {unit.unit_code: unit for unit in units},
        {indicator.indicator_code: indicator for indicator in indicators},
    )


def figure(unit: str, indicator: str, period: str, value: float | None = None, **more: object) -> dict[str, object]:
    """One row of FIGURES; `period` as `Period.parse` reads it, `year_starts_in` among `more` where it isn't January."""
    parsed = Period.parse(period, int(str(more.pop("year_starts_in", 1))))
    return {
        "unit_code": unit,
        "indicator_code": indicator,
        "grain": parsed.grain.value,
        "period_start": parsed.start,
        "period_end": parsed.end,
        "value": value,
        **more,
    }


def table(rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """The rows in the layout of FIGURES; lines are counted from 2, as in a file with a header."""
    return pa.Table.from_pylist([{"line": line, **row} for line, row in enumerate(rows, 2)], schema=FIGURES)


def record(
    store: Path, known: Definitions, rows: Iterable[Mapping[str, object]], made_by: str = "a test"
) -> Batch | None:
    """Append the rows; returns what the append returned."""
    with Record.opened(store, writing=True) as opened:
        header = BatchHeader(known.organisation.organisation_code, made_by=made_by)
        return opened.append(header, known, table(rows))


def published(store: Path, known: Definitions, rows: Iterable[Mapping[str, object]]) -> Snapshot:
    """Append the rows, publish for TODAY, open the snapshot."""
    record(store, known, rows)
    meta: SnapshotMeta = publish(store, today=TODAY)
    return Snapshot.open(store, meta.version)
