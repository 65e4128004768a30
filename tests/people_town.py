"""The people of the small town; tests of access, views, intake and pages read them.

As of 12 October 2026. In 2026-Q3 (predicates: ★ very good, ● good, ◐ needs improvement, ▼ poor):

    KOTA     S1, secretary, not appraised
    ├ DINKES H1 ●, head; PKM_A A1–A8: ★ ★ ● ● ● ● ◐ ◐; PKM_B B1–B3: ★ ● ◐
    ├ DISDIK D1 ● head, D2–D7: ● ● ● ● ◐ ▼; judged Istimewa, so that its pattern is broken
    └ DPU    W1–W6: ★ ● ● ● ● ◐, all right under the secretary

PKM_B and DINKES alone have fewer than five persons, and PKM_A is hidden with them. A7 fell twice, D7 is low.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from kpi.access import Access, Grant, Role
from kpi.model import Polarity
from kpi.people_model import (
    Appraisal,
    AppraisalKind,
    Cascade,
    Employee,
    FeedbackNote,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    FunctionalLevel,
    IndividualIndicator,
    Level,
    OrganisationPredicate,
    UnitPredicate,
)
from kpi.periods import Period
from kpi.store.people.entry import PEOPLE_FIGURES
from kpi.store.people.publish import publish_people
from kpi.store.people.record import BatchHeader, PeopleEntry, PeopleRecord
from tests.small_organisation import TODAY, TOWN

SINCE = date(2024, 1, 1)
JUDGED = {
    "★": (Level.ABOVE, Level.ABOVE),
    "●": (Level.AS_EXPECTED, Level.AS_EXPECTED),
    "◐": (Level.BELOW, Level.AS_EXPECTED),
    "▼": (Level.AS_EXPECTED, Level.BELOW),
}
STAFFED = {
    "DINKES": (("H1",), "S1", "●"),
    "PKM_A": (tuple(f"A{n}" for n in range(1, 9)), "H1", "★★●●●●◐◐"),
    "PKM_B": (tuple(f"B{n}" for n in range(1, 4)), "H1", "★●◐"),
    "DISDIK": (("D1", *(f"D{n}" for n in range(2, 8))), "D1", "●●●●●◐▼"),
    "DPU": (tuple(f"W{n}" for n in range(1, 7)), "S1", "★●●●●◐"),
}
"""Persons of each unit, their superior, and their predicates in 2026-Q3."""

LEADER = Access("bupati@contoh.id", "Bupati", (Grant(Role.LEADERSHIP, TOWN),))
MANAGER = Access("bkpsdm@contoh.id", "BKPSDM", (Grant(Role.PEOPLE_MANAGER, TOWN),))
HEAD = Access("h1@contoh.id", "Kepala", (Grant(Role.SUPERIOR, TOWN, employee_code="H1"),))
NURSE = Access("a1@contoh.id", "Perawat", (Grant(Role.EMPLOYEE, TOWN, employee_code="A1"),))
OFFICER = Access("dinkes@contoh.id", "Petugas", (Grant(Role.OFFICER, TOWN, "DINKES"),))
ADMINISTRATOR = Access("admin@contoh.id", "Admin", (Grant(Role.ADMINISTRATOR, TOWN),))
MANAGER_OF_HEALTH = Access("umum@contoh.id", "Umpeg", (Grant(Role.PEOPLE_MANAGER, TOWN, "DINKES"),))


def employees() -> list[Employee]:
    """Return everybody's post."""
    found = [Employee(TOWN, "S1", "Kamboja Contoh", "Sekretaris Daerah", TOWN, SINCE)]
    for unit, (codes, superior, _) in STAFFED.items():
        for code in codes:
            above = "S1" if code == superior else superior
            level = FunctionalLevel.EXPERT_JUNIOR if code == "A1" else None
            found.append(Employee(TOWN, code, f"Melati {code}", "Staf", unit, SINCE, None, above, level))
    return found


def appraisal(code: str, superior: str, judged: tuple[Level, Level], period: str = "2026-Q3") -> Appraisal:
    """Return an appraisal of a period: a quarter's is periodic, a year's annual."""
    parsed = Period.parse(period)
    kind = AppraisalKind.ANNUAL if period.isdigit() else AppraisalKind.PERIODIC
    return Appraisal(TOWN, code, kind, parsed.start, parsed.end, superior, *judged)


def appraisals() -> list[Appraisal]:
    """Return what everybody was judged at in 2026-Q3, and A7 in the quarters before."""
    found = [appraisal("A7", "H1", JUDGED["★"], "2026-Q1"), appraisal("A7", "H1", JUDGED["●"], "2026-Q2")]
    for codes, superior, signs in STAFFED.values():
        for code, sign in zip(codes, signs, strict=True):
            found.append(appraisal(code, "S1" if code == superior else superior, JUDGED[sign]))
    return found


def make_people(store: Path) -> None:
    """Record and publish the town's people in a store that has the town."""
    visits = IndividualIndicator(
        TOWN, "A1", "SUNTIK", "Anak diimunisasi", Cascade.PARTIAL, "anak", Polarity.MAXIMIZE, "quarter", decimals=0,
        from_unit_code="PKM_A", from_indicator_code="IMUNISASI",
    )  # fmt: skip
    own = IndividualIndicator(TOWN, "A1", "INOVASI", "Gagasan baru", Cascade.NEW, "gagasan", Polarity.MAXIMIZE)
    quarter = Period.parse("2026-Q3")
    judged = UnitPredicate(
        TOWN, "DISDIK", AppraisalKind.PERIODIC, quarter.start, quarter.end, OrganisationPredicate.EXCELLENT, "Bupati"
    )
    things = [
        *employees(),
        *appraisals(),
        judged,
        visits,
        own,
        FollowUp(
            TOWN, "TL-A7-01", "A7", FollowUpKind.COACHING, "H1", date(2026, 9, 30), FollowUpState.UNDER_WAY, "Dampingi"
        ),
        FollowUp(
            TOWN, "TL-W1-01", "W1", FollowUpKind.TALENT_POOL, "S1", date(2026, 12, 31), FollowUpState.PLANNED, "Usulkan"
        ),
        FeedbackNote(TOWN, "UB-A1-01", "A1", "A1", date(2026, 10, 5), "Terima kasih", quarter.end),
    ]
    periods = [Period.parse(code) for code in ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")]
    rows = [
        {
            "line": line, "employee_code": "A1", "indicator_code": "SUNTIK", "grain": "quarter",
            "period_start": period.start, "period_end": period.end, "value": value, "target": 50.0,
        }
        for line, (period, value) in enumerate(zip(periods, (45.0, 40.0, 60.0, None), strict=True), 2)
    ]  # fmt: skip
    with PeopleRecord.opened(store, writing=True) as record:
        figures = pa.Table.from_pylist(rows, schema=PEOPLE_FIGURES)
        record.append(BatchHeader(TOWN, "form", made_by="test"), PeopleEntry(things, figures))
    publish_people(store, today=TODAY)


@pytest.fixture(scope="session")
def people_store(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published store of the town with its people; shared by all tests, which write nothing but the access log."""
    store = tmp_path_factory.mktemp("people") / "store"
    shutil.copytree(small_store, store)
    make_people(store)
    return store


@pytest.fixture
def own_people_store(people_store: Path, tmp_path: Path) -> Path:
    """A copy of the store, where nobody has looked yet, for a test that writes."""
    store = tmp_path / "store"
    shutil.copytree(people_store, store, ignore=shutil.ignore_patterns("access"))
    return store
