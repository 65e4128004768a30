"""The steps of docs/guide as a leader and an officer walk them through the demo, each with its picture."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, FilePayload, Locator, expect

from kpi.i18n import Language, Translator
from kpi.intake.templates.writing import template
from kpi.periods import Period
from kpi.store.snapshot import Snapshot
from tests.browser.camera import LONGEST, Camera, window
from tests.browser.conftest import served
from tests.browser.grids import walk_to_column
from tests.browser.sheets import drawn, filled

HEALTH = "org=KEMUNING&period=2026-Q3&unit=DINKES&units=DINKES"
OFFICER = "org=KEMUNING&period=2026-10&unit=PKM_MELURASIH&units=PKM_MELURASIH"
OCTOBER: Mapping[str, tuple[float, ...]] = {
    "IMUNISASI_DASAR": (41, 60),
    "JML_KASUS_DBD": (0,),
    "JML_KEMATIAN_BAYI": (0,),
    "JML_KEMATIAN_IBU": (0,),
    "K4": (53, 62),
    "LAHIR_HIDUP": (57,),
    "LAYANAN_TEPAT_WAKTU": (1010, 1080),
    "PERSALINAN_NAKES": (55, 57),
    "STOK_OBAT": (86.5,),
    "WAKTU_TUNGGU": (64,),
}
"""What the demo's late health centre reports of October: a value, or numerator and denominator."""
ROW = 35
"""Height of a row of a table on screen."""
TABLE = """Indikator;Satuan;Target 2026;Okt 2026
Cakupan pemeriksaan kehamilan lengkp (K4);%;91;85,5
Waktu tunggu rawat jalan;menit;45;64
"""
"""As an office keeps it, with a slip of the pen."""


def test_a_leader_reads_the_pages(demo_address: str, browser: Browser):
    camera = _camera(browser, demo_address, "id")
    _overview_and_trend(camera)
    page, t = camera.page, Translator("id")
    page.get_by_text(t("Enter an event")).click()
    camera.take("event", _text(camera, "Enter an event"), page.get_by_role("button", name=t("Save the event")))
    camera.open(f"comparison?{HEALTH}&parent=DINKES&by=indicator&indicator=K4&as=funnel")
    camera.take("funnel", _said(camera), _text(camera, "What am I looking at?"))
    camera.open(f"gaps?{HEALTH}")
    camera.take("gaps", _said(camera), page.locator(".js-plotly-plot").first)
    rest = _heading(camera, t("The rest of {year}", year=2026))
    camera.take("pace", rest, rest.locator("xpath=following::li[2]"))
    camera.open(f"indicators?{HEALTH}&indicator=AKB")
    camera.take("why", _said(camera), _text(camera, "See its trend"))
    page.context.close()


def test_a_leader_reads_the_pages_in_english(demo_address: str, browser: Browser):
    camera = _camera(browser, demo_address, "en")
    _overview_and_trend(camera)
    camera.page.context.close()


@pytest.fixture
def own_store(demo_store: Path, tmp_path: Path) -> Path:
    """The demo for one officer to write to."""
    return shutil.copytree(demo_store, tmp_path / "store")


@pytest.fixture
def own_address(own_store: Path) -> Iterator[str]:
    """The address of a server of that store."""
    with served(own_store) as address:
        yield address


def test_an_officer_goes_the_round_in_english(own_address: str, own_store: Path, browser: Browser):
    camera = _camera(browser, own_address, "en")
    _fetch(camera)
    _send(camera, filled(_template(own_store, "en"), "Entry", OCTOBER))
    _record(camera)
    camera.page.context.close()


def test_an_officer_goes_the_round_and_keeps_the_book(own_address: str, own_store: Path, browser: Browser):
    camera = _camera(browser, own_address, "id")
    _fetch(camera)
    given = _template(own_store, "id")
    faulty = filled(given, "Isian", {**OCTOBER, "K4": (72, 62)}, {"WAKTU_TUNGGU": "sekitar 1 jam"})
    sound = filled(given, "Isian", OCTOBER)
    entry = openpyxl.load_workbook(io.BytesIO(sound))["Isian"]
    camera.draw("template", drawn(entry, range(7, 18), "EFHJLNOP"))
    _refused(camera, faulty)
    _asked(camera)
    _by_hand(camera)
    _send(camera, sound)
    _record(camera)
    _send(camera, _corrected(sound))
    _record(camera, reason="Dua ibu hamil tercatat ganda; dihitung ulang dari kohort")
    _kept(camera)
    _stated(camera)
    _verified(camera)
    camera.page.context.close()


