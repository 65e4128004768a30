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
