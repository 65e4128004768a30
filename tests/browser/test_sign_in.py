"""Signing in with a real OpenID provider on localhost: what each role sees first, what it is refused, and the way out.

The pictures of each role's first page go into build/screens, or into $KPI_SCREENS (`make screenshots`: docs/img).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from oidc_provider_mock import User, run_server_in_thread
from playwright.sync_api import Browser, Locator, Page, expect

from kpi.access import LOCAL, Grant, Role, set_grants
from tests.browser.conftest import ROOT, free_port, served
from tests.serving.conftest import secrets_file

KEMUNING = "KEMUNING"
FOLDER = Path(os.environ.get("KPI_SCREENS") or ROOT / "build" / "screens")
HEALTH = "gaps?org=KEMUNING&unit=DINKES&period=2026-Q3&lang=id"
EDUCATION = "gaps?org=KEMUNING&unit=DISDIK&period=2026-Q3&lang=id"
PEOPLE = {
    "officer": ("Petugas Data Pendidikan", Grant(Role.OFFICER, KEMUNING, "DISDIK")),
    "leadership": ("Pimpinan Daerah", Grant(Role.LEADERSHIP, KEMUNING)),
    "superior": ("Kepala Dinas Pendidikan", Grant(Role.SUPERIOR, KEMUNING, None, "P117")),
    "administrator": ("Pengelola Sistem", Grant(Role.ADMINISTRATOR)),
    "stranger": ("Tamu", None),
}
Enter = Callable[[str], Page]


@pytest.fixture(scope="module")
def guarded(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo behind a sign-in, with a provider that knows these people."""
    folder = tmp_path_factory.mktemp("guarded")
    store = Path(shutil.copytree(demo_store, folder / "store"))
    for code, (_, grant) in PEOPLE.items():
        if grant is not None:
            set_grants(store, LOCAL, f"{code}@kemuning.test", [grant], "for a test")
    users = [
        User(sub=code, claims={"email": f"{code}@kemuning.test", "name": name, "email_verified": True})
        for code, (name, _) in PEOPLE.items()
    ]
    port = free_port()
    with run_server_in_thread(user_claims=users) as provider:
        secrets = secrets_file(folder, port, f"http://localhost:{provider.server_port}")
        with served(store, port=port, KPI_SECRETS=str(secrets)) as address:
            yield address


@pytest.fixture
def enter(guarded: str, browser: Browser) -> Iterator[Enter]:
    """Sign in as one of the people, in a window of their own."""
    contexts = []

    def entered(who: str) -> Page:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{guarded}/{HEALTH}")
        expect(heading(page)).to_have_text("Masuk")
        expect(main(page)).not_to_contain_text("Kabupaten Kemuning")
        page.get_by_role("button", name="Masuk").click()
        page.get_by_role("button", name=who, exact=True).click()
        expect(page.locator("[data-testid=stSidebar]")).to_contain_text(PEOPLE[who][0])
        return page

    yield entered
    for context in contexts:
        context.close()


def main(page: Page) -> Locator:
    return page.locator("[data-testid=stMain]")


def heading(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def pages_listed(page: Page) -> Locator:
    return page.locator("[data-testid=stTopNavLink]")


def reads(page: Page, address: str, words: str) -> None:
    """Open an address and find these words on its page."""
    page.goto(address)
    expect(main(page)).to_contain_text(words)


def kept(page: Page, who: str) -> None:
    """Keep a picture of what somebody sees first: the overview."""
    expect(heading(page)).to_have_text("Ikhtisar")
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
    expect(main(page).get_by_role("combobox").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"role-{who}.png")


def test_an_officer_sees_the_own_office_and_no_unpublished_figure_of_another_nor_any_person(enter: Enter, guarded: str):
    page = enter("officer")
    expect(page.locator("[data-testid=stSidebar]")).to_contain_text("Petugas perangkat daerah (DISDIK)")
    expect(main(page)).to_contain_text("Dinas Pendidikan")
    kept(page, "officer")

    reads(page, f"{guarded}/{EDUCATION}", "Dinas Pendidikan mencapai")
    reads(page, f"{guarded}/{HEALTH}", "Dinas Kesehatan tidak memiliki indeks untuk Triwulan III 2026")
    expect(pages_listed(page).filter(has_text="Pegawai")).to_have_count(0)
    reads(page, f"{guarded}/people?unit=DISDIK", "Anda tidak berhak melihatnya")


def test_leadership_sees_every_figure_and_counts_of_people_and_enters_nothing(enter: Enter, guarded: str):
    page = enter("leadership")
    expect(main(page)).to_contain_text("94 indikator")
    kept(page, "leadership")

    reads(page, f"{guarded}/{HEALTH}", "Dinas Kesehatan mencapai")
    expect(pages_listed(page).filter(has_text="Data")).to_have_count(0)
    reads(page, f"{guarded}/people", "orang dinilai di Kabupaten Kemuning")
    expect(main(page)).not_to_contain_text("Perorangan")


def test_a_superior_sees_the_own_staff_and_no_unpublished_figure(enter: Enter, guarded: str):
    page = enter("superior")
    kept(page, "superior")

    reads(page, f"{guarded}/{HEALTH}", "tidak memiliki indeks")
    reads(page, f"{guarded}/people?people=staff", "Bakung Kepodang")


def test_an_administrator_sees_no_unpublished_figure_and_no_person(enter: Enter, guarded: str):
    page = enter("administrator")
    kept(page, "administrator")

    reads(page, f"{guarded}/{HEALTH}", "tidak memiliki indeks")
    reads(page, f"{guarded}/people", "Anda tidak berhak melihatnya")


def test_who_has_no_role_learns_what_to_do_and_signs_out_for_good(enter: Enter, guarded: str):
    page = enter("stranger")
    expect(heading(page)).to_have_text("Anda belum memiliki peran")
    expect(main(page)).to_contain_text("stranger@kemuning.test")
    cookies = page.context.cookies()

    page.get_by_role("button", name="Keluar").click()
    page.get_by_role("button", name="End session").click()

    expect(heading(page)).to_have_text("Masuk")
    page.context.add_cookies(cookies)  # somebody kept a copy
    page.goto(guarded)
    expect(heading(page)).to_have_text("Masuk")


def test_the_cookie_of_a_sign_in_can_not_be_read_by_scripts(enter: Enter):
    page = enter("stranger")

    signed = [each for each in page.context.cookies() if each["name"].startswith("_streamlit_user")]

    assert signed
    assert all(each["httpOnly"] and each["sameSite"] == "Lax" for each in signed)
    assert "_streamlit_user" not in page.evaluate("document.cookie")
