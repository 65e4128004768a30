"""How fresh a snapshot is for a reader: up to when there are figures, when they came out, who has reported."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.views.selection import Selection


@dataclass(frozen=True, slots=True)
class Freshness:
    """`data_to` is the last day of the newest period with values; units count for the chosen period."""

    data_to: date
    published_on: date
    units_expected: int
    units_reported: int
    is_finished: bool


def freshness(snapshot: AllowedSnapshot, selection: Selection) -> Freshness:
    """Return how fresh the organisation's figures are; a unit has reported when it gave any figure of the period."""
    periods = snapshot.periods(selection.organisation_code)
    periods = periods[periods["value_count"] > 0].sort_values(["period_start", "period_end"], ascending=[False, True])
    period = selection.period
    reporting = snapshot.reporting(selection.organisation_code, period.grain, period.end)
    expected = reporting[reporting["expected"] > 0]
    return Freshness(
        data_to=pd.Timestamp(periods["period_end"].iloc[0]).date(),
        published_on=snapshot.meta.published_at.date(),
        units_expected=len(expected),
        units_reported=int((expected["reported"] > 0).sum()),
        is_finished=period.end < snapshot.meta.today,
    )


def first_known_on(snapshot: AllowedSnapshot) -> date | None:
    """Return the day, where this runs, on which the first batch of any organisation was recorded; None without any."""
    times = [snapshot.batches(each.organisation_code)["recorded_at"].min() for each in snapshot.organisations()]
    known = [pd.Timestamp(moment).to_pydatetime() for moment in times if not pd.isna(moment)]
    return min(known).replace(tzinfo=UTC).astimezone().date() if known else None
