"""A new officer, signed in and alone with the screen, finishes the training: what is asked stands where the walk leads.

Nothing is known here of the figures: each answer is read off the page that the task opens.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kpi.access import LOCAL, Grant, Role, set_grants
from tests.browser.camera import STILL, wait_until_drawn
from tests.browser.conftest import free_port, served
from tests.browser.looking import english_left
from tests.serving.conftest import SECRET, secrets_file
from tests.serving.visiting import signed_in

OFFICER = "petugas.baru@kemuning.test"
Found = Callable[[Page, str, list[str]], str]


@pytest.fixture(scope="module")
def guarded(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The demo behind a sign-in, on a store that keeps this training alone."""
    folder = tmp_path_factory.mktemp("training")
    store = Path(shutil.copytree(demo_store, folder / "store"))
    set_grants(store, LOCAL, OFFICER, [Grant(Role.OFFICER, "KEMUNING", "DISDIK")], "for a test")
    port = free_port()
    with served(store, port=port, KPI_SECRETS=str(secrets_file(folder, port))) as address:
        yield address


@pytest.fixture
def officer(guarded: str, browser: Browser) -> Iterator[Page]:
    """The window of an officer of Education who has just signed in for the first time."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="id-ID")
    context.set_default_timeout(30_000)
    cookies = signed_in(SECRET, guarded, email=OFFICER, name="Petugas Baru")
    context.add_cookies([{"name": name, "value": value, "url": guarded} for name, value in cookies.items()])
    page = context.new_page()
    page.goto(guarded)
    yield page
    context.close()


def test_a_new_officer_finishes_the_training_without_asking(officer: Page):
    page = officer
    expect(page.get_by_role("heading", level=1)).to_have_text("Ikhtisar")
    settled(page)
    page.get_by_role("link", name="Bantuan").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bantuan")
    expect(page.get_by_role("radio", name="Petugas data")).to_be_checked()
    for number, found in enumerate((what_the_form_says, who_is_not_in_time, which_file, which_reason), start=1):
        expect(task(page)).to_contain_text(f"{number}. ")
        settled(page)
        answer(page, looked_up(page, found))
        expect(task(page)).to_contain_text("Benar.")
        expect(main(page)).to_contain_text("Latihan selesai" if number == 4 else f"{number} dari 4 tugas selesai")
        settled(page)
        if number < 4:
            page.get_by_role("button", name="Tugas berikutnya").click()


def main(page: Page) -> Locator:
    return page.locator("[data-testid=stMain]")


def task(page: Page) -> Locator:
    return page.locator(".st-key-training-task")


def settled(page: Page) -> None:
    """Wait until the page stands, and find no English on it."""
    expect(page.locator(STILL)).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
    wait_until_drawn(page)
    assert not english_left(page)


def looked_up(page: Page, found: Found) -> str:
    """Follow the task's link, find out there which answer is right, and come back by the line on that page."""
    question = task(page).get_by_role("heading").inner_text().split(". ", 1)[1]
    expect(task(page).get_by_role("radio").first).to_be_visible()
    offered = task(page).get_by_role("radio").all()
    answers = [each.locator("xpath=ancestor::label").inner_text().strip() for each in offered]
    task(page).get_by_role("link", name="Buka halaman dengan pilihan yang tepat").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Bantuan")
    expect(page.locator(".st-key-training-bar")).to_contain_text(question)
    settled(page)
    right = found(page, question, answers)
    page.locator(".st-key-training-bar").get_by_role("link", name="Kembali ke jawaban").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bantuan")
    expect(task(page)).to_contain_text(question)
    return right


def answer(page: Page, words: str) -> None:
    task(page).get_by_text(words, exact=True).click()
    task(page).get_by_role("button", name="Periksa jawaban saya").click()


def what_the_form_says(page: Page, _: str, answers: list[str]) -> str:
    """Above the form stands what to do while a figure isn't known, in the words of one answer."""
    expect(main(page)).to_contain_text("biarkan kosong selama angkanya belum diketahui")
    return only(answers, lambda words: "kosong" in words)


def who_is_not_in_time(page: Page, question: str, answers: list[str]) -> str:
    """In the table of states, the cell of a unit in the question's period says how its figures came."""
    period = only(
        ["TW I", "TW II", "TW III", "TW IV"], lambda short: f"{short.replace('TW', 'Triwulan')} 2" in question
    )
    table = main(page).locator("[data-testid=stDataFrame]").first
    heads = [each.strip() for each in table.locator("th").all_inner_texts()]
    column = heads.index(only(heads, lambda head: head.split(" 2")[0] == period))
    rows = [[cell.strip() for cell in row.locator("td").all_inner_texts()] for row in table.locator("tr").all()]
    came = {row[0]: row[column] for row in rows if row}
    return only(answers, lambda unit: "tepat waktu" not in came[unit])


def which_file(page: Page, _: str, answers: list[str]) -> str:
    """Below the steps stands with which batch the figure came, and from which file."""
    said = main(page).get_by_text("Asal angka:").locator("xpath=ancestor::*[@data-testid='stMarkdown']").inner_text()
    batch = re.search(r"Kiriman (\d+): (\S+\.\w+)", said)
    assert batch, said
    return only(answers, lambda words: words == f"Kiriman {batch[1]}: {batch[2]}")


def which_reason(page: Page, _: str, answers: list[str]) -> str:
    """The explanation says why the figure isn't scored."""
    return only(answers, lambda reason: reason in main(page).inner_text().casefold())


def only(texts: list[str], holds: Callable[[str], bool]) -> str:
    """Return the one text for which something holds: the page leaves no doubt."""
    [found] = [text for text in texts if holds(text)]
    return found
