"""What happened in Kemuning: the events of data/demo/events.csv. Knows no store."""

from __future__ import annotations

from datetime import date

from kpi.demo.definitions import definitions
from kpi.demo.tables import rows
from kpi.model import Event, EventKind


def events() -> list[Event]:
    """Return the demo's events, one per unit and indicator that each concerns."""
    code = definitions().organisation.organisation_code
    return [
        Event(
            organisation_code=code,
            event_code=row["event_code"],
            happened_on=date.fromisoformat(row["happened_on"]),
            kind=EventKind(row["kind"]),
            text=row["text"],
            author=row["author"],
            unit_code=row["unit_code"] or None,
            indicator_code=row["indicator_code"] or None,
            rebases_limits=row["rebases_limits"] == "yes",
        )
        for row in rows("events")
    ]
