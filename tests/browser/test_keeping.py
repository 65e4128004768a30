"""A checker verifies and locks a month, can't undo its batch without a reason, does with one, and reads the ledger."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import served

DATA = "org=KEMUNING&period=2026-Q3&lang=en"


@pytest.fixture
def own_address(demo_store: Path, tmp_path: Path) -> Iterator[str]:
    """A server with a demo of this test alone, for what it writes."""
    store = tmp_path / "store"
    shutil.copytree(demo_store, store)
    with served(store) as address:
        yield address


def set_state(page: Page, state: str) -> None:
    form = page.locator("[data-testid=stForm]")
    form.get_by_role("radio", name=re.compile(state)).or_(
        form.get_by_role("button", name=re.compile(state))
    ).first.click()
    form.get_by_role("textbox", name="Your name").fill("kepala")
    form.get_by_role("button", name="Set the state").click()
    expect(page.get_by_text(re.compile(rf"August 2026, 1 unit: . {state}\."))).to_be_visible()


def test_verify_lock_undo_with_a_reason_and_read_the_ledger(own_address, page: Page):
    page.goto(
        f"{own_address}/data?{DATA}&part=states&state_grain=month&state_parent=DINKES&state_unit=DINKES"
        "&state_period=2026-08"
    )
    set_state(page, "Verified")
    set_state(page, "Locked")

    page.goto(f"{own_address}/data?{DATA}&part=history&batch=43")
    page.get_by_text("Show what undoing it would change").click()
    form = page.locator("[data-testid=stForm]")
    expect(form.get_by_text(re.compile("figures? of this batch (is|are) locked"))).to_be_visible()
    form.get_by_role("textbox", name="Your name").fill("sari")
    form.get_by_role("button", name="Undo the batch").click()
    expect(page.get_by_text("The reason is missing.")).to_be_visible()
    form.get_by_role("textbox", name="Reason for undoing").fill("berkas keliru")
    form.get_by_role("button", name="Undo the batch").click()
    expect(page.get_by_text("Locked figures would change.")).to_be_visible()
    expect(form.get_by_role("textbox", name="Reason for undoing")).to_have_value("berkas keliru")
    form.get_by_text("I may change locked figures").click()
    form.get_by_role("button", name="Undo the batch").click()
    expect(page.get_by_text(re.compile("Batch 43 is undone by batch"))).to_be_visible()

    page.get_by_role("radio", name="Ledger of restatements").or_(
        page.get_by_role("button", name="Ledger of restatements")
    ).first.click()
    expect(page.get_by_text(re.compile(r"\d+ figures restated by \d+ batches"))).to_be_visible()
    expect(page.locator("[data-testid=stException]")).to_have_count(0)
