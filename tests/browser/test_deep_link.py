"""A fresh server whose first request goes deep: the trap that REFERENCE §0 measured."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.camera import STILL
from tests.browser.conftest import served
from tests.browser.looking import english_left


def test_the_first_request_of_a_server_may_be_a_deep_link(demo_store, page: Page):
    with served(demo_store) as address:
        page.goto(f"{address}/gaps?org=KEMUNING&unit=DINKES&period=2026-Q3&lang=en")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Gaps")
        expect(page.locator("[data-testid=stApp]")).to_contain_text("synthetic")
        expect(page.locator("[data-testid=stMain]")).to_contain_text("Dinas Kesehatan")


def test_an_address_of_no_page_opens_the_start_page_and_says_so_in_the_readers_language(demo_address, page: Page):
    page.goto(f"{demo_address}/<b>gapz?org=KEMUNING&unit=DINKES&period=2026-Q3")
    main = page.locator("[data-testid=stMain]")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ikhtisar")
    expect(main).to_contain_text("Tidak ada halaman “<b>gapz” di sini.")
    expect(page.locator(STILL)).to_be_visible()
    assert not english_left(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("no_page"))

    navigation = page.get_by_test_id("stTopNav")  # links of the page itself lead to gaps too
    navigation.get_by_role("link", name="Kesenjangan").click()
    expect(main).to_contain_text("Dinas Kesehatan")
    expect(main).not_to_contain_text("Tidak ada halaman")
    navigation.get_by_role("link", name="Ikhtisar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ikhtisar")
    expect(page.locator(STILL)).to_be_visible()
    expect(main).not_to_contain_text("Tidak ada halaman")


def test_the_inner_name_of_the_start_page_leads_to_it_without_a_word(demo_address, page: Page):
    page.goto(f"{demo_address}/start?lang=en")
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    expect(page.locator(STILL)).to_be_visible()
    expect(page.locator("[data-testid=stApp]")).not_to_contain_text("no page")
    expect(page.get_by_role("dialog")).to_have_count(0)
