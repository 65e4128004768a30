"""The overview as a reader sees it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from tests.pages.parts import part, press, unfold, words


def said(app) -> str:
    """All text that the main part of a page shows."""
    own = [str(each.value) for each in [*app.title, *app.markdown, *app.caption, *app.warning, *app.info]]
    return "\n".join([*own, words(app)])


def test_the_first_line_is_made_from_the_numbers(open_page):
    page = open_page("overview")

    assert not page.exception
    assert "Dari 4 unit: 2 ◆ Cukup, 2 ○ belum dinilai; terendah Dinas Pendidikan dengan 90,0." in said(page)


def test_it_says_how_fresh_the_figures_are_and_that_they_are_made_up(open_page):
    page = open_page("overview")

    assert "Triwulan III 2026 · data s.d. 30 September 2026" in said(page)
    assert "Data contoh" in page.warning[0].value


def test_a_tile_shows_index_change_and_why_a_unit_is_not_rated(open_page):
    page = open_page("overview", parent="DINKES")

    tiles = part(page, "tiles-shown")
    assert [each.text for each in tiles if each.attributes.get("class") == "kpi-number"] == [
        "Indeks 95,0",
        "Indeks 107,5",
    ]
    assert [each.text for each in tiles if each.attributes.get("class") == "kpi-change"] == ["↑ +3,8 poin", "±0,0 poin"]
    assert "kurang dari 50%" in said(open_page("overview"))
    assert "tidak ada data untuk periode ini" in said(unfold(open_page("overview")))


def labels(page) -> dict[str, str]:
    """What the matrix's cells say, by their verdicts."""
    return {each.attributes["data-code"]: each.text for each in part(page, "cells") if each.tag == "button"}


def linked(page) -> set[str]:
    """The figures that link to Trends."""
    links = [each for key in ("judged-figures", "improved") for each in part(page, key) if each.tag == "a"]
    assert all(each.attributes["href"].startswith("trends?") for each in links)
    return {each.text for each in links}


def test_it_opens_with_change_against_target_and_lists_the_first_cell_that_holds_a_figure(open_page):
    page = open_page("overview", parent="DINKES", lang="en")

    assert "No indicator really got worse and misses its target; 0 of 6 really improved." in said(page)
    assert labels(page)["not_judged-missed"] == "2 ☒ missed"
    assert "##### ○ Not judged, target ☒ missed: 2 indicators" in said(page)
    assert "☒ Target missed: 12 kasus against 10 kasus, Q3 2026." in said(page)
    assert "○ Not judged. Too few points to tell a real change from chance: 7 of 12." in said(page)
    assert linked(page) >= {"Kematian ibu (Puskesmas A)"}


def test_a_clicked_cell_lists_its_figures_and_stands_in_the_url(open_page):
    page = open_page("overview", parent="DINKES", lang="en")
    press(page, "cells", "not_judged-met")

    assert page.query_params["cell"] == "not_judged-met"
    assert linked(page) == {
        "Imunisasi dasar lengkap (Dinas Kesehatan)",
        "Imunisasi dasar lengkap (Puskesmas A)",
        "Imunisasi dasar lengkap (Puskesmas B)",
        "Kematian ibu (Puskesmas B)",
    }
    assert linked(open_page("overview", parent="DINKES", cell="not_judged-met")) == linked(page)


def test_an_empty_cell_can_not_be_chosen_and_a_url_that_names_one_opens_the_first(open_page):
    page = open_page("overview", parent="DINKES", lang="en", cell="worse-missed")

    [worst] = [each for each in part(page, "cells") if each.attributes.get("data-code") == "worse-missed"]
    assert worst.attributes["disabled"]
    assert worst.attributes["aria-pressed"] == "false"
    assert "○ Not judged, target ☒ missed" in said(page)


def test_the_demo_shows_what_gets_worse_and_that_deaths_really_fell_but_not_the_decoy(
    open_page, kemuning_store, monkeypatch
):
    monkeypatch.setenv("KPI_STORE", str(kemuning_store))
    page = open_page("overview", period="2026-Q3", lang="id")
    shown = linked(page)

    assert not page.exception
    assert labels(page)["worse-missed"] == "1 ☒ meleset"
    assert "1 dari 94 indikator sungguh memburuk dan meleset dari targetnya: Jalan kabupaten" in said(page)
    assert {
        "Angka Kematian Ibu (AKI) (Dinas Kesehatan)",
        "Angka Kematian Bayi (AKB) (Dinas Kesehatan)",
    } <= shown
    assert "Layanan selesai tepat waktu (Dinas Sosial)" not in shown


def test_a_figure_of_a_cell_leads_to_its_trend(open_page):
    page = open_page("overview", parent="DINKES", lang="en", cell="not_judged-missed")
    link = next(each for each in part(page, "judged-figures") if each.tag == "a")
    press(page, "judged-figures", link.attributes["data-code"])

    choices = {key: values[0] for key, values in parse_qs(urlsplit(link.attributes["href"]).query).items()}
    wanted = ("unit", "units", "indicator")
    assert page.title[0].value == "Trends"
    assert [page.query_params[key] for key in wanted] == [choices[key] for key in wanted]


def test_what_costs_most_leads_to_the_gap(open_page):
    page = open_page("overview", parent="DINKES", lang="en")
    link = next(each for each in part(page, "costs") if each.tag == "a")
    press(page, "costs", link.attributes["data-code"])

    assert page.title[0].value == "Gaps"


def test_the_overview_stays_a_small_page(open_page):
    """Each element is a message and a look of the browser at the whole page: decision 0037."""
    page = open_page("overview", parent="DINKES")

    assert len(list(page._tree)) < 130
