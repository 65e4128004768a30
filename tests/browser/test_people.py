"""A superior appraises five people and sets follow-ups, as people do it: in a browser, on a store of its own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from kpi.access import LOCAL, allowed_people
from kpi.appraisal.predicate import predicate
from kpi.people_model import Level
from kpi.periods import Grain, Period
from tests.browser.camera import STILL
from tests.browser.conftest import served

SUPERIOR = "P002"
FIVE = 5
LEVELS = {
    Level.ABOVE: "Di atas ekspektasi",
    Level.AS_EXPECTED: "Sesuai ekspektasi",
    Level.BELOW: "Di bawah ekspektasi",
}
JUDGED = [
    (Level.ABOVE, Level.ABOVE, "★ Sangat Baik"),
    (Level.AS_EXPECTED, Level.AS_EXPECTED, "● Baik"),
    (Level.BELOW, Level.AS_EXPECTED, "◐ Butuh Perbaikan"),
    (Level.AS_EXPECTED, Level.BELOW, "▼ Kurang"),
    (Level.BELOW, Level.BELOW, "✖ Sangat Kurang"),
]
"""Work result, behaviour, and what follows by the matrix."""


@pytest.fixture(scope="module")
def own_store(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("people") / "store"
    shutil.copytree(demo_store, store)
    return store


@pytest.fixture(scope="module")
def address(own_store: Path) -> Iterator[str]:
    with served(own_store) as address:
        yield address


def settled(page: Page) -> None:
    expect(page.locator(STILL)).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def group(page: Page, label: str) -> Locator:
    """The buttons under a label of the form."""
    return page.get_by_test_id("stButtonGroup").filter(has=page.get_by_text(label, exact=True))


def choose(page: Page, label: str, level: Level) -> None:
    group(page, label).get_by_role("radio", name=LEVELS[level]).click()
    settled(page)


def open_colleague(page: Page, place: int) -> None:
    """Choose one of the staff and wait for their form, not for that of the one before."""
    colleague = group(page, "Pegawai").get_by_role("radio").nth(place)
    name = colleague.inner_text().split(" · ")[0]
    colleague.click()
    expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()
    settled(page)


def test_a_superior_appraises_five_people_and_sets_follow_ups(page: Page, address: str, own_store: Path):
    running = Period.containing(date.today(), Grain.QUARTER, 1)  # noqa: DTZ011 - the day of the server
    page.goto(f"{address}/people?people=staff&superior={SUPERIOR}&appraise=periodic-{running.end}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pegawai")
    for place, (work, behaviour, follows) in enumerate(JUDGED):
        open_colleague(page, place)
        choose(page, "Hasil kerja", work)
        choose(page, "Perilaku", behaviour)
        expect(page.get_by_text(re.compile("Predikat menurut matriks"))).to_contain_text(follows)
        page.get_by_role("button", name="Catat penilaian").click()
        expect(page.get_by_text(f"dinilai: {follows.split(' ', 1)[1]}.")).to_be_visible()
        expect(page.get_by_role("heading", level=5)).to_contain_text(f"{place + 1} dari")
    for place, (text, day) in enumerate([("Dampingi tiap pekan", "31/12/2099"), ("Usulkan pelatihan", "01/02/2099")]):
        open_colleague(page, place)
        page.get_by_label("Tenggat (hari/bulan/tahun)").fill(day)
        page.get_by_label("Yang perlu dilakukan").fill(text)
        page.get_by_role("button", name="Simpan tindak lanjut").click()
        said = "31 Desember 2099" if place == 0 else "1 Februari 2099"
        expect(page.get_by_text(f"tenggat {said}.")).to_be_visible()

    people = allowed_people(own_store, LOCAL)
    staff = people.staff_of("KEMUNING", SUPERIOR, on=people.meta.today)["employee_code"].tolist()[:FIVE]
    entered = people.appraisals("KEMUNING", employee_codes=staff, first=running.end, last=running.end)
    assert entered["superior_code"].tolist() == [SUPERIOR] * FIVE
    made = [predicate(Level(w), Level(b)) for w, b in zip(entered["work_result"], entered["behaviour"], strict=True)]
    assert made == [predicate(work, behaviour) for work, behaviour, _ in JUDGED]
    followed = people.follow_ups("KEMUNING", staff[:2])
    assert {"Dampingi tiap pekan", "Usulkan pelatihan"} <= set(followed["text"])
    assert set(followed.loc[followed["text"].str.contains("pekan|pelatihan"), "owner_code"]) >= {SUPERIOR}
