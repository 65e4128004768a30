"""The overview as a reader sees it."""

from __future__ import annotations


def said(app) -> str:
    """All text that the main part of a page shows."""
    return "\n".join(str(each.value) for each in [*app.title, *app.markdown, *app.caption, *app.warning, *app.info])


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

    assert {metric.value: metric.delta for metric in page.metric} == {"95,0": "+3,8 poin", "107,5": "±0,0 poin"}
    assert "kurang dari 50%" in said(open_page("overview"))
    assert "tidak ada data untuk periode ini" in said(open_page("overview"))


def labels(page) -> dict[str, str]:
    """What the matrix's cells say, by their verdicts."""
    return {
        button.key.removeprefix("cell-"): button.label for button in page.button if str(button.key).startswith("cell-")
    }


def linked(page) -> set[str]:
    """The figures that link to Trends."""
    return {link.proto.label for link in page.get("page_link") if link.proto.page.endswith("trends")}


def test_it_opens_with_change_against_target_and_lists_the_first_cell_that_holds_a_figure(open_page):
    page = open_page("overview", parent="DINKES", lang="en")

    assert "No indicator really got worse and misses its target; 0 of 6 really improved." in said(page)
    assert labels(page)["not_judged-missed"] == "**2** ☒ missed"
    assert "##### ○ Not judged, target ☒ missed: 2 indicators" in said(page)
    assert "**☒ Target missed**: 12 kasus against 10 kasus, Q3 2026." in said(page)
    assert "**○ Not judged.** Too few points to tell a real change from chance: 7 of 12." in said(page)
    assert linked(page) >= {"**Kematian ibu (Puskesmas A)**"}


def test_a_clicked_cell_lists_its_figures_and_stands_in_the_url(open_page):
    page = open_page("overview", parent="DINKES", lang="en")
    page.button(key="cell-not_judged-met").click().run()

    assert page.query_params["cell"] == "not_judged-met"
    assert linked(page) == {
        "**Imunisasi dasar lengkap (Dinas Kesehatan)**",
        "**Imunisasi dasar lengkap (Puskesmas A)**",
        "**Imunisasi dasar lengkap (Puskesmas B)**",
        "**Kematian ibu (Puskesmas B)**",
    }
    assert linked(open_page("overview", parent="DINKES", cell="not_judged-met")) == linked(page)


def test_an_empty_cell_can_not_be_chosen_and_a_url_that_names_one_opens_the_first(open_page):
    page = open_page("overview", parent="DINKES", lang="en", cell="worse-missed")

    assert page.button(key="cell-worse-missed").disabled
    assert "○ Not judged, target ☒ missed" in said(page)


def test_the_demo_shows_what_gets_worse_and_that_deaths_really_fell_but_not_the_decoy(
    open_page, kemuning_store, monkeypatch
):
    monkeypatch.setenv("KPI_STORE", str(kemuning_store))
    page = open_page("overview", period="2026-Q3", lang="id")
    shown = linked(page)

    assert not page.exception
    assert labels(page)["worse-missed"] == "**1** ☒ meleset"
    assert "1 dari 94 indikator sungguh memburuk dan meleset dari targetnya: Jalan kabupaten" in said(page)
    assert {
        "**Angka Kematian Ibu (AKI) (Dinas Kesehatan)**",
        "**Angka Kematian Bayi (AKB) (Dinas Kesehatan)**",
    } <= shown
    assert "**Layanan selesai tepat waktu (Dinas Sosial)**" not in shown
