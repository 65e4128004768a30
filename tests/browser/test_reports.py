"""A report from the page to the hand: made, downloaded, and the HTML file alive without any network."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.looking import barriers

SAID = "marks => marks.map(mark => mark.dataset.said)"


def test_a_leader_makes_a_report_and_opens_it(demo_address, browser: Browser, tmp_path: Path):
    context = browser.new_context(accept_downloads=True)
    page = context.new_page()
    page.goto(f"{demo_address}/reports?org=KEMUNING&period=2026-Q3&unit=DINKES&format=html")
    page.get_by_role("button", name="Buat laporan").click()
    button = page.get_by_role("button", name="Unduh KEMUNING-DINKES-2026-Q3-id.html")
    expect(button).to_be_visible()
    with page.expect_download() as downloading:
        button.click()
    file = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(file)
    context.close()

    outside = browser.new_context(offline=True, accept_downloads=True)
    report = outside.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    report.on("console", lambda message: complaints.append(message.text))
    report.on("pageerror", lambda error: complaints.append(str(error)))
    report.on("request", lambda request: asked.append(request.url))
    report.goto(file.as_uri())
    _marks_speak(report)
    _marks_speak_to_the_keyboard(report)
    _a_legend_hides_its_series(report)
    _a_table_sorts(report)
    _a_chart_is_kept(report)
    outside.close()
    _marks_speak_to_a_finger(browser, file)

    assert not complaints
    assert [address for address in asked if not address.startswith(("file:", "blob:"))] == []


def _marks_speak(report: Page) -> None:
    expect(report.get_by_role("heading", level=1)).to_have_text("Laporan kinerja: Dinas Kesehatan")
    mark = report.locator("#units [data-said]").first
    mark.scroll_into_view_if_needed()
    report.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    mark.hover()  # what is said is hushed by scrolling, so that had to end first
    expect(report.locator("#said")).to_be_visible()
    expect(report.locator("#said")).to_have_text(str(mark.get_attribute("data-said")))


def _marks_speak_to_the_keyboard(report: Page) -> None:
    chart = report.locator("#units .chart [tabindex='0']").first
    said, marks = report.locator("#said"), [str(each) for each in chart.locator("[data-said]").evaluate_all(SAID)]
    report.mouse.move(0, 0)
    chart.locator("xpath=preceding::a[1]").focus()
    report.keyboard.press("Tab")
    expect(chart).to_be_focused()
    expect(said).to_have_text(marks[0])
    for key, place in (("ArrowRight", 1), ("ArrowDown", 2), ("ArrowLeft", 1), ("ArrowUp", 0), ("ArrowLeft", -1)):
        report.keyboard.press(key)
        expect(said).to_have_text(marks[place])
        expect(said).to_be_visible()
    report.keyboard.press("Escape")
    expect(said).to_be_hidden()
    assert len(set(marks)) > 5
    assert not barriers(report)


def _marks_speak_to_a_finger(browser: Browser, file: Path) -> None:
    context = browser.new_context(offline=True, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    report = context.new_page()
    report.goto(file.as_uri())
    mark = report.locator("#units [data-said]").first
    mark.scroll_into_view_if_needed()
    report.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    mark.tap()
    expect(report.locator("#said")).to_be_visible()
    expect(report.locator("#said")).to_have_text(str(mark.get_attribute("data-said")))
    report.get_by_role("heading", level=2).nth(1).tap()
    expect(report.locator("#said")).to_be_hidden()
    context.close()


def _a_legend_hides_its_series(report: Page) -> None:
    sign = report.locator("#summary [data-legend]").first
    sign.focus()
    report.keyboard.press("Enter")
    expect(sign).to_have_attribute("aria-pressed", "false")
    expect(report.locator("#summary [data-series]").first).to_have_class("is-off")


def _a_table_sorts(report: Page) -> None:
    head = report.locator("#units th").nth(1)
    numbers = "cells => cells.map(cell => Number(cell.dataset.n))"
    for order in ("ascending", "descending"):
        head.click()
        expect(head).to_have_attribute("aria-sort", order)
        shown = report.locator("#units tbody td:nth-child(2)").evaluate_all(numbers)
        assert shown == sorted(shown, reverse=order == "descending")
        assert len(shown) > 5


def _a_chart_is_kept(report: Page) -> None:
    with report.expect_download() as downloading:
        report.locator("#history button.image").click()
    drawn = Path(downloading.value.path()).read_text(encoding="utf-8")

    assert downloading.value.suggested_filename == "history.svg"
    assert drawn.startswith("<svg")
    assert "Dinas Kesehatan" in drawn
