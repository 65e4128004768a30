"""Makes the people of the demo store: records posts, appraisals, follow-ups as they happened; publishes not."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa

from kpi.demo import people_follow_ups, people_indicators
from kpi.demo.definitions import definitions
from kpi.demo.people_appraisals import rounds
from kpi.demo.people_staff import people
from kpi.errors import KpiError
from kpi.people_model import Employee
from kpi.store.people.entry import Thing
from kpi.store.people.record import Batch, BatchHeader, PeopleEntry, PeopleRecord

BEGUN: Final = date(2024, 1, 15)
_APPRAISED: Final = {
    "2024": datetime(2025, 1, 20, 2),  # noqa: DTZ001 - the record keeps UTC without a zone, as all below
    "2025": datetime(2026, 1, 26, 2),  # noqa: DTZ001
    "2025-Q4": datetime(2026, 1, 19, 2),  # noqa: DTZ001
    "2026-Q1": datetime(2026, 4, 20, 2),  # noqa: DTZ001
    "2026-Q2": datetime(2026, 7, 20, 2),  # noqa: DTZ001
    "2026-Q3": datetime(2026, 10, 19, 2),  # noqa: DTZ001
}
"""When each round of appraisals was entered."""
_MADE_BY: Final = "petugas-bkpsdm"


@dataclasses.dataclass(frozen=True, slots=True)
class PeopleBatch:
    """One file or form of the demo: when it was entered, what it is called, what it holds."""

    recorded_at: datetime
    file_name: str
    things: Sequence[Thing] = ()
    figures: pa.Table | None = None


def make_people(store: Path) -> list[Batch]:
    """Record all batches of the people's demo, oldest first, and return them; the private snapshot stays as it is.

    Raises KpiError when the store has people of Kemuning already.
    """
    code = definitions().organisation.organisation_code
    recorded = []
    with PeopleRecord.opened(store, writing=True) as record:
        if record.batches(code):
            raise KpiError(f"{store}: people of {code} are there already. Choose another folder with --store.")
        for batch in batches():
            header = BatchHeader(
                code, "demo", batch.file_name, made_by=_MADE_BY, rows=len(batch.things), recorded_at=batch.recorded_at
            )
            added = record.append(header, PeopleEntry(batch.things, batch.figures))
            assert added is not None  # every batch of the demo says something new
            recorded.append(added)
    return recorded


def batches() -> list[PeopleBatch]:
    """Return what was entered, oldest first."""
    last_year, this_year = people_indicators.QUARTERS[:4], people_indicators.QUARTERS[4:]
    found = [
        PeopleBatch(_at(BEGUN), "pegawai_2024.csv", _posts_known_on(BEGUN)),
        PeopleBatch(_at(date(2025, 1, 10)), "iki_2025.csv", people_indicators.indicators()),
        PeopleBatch(_at(date(2026, 1, 5)), "mutasi_2026.csv", _changed_by(BEGUN, date(2026, 1, 5))),
        PeopleBatch(_at(date(2026, 1, 12)), "capaian_iki_2025.csv", figures=people_indicators.figures(last_year)),
        PeopleBatch(
            _at(date(2026, 2, 10)), "tindak_lanjut", [*people_follow_ups.planned(), *people_follow_ups.notes()]
        ),
        PeopleBatch(_at(date(2026, 4, 1)), "tindak_lanjut", people_follow_ups.under_way()),
        PeopleBatch(_at(date(2026, 7, 2)), "pensiun_2026.csv", _changed_by(date(2026, 1, 5), date(2026, 7, 2))),
        PeopleBatch(_at(date(2026, 9, 15)), "tindak_lanjut", people_follow_ups.closed()),
        PeopleBatch(_at(date(2026, 10, 12)), "capaian_iki_2026.csv", figures=people_indicators.figures(this_year)),
    ]
    found += [
        PeopleBatch(
            _APPRAISED[each.period.code],
            f"penilaian_{each.period.code}.csv",
            [*each.appraisals, *each.unit_predicates],
        )
        for each in rounds()
    ]
    return sorted(found, key=lambda batch: batch.recorded_at)


def _posts_known_on(day: date) -> list[Employee]:
    """Return the posts that had begun, as they were known then: an end that lay ahead was not."""
    return [
        dataclasses.replace(post, valid_to=post.valid_to if post.valid_to and post.valid_to <= day else None)
        for post in _posts()
        if post.valid_from <= day
    ]


def _changed_by(before: date, day: date) -> list[Employee]:
    """Return the posts that were known otherwise, or not at all, on the day `before`."""
    known = set(_posts_known_on(before))
    return [post for post in _posts_known_on(day) if post not in known]


def _posts() -> Iterable[Employee]:
    return (post for person in people() for post in person.posts)


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2)  # noqa: DTZ001 - 9 o'clock in western Indonesia, as UTC
