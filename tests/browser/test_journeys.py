"""What people come for, in a real browser: open, choose, read, download, share."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

QUARTER = "org=KEMUNING&period=2026-Q3"


def _main(page: Page):
    return page.locator("[data-testid=stMain]")


def _no_error(page: Page) -> None:
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def test_a_leader_opens_the_overview_and_follows_a_tile_to_its_gaps(demo_address, page: Page):
    page.goto(demo_address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ikhtisar")
    expect(_main(page)).to_contain_text("Data contoh")
    page.get_by_role("button", name=re.compile("Dinas Sosial")).or_(
        page.get_by_role("link", name=re.compile("Dinas Sosial"))
    ).first.click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Ikhtisar")
    expect(_main(page)).to_contain_text("Dinas Sosial")
    _no_error(page)


def test_a_choice_goes_into_the_address_and_the_address_brings_it_back(demo_address, page: Page):
    page.goto(f"{demo_address}/overview?{QUARTER}")
    expect(_main(page)).to_contain_text("Triwulan III 2026")
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    expect(page).to_have_url(re.compile("lang=en"))
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_role("heading", level=1)).to_have_text("Overview")
    expect(_main(other)).to_contain_text("2026")
    _no_error(other)


def test_filters_survive_a_change_of_page(demo_address, page: Page):
    page.goto(f"{demo_address}/gaps?{QUARTER}&unit=DISDIK")
    expect(_main(page)).to_contain_text("Dinas Pendidikan")
    navigation = page.get_by_test_id("stTopNav")  # links of the page itself lead to gaps too
    navigation.get_by_role("link", name="Ikhtisar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ikhtisar")
    navigation.get_by_role("link", name="Kesenjangan").click()
    expect(_main(page)).to_contain_text("Dinas Pendidikan")
    expect(page).to_have_url(re.compile("unit=DISDIK"))


def test_a_table_downloads_as_csv_with_the_figures_on_screen(demo_address, page: Page, tmp_path):
    page.goto(f"{demo_address}/trends?{QUARTER}&unit=DINKES&units=DINKES&indicator=AKI")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    with page.expect_download() as waiting:
        _main(page).get_by_text("Unduh CSV").filter(visible=True).first.click()
    target = tmp_path / "table.csv"
    waiting.value.save_as(target)
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) > 20
    assert any("2026" in line for line in lines)


def test_nothing_is_fetched_from_another_host(demo_address, page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{demo_address}/trends?{QUARTER}&unit=DINKES")
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    foreign = [
        url for url in asked if not url.startswith((demo_address, "data:", "blob:", demo_address.replace("http", "ws")))
    ]
    assert foreign == []
