"""Moves in a table that is drawn on a canvas, by the keys that a reader has."""

from __future__ import annotations

from playwright.sync_api import Locator, expect


def walk_to_column(grid: Locator, head: str) -> None:
    """Step right from the cell chosen in `grid` to the column headed `head`, waiting for each step to be taken."""
    column = grid.locator("th", has_text=head).first.get_attribute("aria-colindex")
    assert column is not None, f"no column is headed {head}"
    chosen = grid.locator("td[aria-selected=true]")
    expect(chosen).to_have_count(1)
    at = int(chosen.get_attribute("aria-colindex") or 0)
    for step in range(at + 1, int(column) + 1):
        grid.page.keyboard.press("ArrowRight")
        expect(chosen).to_have_attribute("aria-colindex", str(step))