def _camera(browser: Browser, address: str, language: Language) -> Camera:
    return Camera(window(browser), address, Translator(language))


def _heading(camera: Camera, name: str) -> Locator:
    return camera.page.get_by_role("heading", name=name, exact=True)


def _text(camera: Camera, english: str) -> Locator:
    return camera.page.get_by_text(camera.t(english), exact=True).first


def _said(camera: Camera) -> Locator:
    """Return the sentence at the top of a page."""
    return camera.page.get_by_role("heading", level=5).first


def _overview_and_trend(camera: Camera) -> None:
    t, page = camera.t, camera.page
    camera.open(f"overview?{HEALTH}")
    listed = page.locator(".kpi-cards > div").first
    camera.take("overview", _said(camera), listed)
    tiles = page.locator(".kpi-tiles > div")
    camera.take("tiles", _heading(camera, t("Index of each unit")), *(tiles.nth(place) for place in range(4)))
    camera.open(f"trends?{HEALTH}&indicator=AKB")
    camera.take("trend", _said(camera), _text(camera, "What am I looking at?"))


def _fetch(camera: Camera) -> None:
    """Open the Data page and fetch a template."""
    t, page = camera.t, camera.page
    camera.open(f"data?{OFFICER}&length=month&for=2026-10")
    camera.take("send", _text(camera, "Part"), page.locator("[data-testid=stFileUploader]"))
    with page.expect_download() as waiting:
        page.get_by_role("button", name=t("Download the template")).click()
    assert waiting.value.suggested_filename.startswith("PKM_MELURASIH-")


def _template(store: Path, language: Language) -> bytes:
    """Return the template of October 2026, which the page offers only around that month."""
    return template(Snapshot.open(store), "KEMUNING", "PKM_MELURASIH", Period.parse("2026-10"), language)


def _send(camera: Camera, content: bytes, name: str = "PKM_MELURASIH-2026-10.xlsx") -> None:
    t = camera.t
    camera.open(f"data?{OFFICER}&length=month&for=2026-10")
    file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    camera.page.locator("input[type=file]").set_input_files(file)
    expect(_heading(camera, t("5 · What would change"))).to_be_visible()
    camera.settle()


def _refused(camera: Camera, content: bytes) -> None:
    """A refused file says what is wrong and where, and can be fetched with marks in it."""
    page = camera.page
    _send(camera, content)
    camera.take("refused", _heading(camera, "4 · Temuan dan pertanyaan"), page.get_by_text("ditandai"))
    with page.expect_download() as waiting:
        page.get_by_text("ditandai").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    camera.draw("marked", drawn(book.worksheets[0], range(6, 10), "ABCDEF"))


def _asked(camera: Camera) -> None:
    """A table of the office itself is understood, and asked about where it can be read in two ways."""
    _send(camera, TABLE.encode(), "laporan-oktober.csv")
    camera.take("understood", _heading(camera, "3 · Yang dipahami"), _text(camera, "What each column was taken for"))
    camera.take("asked", _heading(camera, "4 · Temuan dan pertanyaan"), _text(camera, "Take these answers"))


def _record(camera: Camera, reason: str = "") -> None:
    """Write the name, and the reason where one is asked for, and record what was sent."""
    t, page = camera.t, camera.page
    button = page.get_by_role("button", name=t("Record and publish"))
    _written(camera, t("Your name"), "Sari")
    if reason:
        _written(camera, t("Reason"), reason)
    camera.take("correction" if reason else "change", _heading(camera, t("5 · What would change")), button)
    button.click()
    expect(_heading(camera, t("Your own trend"))).to_be_visible(timeout=LONGEST)
    if not reason:
        own = page.locator("[class*=st-key-own-]")
        camera.take("result", page.locator("[data-testid=stAlert]").last, own.nth(0), own.nth(1))


