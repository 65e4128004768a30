"""Every page can be turned back to what was known at the end of a day, says so, and turns back again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kpi.store.publish import publish
from kpi.store.record import BatchHeader, Definitions, Record
from kpi.store.snapshot import Snapshot, current_version
from kpi.views.freshness import first_known_on
from tests.pages.conftest import OpenPage
from tests.pages.test_trends import said
from tests.small_organisation import TODAY, TOWN, figures, town

THEN = datetime(2026, 3, 10, 5, tzinfo=UTC)


@pytest.fixture
def corrected(open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The town as recorded on 10 March 2026; a month later PKM_A's immunisation of 2025-Q4 fell from 72 to 40."""
    known, table = town(), figures()
    with Record.opened(tmp_path, writing=True) as record:
        record.append(BatchHeader(TOWN, made_by="test", recorded_at=THEN), known, table)
        rows = [
            row for row in table.to_pylist() if row["unit_code"] == "PKM_A" and row["indicator_code"] == "IMUNISASI"
        ]
        row = {**rows[3], "value": 40.0}
        header = BatchHeader(TOWN, made_by="test", reason="salah hitung", recorded_at=datetime(2026, 4, 10, tzinfo=UTC))
        record.append(header, Definitions(known.organisation), type(table).from_pylist([row], table.schema))
    publish(tmp_path, today=TODAY)
    monkeypatch.setenv("KPI_STORE", str(tmp_path))
    return tmp_path


def test_a_day_in_the_address_shows_what_was_known_then_and_says_so(open_page, corrected):
    choices = {"indicator": "IMUNISASI", "units": "PKM_A", "period": "2025-Q4", "lang": "en"}
    then, now = open_page("trends", known="2026-03-10", **choices), open_page("trends", **choices)

    assert not then.exception
    assert "You see what was known at the end of 10 March 2026" in then.warning[0].value
    assert "72" in table_of(then)["Value (%)"].tolist()
    assert "40" in table_of(now)["Value (%)"].tolist()
    assert not any("You see what was known" in each.value for each in now.warning)


def test_a_click_leads_back_to_today(open_page, corrected):
    page = open_page("overview", known="2026-03-10")
    page.button(key="known-back").click().run()

    assert not page.exception
    assert "known" not in page.query_params
    assert not any("menurut keadaan" in each.value for each in page.warning)


def test_the_control_chooses_a_day_and_the_address_keeps_it(open_page, corrected):
    page = open_page("overview")
    page.segmented_control(key="known-is").set_value("day").run()
    assert "known" not in page.query_params
    page.date_input(key="known-day").set_value(date(2026, 3, 10)).run()

    assert not page.exception
    assert page.query_params["known"] == "2026-03-10"
    assert "akhir 10 Maret 2026" in page.warning[0].value
    page.switch_page("pages/gaps.py").run()
    assert "akhir 10 Maret 2026" in page.warning[0].value


def test_a_day_before_the_first_batch_says_which_day_has_figures(open_page, corrected):
    page = open_page("overview", known="2026-01-01", lang="en")

    assert not page.exception
    assert "Nothing was known yet at the end of 1 January 2026" in page.info[0].value
    assert "10 March 2026" in page.info[0].value


@pytest.mark.parametrize("day", ["", "tomorrow", "0001-01-01", "2026-13-01"])
def test_what_is_no_day_shows_today(open_page, corrected, day):
    page = open_page("overview", known=day)

    assert not page.exception
    assert "known" not in page.query_params
    assert said(page)


def test_a_snapshot_that_was_pruned_is_made_again(open_page, corrected):
    open_page("overview", known="2026-03-10")
    made = list((corrected / "snapshots").glob("*-known-*.duckdb"))
    assert len(made) == 1
    made[0].unlink()

    assert not open_page("overview", known="2026-03-10").exception


def test_the_first_day_is_that_of_the_oldest_batch(corrected):
    assert first_known_on(Snapshot.open(corrected, current_version(corrected))) == THEN.astimezone().date()


def table_of(page):
    return next(frame.value for frame in reversed(page.dataframe))
