"""Trends as a reader sees them."""

from __future__ import annotations

import re

import pytest


def said(app) -> str:
    """All text that the main part of a page shows, as it is read: without the signs that keep Markdown from acting."""
    bodies = (str(each.value) for each in [*app.title, *app.markdown, *app.caption, *app.info, *app.error])
    return re.sub(r"\\(?=[^\w\s])", "", "\n".join(bodies))


def test_the_first_line_says_value_target_and_rating(open_page):
    page = open_page("trends", indicator="IMUNISASI", units="PKM_A")

    assert not page.exception
    assert (
        "Imunisasi dasar lengkap, Puskesmas A: 80% pada Triwulan III 2026; target 80%, capaian 100,0%, ● Hijau."
        in said(page)
    )


def test_changes_are_said_in_words(open_page):
    page = open_page("trends", indicator="IMUNISASI", units="PKM_A")

    assert "▲ naik 4 poin persentase dari Triwulan II 2026 (76%): lebih baik" in said(page)
    assert "▲ naik 12 poin persentase dari Triwulan III 2025 (68%): lebih baik" in said(page)


def test_everything_is_said_in_english_too(open_page):
    page = open_page("trends", indicator="KEMATIAN", units="PKM_A", lang="en")

    assert page.title[0].value == "Trends"
    assert "Kematian ibu, Puskesmas A: 12 kasus in Q3 2026; target 10 kasus, achievement 80.0%, ◆ Yellow." in said(page)
    assert "= the same as in Q2 2026 (12 kasus)" in said(page)


def test_without_choices_it_opens_on_what_costs_most(open_page):
    page = open_page("trends")

    assert "Jalan mantap, Dinas Pekerjaan Umum: 50%" in said(page)
    assert page.session_state["indicator"] == "JALAN"


def test_the_table_beneath_has_every_period(open_page):
    page = open_page("trends", indicator="IMUNISASI", units="PKM_A,PKM_B")

    table = page.dataframe[-1].value
    assert table["Unit"].tolist()[:2] == ["Puskesmas A", "Puskesmas B"]
    assert len(table) == 14


def test_a_chart_per_unit_names_each_unit(open_page):
    page = open_page("trends", indicator="IMUNISASI", units="PKM_A,PKM_B", charts="each")

    assert not page.exception
    assert "**Puskesmas B**" in said(page)


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"indicator": "JEMBATAN"}, "Belum ada unit yang pernah melaporkan indikator ini."),
        ({"indicator": "LULUS", "units": "DISDIK"}, "angka tahunan yang ditampilkan"),
        ({"indicator": "IMUNISASI", "period": "2026"}, "periode ini belum selesai, sedangkan pembandingnya utuh"),
        ({"indicator": "NOTHING", "units": "NOBODY"}, "Jalan mantap"),
    ],
    ids=["empty", "another length", "unfinished", "codes that aren't there"],
)
def test_its_faces(open_page, choices, expected):
    page = open_page("trends", **choices)

    assert not page.exception
    assert expected in said(page)


def test_a_unit_without_a_value_in_the_period_is_named(open_page):
    page = open_page("trends", indicator="LULUS", units="DISDIK,KOTA")

    assert not page.exception
    assert "Belum ada realisasi 2026: " in said(page)


def test_too_few_points_bear_no_verdict_and_say_how_many_are_needed(open_page):
    page = open_page("trends", indicator="IMUNISASI", units="PKM_A")

    assert "Titik terlalu sedikit untuk membedakan perubahan nyata dari kebetulan: 7 dari 12." in said(page)


def test_the_outlook_of_the_year_stands_below_the_chart(open_page):
    page = open_page("trends", indicator="IMUNISASI", units="PKM_A", lang="en")

    assert "2026 is heading for " in said(page)
    assert "There is no target for the whole year." in said(page)
    assert "Tried on the past" in said(page)


def test_a_figure_to_date_is_not_judged_and_says_why(open_page):
    page = open_page("trends", indicator="KEMATIAN", units="PKM_A", span="to_date", lang="en")

    assert "a figure to date contains the one before" in said(page)


def test_the_chart_has_a_help_text_beside_it(open_page):
    page = open_page("trends", indicator="IMUNISASI", units="PKM_A", lang="en")

    assert "What am I looking at?" in [each.label for each in page.expander]
    assert "the grey band is where values lie as long as nothing changes" in said(page)
