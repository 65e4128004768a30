"""A whole journey by the keyboard alone: choose period and unit, read why a figure scores so, keep its table."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.camera import STILL

MOST_STEPS = 60
_FOCUSED = """() => {
    const at = document.activeElement;
    const group = at.closest('[role=radiogroup], [role=group]')?.getAttribute('aria-label') || '';
    const own = at.getAttribute('aria-label') || (at.tagName === 'MAIN' ? '' : at.textContent) || '';
    return `${group} ${own}`.trim();
}"""
_SEEN = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"


def step_to(page: Page, wanted: str, key: str = "Tab") -> None:
    """Press a key until the focus lies on what bears this name, and is seen to lie there."""
    passed = []
    for _ in range(MOST_STEPS):
        page.keyboard.press(key)
        passed.append(page.evaluate(_FOCUSED))
        if wanted in passed[-1]:
            assert page.evaluate(_SEEN), f"the focus on {wanted} is not seen"
            return
    raise AssertionError(f"'{wanted}' is not reached in {MOST_STEPS} steps: {passed}")


def from_the_top(page: Page) -> None:
    """Put the focus before everything, as a page that was just opened has it."""
    page.evaluate("document.activeElement.blur()")


def test_a_figure_is_found_understood_and_kept_without_a_mouse(demo_address, page: Page, tmp_path):
    page.goto(f"{demo_address}/gaps?org=KEMUNING&period=2026-Q2&unit=DLH&lang=id")
    main = page.locator("[data-testid=stMain]")
    expect(main).to_contain_text("Dinas Lingkungan Hidup mencapai")
    expect(page.locator(STILL)).to_be_visible()
    expect(page.get_by_role("combobox", name="Unit")).to_be_enabled()  # a page that lost its server takes no keys
    step_to(page, "Periode TW I")
    step_to(page, "TW III", "ArrowRight")
    page.keyboard.press("Enter")
    expect(main).to_contain_text("Kabupaten Kemuning: Triwulan III 2026")

    step_to(page, "Unit")
    page.keyboard.type("Dinas Sosial")
    page.keyboard.press("Enter")
    expect(main).to_contain_text("Dinas Sosial mencapai")
    expect(page.locator(STILL)).to_be_visible()

    from_the_top(page)
    step_to(page, "Indikator")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Indikator")
    expect(page.locator(STILL)).to_be_visible()
    step_to(page, "Indikator")
    page.keyboard.type("Bantuan sosial tepat sasaran")
    page.keyboard.press("Enter")
    expect(main).to_contain_text("Bantuan sosial tepat sasaran")
    expect(main).to_contain_text("Mengapa")

    step_to(page, "Unduh CSV")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    waiting.value.save_as(tmp_path / "table.csv")
    assert len((tmp_path / "table.csv").read_text(encoding="utf-8-sig").splitlines()) > 1
