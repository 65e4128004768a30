"""Figures through the page in a real browser: five office workbooks as the shell takes them, and an officer's round."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
from playwright.sync_api import Download, FilePayload, Page, expect

from kpi.model import Organisation, Unit
from kpi.periods import Grain, Period
from kpi.store.publish import publish
from kpi.store.record import FIGURES, BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot
from tests.browser.conftest import ROOT, served
from tests.intake.sheets.workbooks import ALL, KNOWN, Workbook, months_as_text

FOLDER = Path(os.environ.get("KPI_SCREENS") or ROOT / "build" / "screens")
ROUND_SECONDS = 120
"""In which an officer's round must be done; the machine may be busy."""


@pytest.fixture
def known_store(tmp_path: Path) -> Path:
    """A published store that knows the units and indicators of the five workbooks, and one figure of another year."""
    units = {code: Unit("KEM", code, name, "KEM") for code, name in KNOWN.units.items()}
    definitions = Definitions(Organisation("KEM", "Kabupaten Kemuning"), units, dict(KNOWN.indicators))
    period = Period.parse("2020")
    figure = {"line": 2, "unit_code": "DINKES", "indicator_code": "AKI", "grain": "year", "value": 99.0}
    row = {**figure, "period_start": period.start, "period_end": period.end}
    with Record.opened(tmp_path / "page", writing=True) as record:
        record.append(BatchHeader("KEM", made_by="test"), definitions, pa.Table.from_pylist([row], FIGURES))
    publish(tmp_path / "page")
    return tmp_path / "page"


def send(page: Page, name: str, content: bytes) -> None:
    file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("heading", name="5 · Yang akan berubah")).to_be_visible()


def record(page: Page, reason: str = "") -> None:
    """Fill in name and reason where they are asked for, and press the button."""
    page.get_by_role("textbox", name="Nama Anda").fill("Sari")
    page.get_by_role("textbox", name="Nama Anda").press("Tab")
    if reason:
        page.get_by_role("textbox", name="Alasan").fill(reason)
        page.get_by_role("textbox", name="Alasan").press("Tab")
    page.get_by_role("button", name="Catat dan terbitkan").click()
    expect(page.get_by_text("Dicatat sebagai kiriman")).to_be_visible()


def measurements(store: Path) -> str:
    """Return what the shell exports of a store."""
    command = [sys.executable, "-m", "kpi", "export", "measurements", "--store", str(store)]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def test_five_office_workbooks_go_in_through_the_page_as_through_the_shell(
    known_store: Path, tmp_path: Path, page: Page
):
    shell = shutil.copytree(known_store, tmp_path / "shell")
    workbooks: list[Workbook] = [make() for make in ALL]
    with served(known_store) as address:
        page.goto(f"{address}/data?org=KEM")
        for workbook in workbooks:
            send(page, workbook.name, workbook.content)
            record(page)
            page.get_by_role("button", name="Kirim angka lain").click()
            expect(page.get_by_role("heading", name="2 · Kirim berkas")).to_be_visible()
    for workbook in workbooks:
        path = tmp_path / workbook.name
        path.write_bytes(workbook.content)
        command = [sys.executable, "-m", "kpi", "import", str(path), "--organisation", "KEM", "--store", str(shell)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    assert measurements(known_store) == measurements(shell)
    assert len(Snapshot.open(known_store).batches("KEM")) == 1 + len(workbooks)


def with_value(content: bytes, sheet: str, cell: str, value: object) -> bytes:
    """Return a workbook with another value in one cell."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    book[sheet][cell].value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_refused_workbook_comes_back_marked_and_goes_in_once_it_is_mended(known_store: Path, page: Page):
    workbook = months_as_text()
    with served(known_store) as address:
        page.goto(f"{address}/data?org=KEM")
        send(page, workbook.name, with_value(workbook.content, "Realisasi", "D6", "Nihil"))
        expect(page.get_by_text("Belum ada yang dapat dicatat: masih ada 1 kesalahan.")).to_be_visible()
        expect(page.get_by_role("button", name="Catat dan terbitkan")).to_have_count(0)
        with page.expect_download() as waiting:
            page.get_by_role("button", name="dengan kesalahannya ditandai").click()
        marked = Path(waiting.value.path()).read_bytes()
        comment = openpyxl.load_workbook(io.BytesIO(marked))["Realisasi"]["D6"].comment
        assert comment is not None
        assert "Nihil" in comment.text
        page.reload()
        send(page, workbook.name, with_value(marked, "Realisasi", "D6", 1_250_000))
        record(page)

    facts = Snapshot.open(known_store).measurements("KEM", unit_codes=["BKAD"], indicator_codes=["PAD"])
    assert 1_250_000.0 in facts["value"].tolist()


@pytest.fixture
def officer_store(demo_store: Path, tmp_path: Path) -> Path:
    """The demo for one officer to write to."""
    return shutil.copytree(demo_store, tmp_path / "store")


def filled_in(template: bytes) -> tuple[bytes, int]:
    """Return the template with every value filled in as its last one, a little better; and how many there were."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    sheet = book["Isian"]
    keys = {sheet.cell(6, column).value: column for column in range(1, sheet.max_column + 1)}
    count = 0
    for row in range(8, sheet.max_row + 1):
        last = sheet.cell(row, keys["last"]).value
        cell = sheet.cell(row, keys["value"])
        if isinstance(last, (int, float)) and not cell.protection.locked and cell.value is None:
            cell.value = round(last * 1.01, 2)
            count += 1
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue(), count


def picture(page: Page, name: str) -> None:
    """Keep a picture of the whole page for the user guide."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
    tall = page.locator("[data-testid=stMain]").evaluate("element => element.scrollHeight")
    page.set_viewport_size({"width": 1440, "height": min(max(900, tall), 4000)})
    page.screenshot(path=FOLDER / f"{name}.png")
    page.set_viewport_size({"width": 1440, "height": 900})


def test_an_officer_fetches_fills_in_sends_and_sees_the_own_trend_in_two_minutes(officer_store: Path, page: Page):
    period = Period.containing(date.today(), Grain.QUARTER)  # noqa: DTZ011 - what an officer reports today
    with served(officer_store) as address:
        page.goto(f"{address}/data?org=KEMUNING&unit=DINKES&length=quarter&for={period.code}")
        expect(page.get_by_role("heading", level=1)).to_have_text("Data")
        begun = time.monotonic()
        picture(page, "round-1-template")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Unduh templat").click()
        template: Download = waiting.value
        assert template.suggested_filename == f"DINKES-{period.code}.xlsx"
        content, count = filled_in(Path(template.path()).read_bytes())
        assert count > 2
        send(page, template.suggested_filename, content)
        picture(page, "round-2-understood")
        record(page)
        expect(page.get_by_role("heading", name="Tren Anda sendiri")).to_be_visible()
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
        took = time.monotonic() - begun
        picture(page, "round-3-own-trend")

    assert took < ROUND_SECONDS
    facts = Snapshot.open(officer_store).measurements("KEMUNING", unit_codes=["DINKES"], first=period.start)
    assert facts["value"].notna().sum() >= count
