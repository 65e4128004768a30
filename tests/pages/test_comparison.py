"""The comparison as a reader sees it."""

from __future__ import annotations

import re

import pytest

from tests.pages.parts import unfold


def said(app) -> str:
    """All text that the main part of a page shows, as it is read: without the signs that keep Markdown from acting."""
    bodies = (str(each.value) for each in [*app.title, *app.markdown, *app.caption, *app.info, *app.error])
    return re.sub(r"\\(?=[^\w\s])", "", "\n".join(bodies))


def test_units_in_order_are_said_in_the_first_line_and_those_left_out_are_named(open_page):
    page = open_page("comparison")

    assert not page.exception
    assert "Indeks unit, Triwulan III 2026: 2 unit, 0 mencapai target; urutan pertama Dinas Kesehatan (97,5)" in said(
        page
    )
    assert "tanpa urutan, bobot yang dinilai kurang dari 50%: Dinas Pekerjaan Umum." in said(page)
    assert "Tidak diurutkan: Dinas Arsip (realisasi belum dilaporkan)." in said(page)


def test_an_order_on_an_indicator_is_said_in_english_too(open_page):
    page = open_page("comparison", by="indicator", indicator="KEMATIAN", parent="DINKES", lang="en")

    assert "Kematian ibu, Q3 2026: 2 units, 1 on target; first is Puskesmas B (10 kasus)" in said(page)


def test_the_matrix_counts_ratings(open_page):
    page = open_page("comparison", show="matrix", parent="DINKES")

    assert not page.exception
    assert "2 unit dan 2 indikator pada Triwulan III 2026: 3 ● Hijau, 1 ◆ Kuning." in said(page)


def test_side_by_side_shows_both_units_and_what_is_theirs_alone(open_page):
    page = open_page("comparison", show="sides", sides="DINKES,DISDIK", lang="en")

    assert not page.exception
    assert "They share 0 indicators; 4 are theirs alone." in said(page)
    assert "They share no indicator in this period." in said(page)
    assert unfold(page).dataframe[0].value["Index"].tolist() == ["97.5", "90.0"]


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (
            {"by": "indicator", "indicator": "JEMBATAN"},
            "Tidak diurutkan: Dinas Pekerjaan Umum (realisasi belum dilaporkan)",
        ),
        ({"by": "indicator", "indicator": "LULUS"}, "Data terbaru: 2025."),
        ({"show": "matrix", "parent": "DINKES", "period": "2026"}, "2 unit dan 2 indikator pada 2026"),
        ({"show": "sides", "sides": "DINKES"}, "Satu unit saja tidak dapat dibandingkan."),
        ({"show": "nothing", "parent": "NOBODY"}, "Indeks unit"),
    ],
    ids=["nothing reported", "another length", "unfinished", "one unit", "codes that aren't there"],
)
def test_its_faces(open_page, choices, expected):
    page = open_page("comparison", **choices)

    assert not page.exception
    assert expected in said(page)


def test_a_funnel_without_counts_says_what_it_needs(open_page):
    page = open_page("comparison", by="indicator", indicator="IMUNISASI", parent="DINKES", **{"as": "funnel"})

    assert not page.exception
    assert "Grafik corong memerlukan pembilang dan penyebut setiap unit." in said(page)


def test_there_are_no_ranks_and_the_page_says_why(open_page):
    page = open_page("comparison", by="indicator", indicator="IMUNISASI", parent="DINKES", lang="en")

    assert "so there are no ranks" in said(page)
    assert "Place" not in unfold(page).dataframe[0].value.columns
