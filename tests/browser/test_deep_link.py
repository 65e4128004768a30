"""A fresh server whose first request goes deep: the trap that REFERENCE §0 measured."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import served


def test_the_first_request_of_a_server_may_be_a_deep_link(demo_store, page: Page):
    with served(demo_store) as address:
        page.goto(f"{address}/gaps?org=KEMUNING&unit=DINKES&period=2026-Q3&lang=en")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Gaps")
        expect(page.locator("[data-testid=stApp]")).to_contain_text("synthetic")
        expect(page.locator("[data-testid=stMain]")).to_contain_text("Dinas Kesehatan")
