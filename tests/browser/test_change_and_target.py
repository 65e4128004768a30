"""A leader goes through change × target with the keyboard, and on to the trend of a figure."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect


def test_a_cell_is_chosen_by_keyboard_and_its_figures_lead_to_trends(demo_address, page: Page):
    page.goto(f"{demo_address}/overview?org=KEMUNING&period=2026-Q3&lang=en")
    cell = page.get_by_role("button", name="9 ☒ missed")
    cell.focus()
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("cell=steady-missed"))
    expect(
        page.get_by_role("heading", name=re.compile("No real change, target ☒ missed: 9 indicators"))
    ).to_be_visible()
    expect(cell).to_be_focused()
    page.get_by_role("link", name=re.compile("Pengaduan lingkungan yang diselesaikan")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trends")
    expect(page).to_have_url(re.compile("indicator=PENGADUAN_SELESAI"))


def test_the_matrix_fits_a_telephone(demo_address, page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{demo_address}/overview?org=KEMUNING&period=2026-Q3&lang=id")
    worst, last = (page.get_by_role("button", name=name) for name in ("1 ☒ meleset", "21 ☐ tanpa nilai"))
    expect(last).to_be_visible()

    boxes = [button.bounding_box() for button in (worst, last)]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 390 and box["height"] >= 44 for box in boxes)
