"""The gaps as a reader sees them."""

from __future__ import annotations

import pandas as pd

from tests.pages.parts import unfold


def said(app) -> str:
    """All text that the main part of a page shows."""
    return "\n".join(
        str(each.value) for each in [*app.title, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.info]
    )


def tables(app) -> list[pd.DataFrame]:
    """All tables of a page, also those that are folded."""
    unfold(app)
    return [each.value for each in app.dataframe]


def test_the_first_line_and_both_charts_with_their_tables_are_there(open_page):
    page = open_page("gaps", unit="PKM_A")

    assert not page.exception
    assert "Puskesmas A mencapai 95,0 dari 100 (◆ Cukup). Satu indikator mengurangi 5,0 poin: Kematian ibu." in said(
        page
    )
    assert len(page.get("bidi_component")) == 2
    assert list(tables(page)[0]["Indikator"]) == ["Kematian ibu", "Imunisasi dasar lengkap"]


def test_english_says_the_same(open_page):
    page = open_page("gaps", unit="PKM_A", lang="en")

    assert "Puskesmas A reached 95.0 of 100 (◆ Fair). One indicator cost it 5.0 points: Kematian ibu." in said(page)
    assert list(tables(page)[0]["Effect on the index"]) == ["−5.0 points", "±0.0 points"]


def test_missed_only_leaves_the_others_out(open_page):
    page = open_page("gaps", unit="PKM_A", gaps="missed")

    assert list(tables(page)[0]["Indikator"]) == ["Kematian ibu"]


def test_where_nothing_is_missed_it_says_so(open_page):
    page = open_page("gaps", unit="PKM_B", gaps="missed")

    assert not page.exception
    assert "Tidak ada indikator Puskesmas B yang meleset dari target." in said(page)


def test_what_is_not_scored_is_listed_with_reason_and_remedy(open_page):
    page = open_page("gaps", unit="DPU", lang="en")

    unscored = next(table for table in tables(page) if "Why it is not scored" in table)
    assert list(unscored["Indicator"]) == ["Jembatan mantap"]
    assert list(unscored["Why it is not scored"]) == ["no value reported"]
    assert list(unscored["What to do"]) == ["Report the value for this period."]
    assert "1 figure is not scored" in said(page)
    assert "less than 50% of the weight is scored" in said(page)


def test_a_parent_shows_its_units_and_names_the_one_left_out(open_page):
    page = open_page("gaps", unit="KOTA")

    assert "3 unit di bawahnya mengurangi" in said(page)
    assert "Tanpa indeks pada periode ini sehingga tidak dihitung: Dinas Arsip." in said(page)
    assert list(tables(page)[1]["Unit"]) == ["Dinas Pekerjaan Umum", "Dinas Pendidikan", "Dinas Kesehatan"]


def test_a_unit_without_figures_has_an_empty_face(open_page):
    page = open_page("gaps", unit="ARSIP")

    assert not page.exception
    assert "Pilih unit atau periode lain." in page.info[0].value
    assert not page.get("bidi_component")


def test_a_year_that_is_over_says_that_nothing_is_left(open_page):
    page = open_page("gaps", unit="PKM_A", period="2025-Q3", lang="en")

    assert "2025 is over: nothing is left to catch up." in said(page)


def test_each_figure_gets_both_verdicts_and_too_few_points_are_said(open_page):
    page = open_page("gaps", unit="PKM_A", lang="en")

    assert "**Kematian ibu** – ◆ Yellow, off its target by 2 kasus." in said(page)
    assert "Too few points to tell a real change from chance: 7 of 12." in said(page)


def test_the_choices_stand_in_the_url(open_page):
    page = open_page("gaps", unit="PKM_A", gaps="missed")

    assert {key: page.query_params[key] for key in ("unit", "gaps")} == {"unit": "PKM_A", "gaps": "missed"}
