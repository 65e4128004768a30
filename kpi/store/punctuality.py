"""Says in a snapshot in the making who reported in time: hands the due dates to SQL."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import duckdb
import pyarrow as pa

from kpi.deadlines import COMPLETENESS, PUNCTUALITY, WORKING_DAYS, due_on
from kpi.store.engine import sql

_DUE: Final = pa.schema(
    [
        ("organisation_code", pa.string()),
        ("grain", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("due_on", pa.date32()),
        ("due_before", pa.timestamp("us")),
    ]
)


def write_punctuality(connection: duckdb.DuckDBPyConnection, spans: str = "publish/reporting_spans") -> None:
    """Fill `punctuality` of the snapshot that `connection` is making, from its periods and the working tables.

    `spans`: the question for the periods to fill.
    """
    rows = []
    for organisation, grain, start, end, working_days in connection.execute(sql(spans)).fetchall():
        due = due_on(end, working_days or WORKING_DAYS)
        rows.append((organisation, grain, start, end, due, instant_after(due)))
    columns = list(zip(*rows, strict=True)) or [()] * len(_DUE)
    connection.register(
        "due", pa.table([pa.array(column, f.type) for column, f in zip(columns, _DUE, strict=True)], _DUE)
    )
    connection.execute(sql("publish/write_punctuality"), {"about_reporting": [COMPLETENESS, PUNCTUALITY]})
    connection.unregister("due")


def instant_after(day: date) -> datetime:
    """Return the instant at which `day` is over where this runs, in UTC without a zone as the record keeps it."""
    midnight = datetime.combine(day + timedelta(days=1), time()).astimezone()
    return midnight.astimezone(UTC).replace(tzinfo=None)