def _corrected(workbook: bytes) -> bytes:
    """Return the workbook with another figure in it, as one who found a slip sends it again."""
    return filled(workbook, "Isian", {**OCTOBER, "K4": (51, 62)})


def _by_hand(camera: Camera) -> None:
    """A few figures are filled in on screen."""
    camera.open(f"data?{OFFICER}&part=form&length=month&for=2026-10")
    grid, keyboard = camera.page.locator("[data-testid=stDataFrame]"), camera.page.keyboard
    grid.click(position={"x": 60, "y": ROW * 9 + ROW // 2})  # the ninth row, in its first column
    walk_to_column(grid, "Realisasi")
    keyboard.press("Enter")
    editor = camera.page.locator("#portal").locator("textarea, input").first
    editor.fill("86,5")
    editor.press("Enter")
    check = camera.page.get_by_role("button", name="Periksa 1 baris")
    expect(check).to_be_enabled()
    camera.take("form", _text(camera, "Unit"), check)


def _stated(camera: Camera) -> None:
    """An indicator's target of next year is drafted; the list shows what is agreed, what is a draft, and the sum."""
    page = camera.page
    camera.open(f"data?{HEALTH}&part=stating&stated=AKB", wide=True)
    _written(camera, f"Target {date.today().year + 1}", "4")  # noqa: DTZ011 - the year that follows, as on screen
    _written(camera, "Nama Anda", "Sari")
    page.get_by_role("button", name="Simpan sebagai rancangan dan periksa").click()
    drop = page.get_by_role("button", name="Batalkan rancangan")
    expect(drop).to_be_visible()
    camera.take("draft", _heading(camera, "Rancangan"), drop)
    camera.take("stating", page.locator("[data-testid=stDataFrame]"), page.get_by_text("Beserta rancangan"))


def _verified(camera: Camera) -> None:
    """A month is verified; the table shows how far each is checked, and how its figures came."""
    page = camera.page
    camera.open(
        "data?org=KEMUNING&period=2026-10&part=states&state_parent=DINKES&state_grain=month&state_period=2026-10"
    )
    page.get_by_text("Termasuk unit di bawahnya").click()
    _written(camera, "Nama Anda", "Wati")
    page.get_by_role("button", name="Tetapkan status").click()
    done = page.get_by_text("Oktober 2026, 9 unit")
    expect(done).to_be_visible(timeout=LONGEST)
    camera.take("states", done, page.get_by_role("button", name="Tetapkan status"))


def _kept(camera: Camera) -> None:
    """The book keeps every batch and restatement; a figure leads to its batch, and earlier days can be seen again."""
    page = camera.page
    camera.open(f"data?{OFFICER}&part=history", wide=True)
    page.get_by_text("Tampilkan akibat pembatalan").click()
    undoing = page.get_by_role("heading", name="Batalkan kiriman")
    camera.take("undo", undoing, page.get_by_role("button", name="Batalkan kiriman", exact=True))
    camera.open(f"data?{OFFICER}&part=history&book=ledger", wide=True)
    camera.take("ledger", page.get_by_text("dikoreksi oleh").first, page.locator("[data-testid=stDataFrame]"))
    camera.open(f"indicators?{OFFICER}&indicator=K4")
    folded = page.get_by_text("Berkas, sel, dan kiriman")
    folded.click()
    camera.take("origin", page.locator("p", has_text="Asal angka"), page.get_by_text("di riwayat"))
    camera.open("trends?org=KEMUNING&period=2025-04&units=PKM_ANYELIRJAYA&indicator=IMUNISASI_DASAR&known=2025-07-01")
    camera.take("known", page.locator(".st-key-known-band"), page.locator(".js-plotly-plot").first)


def _written(camera: Camera, label: str, text: str) -> None:
    """Write into a field, and wait until the page has taken it."""
    field = camera.page.get_by_role("textbox", name=label, exact=True)
    field.fill(text)
    field.press("Tab")
    camera.settle()
