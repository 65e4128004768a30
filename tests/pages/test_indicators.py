"""The catalogue and one indicator's sheet as a reader sees them."""

from __future__ import annotations

import pandas as pd

from tests.pages.parts import unfold
from ui import figure


def said(app) -> str:
    """All text that the main part of a page shows."""
    return "\n".join(
        str(each.value) for each in [*app.title, *app.subheader, *app.markdown, *app.caption, *app.warning, *app.info]
    )


def test_it_explains_the_score_of_a_unit_step_by_step(open_page):
    page = open_page("indicators", indicator="KEMATIAN", unit="PKM_A")

    assert not page.exception
    assert "Kematian ibu: 4 unit memiliki datanya. Puskesmas A berada pada 12 kasus dengan indeks 80,0, ◆ Kuning." in (
        said(page)
    )
    assert "(2 × 10 − 12) ÷ 10 = 80,0%" in said(page)
    assert "sumber sekunder, bukan naskah resmi" in said(page)
    assert "Kiriman 1: town.csv, baris " in said(page)


def test_english_says_the_same(open_page):
    page = open_page("indicators", indicator="KEMATIAN", unit="PKM_A", lang="en")

    assert "Puskesmas A stands at 12 kasus and index 80.0, ◆ Yellow." in said(page)
    assert "second-hand, not the official text" in said(page)
    assert [heading.value for heading in page.subheader] == [
        "Why this score",
        "Did it change, and will the target be met?",
        "Weaknesses of the definition",
        "Definition sheet",
        "Targets over time",
        "Units that report it",
    ]


def test_the_sheet_shows_what_is_stated_and_what_is_not(open_page):
    page = open_page("indicators", indicator="KEMATIAN", lang="en")
    sheet = page.table[0].value

    assert sheet.loc["Direction"].item() == "Lower is better"
    assert sheet.loc["Data source"].item() == "(not stated)"
    assert "**No data source**" in said(page)


def test_a_figure_that_is_not_scored_says_why_and_what_to_do(open_page):
    page = open_page("indicators", indicator="JEMBATAN", unit="DPU")

    assert "**Tindak lanjut:** Laporkan realisasi periode ini." in said(page)
    assert "Angka Dinas Pekerjaan Umum tidak dinilai." in said(page)


def test_an_indicator_without_targets_has_its_partly_missing_face(open_page):
    page = open_page("indicators", indicator="SISWA", lang="en")

    assert not page.exception
    assert "No target of it has been set here." in said(page)


def test_a_filter_that_nothing_fits_still_shows_what_a_link_asks_for(open_page):
    page = unfold(open_page("indicators", indicator="KEMATIAN", polarity="neutral", lang="en"), "catalogue")

    assert "1 of 7 indicators" in said(page)
    assert "Kematian ibu: 4 units have figures of it." in said(page)


def test_a_filter_without_any_indicator_has_an_empty_face(open_page):
    page = open_page("indicators", carrier="ARSIP", lang="en")

    assert not page.exception
    assert "No indicator fits this filter." in page.info[0].value


def test_it_says_that_too_few_points_bear_no_verdict(open_page):
    page = open_page("indicators", indicator="KEMATIAN", unit="PKM_A", lang="en")

    assert "Too few points to tell a real change from chance: 7 of 12." in said(page)


def test_the_choices_stand_in_the_url(open_page):
    page = open_page("indicators", indicator="KEMATIAN", unit="PKM_A")

    assert page.query_params["indicator"] == "KEMATIAN"
    assert page.query_params["unit"] == "PKM_A"


def test_the_versions_of_a_sheet_stand_beneath_it(open_page):
    page = unfold(open_page("indicators", indicator="IMUNISASI", lang="en"), "versions-folded")

    assert not page.exception
    tables = [frame.value for frame in page.dataframe if "First version" in frame.value.to_string()]
    assert tables[0]["Who"].tolist() == ["test"]


def test_of_many_units_the_first_are_sent_and_the_files_hold_all(open_page, monkeypatch):
    def reporting(page):
        return next(table.value for table in page.dataframe if "Bobot" in table.value)

    rows = reporting(open_page("indicators", indicator="LULUS"))
    assert len(rows) > 1

    monkeypatch.setattr("ui.indicators.ROWS", 1)
    page = open_page("indicators", indicator="LULUS")

    assert f"1 unit pertama dari {len(rows)}; berkas unduhan memuat semuanya." in [said.value for said in page.caption]
    assert reporting(page).equals(rows.head(1))


def test_the_files_of_a_shortened_table_are_made_of_the_whole():
    whole = pd.DataFrame({"Unit": ["A", "B"]})

    assert figure._csv(lambda: whole) == figure._csv(whole)
    assert figure._workbook(lambda: whole, "id") == figure._workbook(whole, "id")
