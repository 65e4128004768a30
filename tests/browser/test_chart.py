"""A chart in the browser: it stays and is updated, a click leads on, it follows the theme, its picture can be kept."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

GAPS = "gaps?org=KEMUNING&period=2026-Q3&unit=DINKES"
CHART = ".kpi-chart.js-plotly-plot"


def _open(page: Page, address: str):
    page.goto(f"{address}/{GAPS}&lang=id")
    chart = page.locator(CHART).first
    expect(chart.locator(".main-svg").first).to_be_visible()
    return chart


def test_another_choice_updates_the_plot_that_stands(demo_address, page: Page):
    chart = _open(page, demo_address)
    before = chart.text_content()
    drawing = chart.locator(".main-svg").first  # goes where Plotly takes a plot apart, which costs twice as much
    for stays in (chart, drawing):
        stays.evaluate("element => { element.isTheSame = true }")
    box = page.locator("[data-testid=stMain]").get_by_label("Unit", exact=True)
    box.click()
    box.fill("Dinas Pendidikan")
    expect(page.get_by_role("option", name="Dinas Pendidikan")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("h5")).to_contain_text("Dinas Pendidikan")
    expect(chart).not_to_have_text(before or "")
    assert chart.evaluate("element => element.isTheSame")
    assert drawing.evaluate("element => element.isTheSame")
    expect(chart).to_have_attribute("aria-label", re.compile(r"\w+"))


def test_a_click_on_a_mark_leads_on_once(demo_address, page: Page):
    chart = _open(page, demo_address)
    chart.locator(".barlayer .point").first.click(force=True)
    expect(page.get_by_role("heading", level=1)).to_have_text("Indikator")
    page.get_by_test_id("stTopNav").get_by_role("link", name="Kesenjangan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kesenjangan")
    expect(page.locator(CHART).first).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kesenjangan")


def test_a_chart_takes_the_colours_of_the_reader_s_theme(demo_address, page: Page):
    chart = _open(page, demo_address)
    tick = chart.locator(".xaxislayer-above text, .infolayer text, .textpoint text").first
    light = tick.evaluate("element => getComputedStyle(element).fill")
    page.emulate_media(color_scheme="dark")
    page.reload()
    expect(chart.locator(".main-svg").first).to_be_visible()
    assert tick.evaluate("element => getComputedStyle(element).fill") != light


def test_the_only_buttons_of_a_chart_keep_its_picture(demo_address, page: Page):
    chart = _open(page, demo_address)
    chart.hover(force=True)
    buttons = chart.locator(".modebar-btn")
    expect(buttons).to_have_count(2)
    assert [button.get_attribute("data-title") for button in buttons.all()] == ["Unduh PNG", "Unduh SVG"]
    with page.expect_download() as waiting:
        buttons.last.dispatch_event("click")
    assert waiting.value.suggested_filename.endswith(".svg")


def test_a_kept_picture_bears_the_name_of_what_is_shown_now(demo_address, page: Page):
    chart = _open(page, demo_address)
    box = page.locator("[data-testid=stMain]").get_by_label("Unit", exact=True)
    box.click()
    box.fill("Dinas Pendidikan")
    page.get_by_role("option", name="Dinas Pendidikan").first.wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("h5")).to_contain_text("Dinas Pendidikan")
    expect(chart).to_have_attribute("aria-label", re.compile(r"\w+"))
    with page.expect_download() as waiting:
        chart.locator(".modebar-btn").last.dispatch_event("click")
    assert "DISDIK" in waiting.value.suggested_filename


def test_the_buttons_of_a_chart_that_stands_follow_the_reader_s_language(demo_address, page: Page):
    chart = _open(page, demo_address)
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gaps")
    expect(chart.locator(".modebar-btn").first).to_have_attribute("data-title", "Download as PNG")
    expect(chart.locator(".modebar-btn")).to_have_count(2)
