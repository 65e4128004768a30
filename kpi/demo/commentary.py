"""What units of Kemuning say of missed targets: the comments of data/demo/commentary.csv. Knows no store."""

from __future__ import annotations

from datetime import date

from kpi.demo.definitions import definitions
from kpi.demo.tables import rows
from kpi.model import Comment
from kpi.periods import Period


def commentary() -> list[Comment]:
    """Return the demo's comments, one per figure."""
    organisation = definitions().organisation
    found = []
    for row in rows("commentary"):
        period = Period.parse(row["period"], organisation.year_starts_in)
        said = {name: row[name] for name in ("cause", "obstacle", "follow_up", "owner", "author")}
        found.append(
            Comment(
                organisation_code=organisation.organisation_code,
                unit_code=row["unit_code"],
                indicator_code=row["indicator_code"],
                grain=period.grain.value,
                period_start=period.start,
                period_end=period.end,
                due=date.fromisoformat(row["due"]),
                **said,
            )
        )
    return found
