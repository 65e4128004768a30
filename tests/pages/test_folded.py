"""What is folded is made when a reader opens it, stays open through other choices, and keeps what was written in it."""

from __future__ import annotations

from tests.pages.parts import unfold


def test_the_table_of_a_chart_is_made_when_it_is_opened_and_stays_open_for_another_unit(open_page):
    page = open_page("gaps", unit="PKM_A", lang="en")
    closed = len(page.dataframe)
    unfold(page, "bullets-folded")

    assert len(page.dataframe) == closed + 1
    assert "Imunisasi dasar lengkap" in page.dataframe[0].value.to_string()
    page.selectbox(key="unit").select("DPU").run()
    page.selectbox(key="unit").select("PKM_A").run()
    assert len(page.dataframe) == closed + 1


def test_a_form_that_was_opened_is_not_taken_away_with_what_was_written_in_it(open_page):
    page = unfold(open_page("trends", indicator="IMUNISASI", units="PKM_A", lang="en"), "event-folded")
    page.session_state["event-folded"] = False
    page.run()

    assert page.text_input(key="event-text-0")


def test_a_form_that_nobody_opens_costs_nothing(open_page):
    page = open_page("trends", indicator="IMUNISASI", units="PKM_A", lang="en")

    assert not page.text_input
