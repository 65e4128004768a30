"""What each employee of Kemuning is to achieve, and what was achieved; drawn from data/demo/people. Knows no store."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any, Final  # Any: cells of the columns of PEOPLE_FIGURES

import pyarrow as pa

from kpi.demo.calendar import REPORTED_UNTIL
from kpi.demo.definitions import definitions
from kpi.demo.people_staff import Person, generator, people
from kpi.demo.tables import Row, rows
from kpi.model import Polarity, Verification
from kpi.people_model import Cascade, Employee, IndividualIndicator
from kpi.periods import Grain, Period
from kpi.store.people.entry import PEOPLE_FIGURES

FIRST: Final = Period.parse("2025-Q1")
QUARTERS: Final = tuple(FIRST.shifted(step) for step in range(8))
"""2025-Q1 to 2026-Q4; the last has targets alone."""
AGREED_ON: Final = date(2025, 1, 2)
"""Who is in post on this day has the indicators of that post, wherever they move."""


@cache
def indicators() -> tuple[IndividualIndicator, ...]:
    """Return the individual indicators of all employees, by employee."""
    return tuple(_indicator(post, row) for _, post, row in _held())


def figures(periods: Iterable[Period]) -> pa.Table:
    """Return targets and values of these quarters, a row per individual indicator and quarter in post."""
    found = []
    for period in periods:
        for person, _, row in _held():
            if person.post_on(period.start) is not None and person.post_on(period.end) is not None:
                found.append(_figure(person, row, period))
    return pa.Table.from_pylist([{"line": line, **row} for line, row in enumerate(found, 2)], schema=PEOPLE_FIGURES)


def _held() -> Iterable[tuple[Person, Employee, Row]]:
    """Yield each employee with the post of AGREED_ON and each row of the table that holds for it."""
    for person in people():
        post = person.post_on(AGREED_ON)
        for row in _rows_for(post) if post else ():
            assert post is not None  # else there are no rows
            yield person, post, row


def _rows_for(post: Employee) -> list[Row]:
    """Return the rows for the post among the units below the same unit, else those for the post anywhere."""
    of_post = [row for row in rows("people/indicators") if row["position"] == post.position]
    siblings = f"{definitions().units[post.unit_code].parent_code}/*"
    return [row for row in of_post if row["unit_code"] == siblings] or [r for r in of_post if r["unit_code"] == "*"]


def _indicator(post: Employee, row: Row) -> IndividualIndicator:
    source = row["from_indicator_code"] or None
    return IndividualIndicator(
        post.organisation_code,
        post.employee_code,
        row["indicator_code"],
        row["name"],
        Cascade(row["cascade"]),
        row["unit_of_measure"],
        Polarity(row["polarity"]),
        Grain.QUARTER.value,
        decimals=int(row["decimals"]),
        from_unit_code=post.unit_code if source else None,
        from_indicator_code=source,
    )


def _figure(person: Person, row: Row, period: Period) -> dict[str, Any]:
    """Return target and value: about 4 % better than the target for each step of the person's strength."""
    target = float(row["target"])
    is_over = period.end <= REPORTED_UNTIL
    draw = generator("figure", person.code, row["indicator_code"], period.code)
    better = 0.03 + 0.05 * person.strength + float(draw.normal(scale=0.05))
    reached = target * (1 + better if row["polarity"] == Polarity.MAXIMIZE.value else 1 - better)
    most = float(row["highest"] or "inf")
    value = round(min(max(reached, 0.0), most), int(row["decimals"]))
    return {
        "employee_code": person.code,
        "indicator_code": row["indicator_code"],
        "grain": period.grain.value,
        "period_start": period.start,
        "period_end": period.end,
        "value": value if is_over else None,
        "target": target,
        "verification": Verification.VERIFIED.value if is_over and period.year < 2026 else None,
    }
