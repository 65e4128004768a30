"""The reports page as a reader sees it: the choices, the making, the file."""

from __future__ import annotations

from tests.pages.parts import unfold


def said(app) -> str:
    return "\n".join(str(each.value) for each in [*app.title, *app.markdown, *app.caption, *app.warning, *app.info])


def made(app):
    app.button[0].click().run()
    assert not app.exception
    return app


def test_before_it_is_made_there_is_a_button_and_no_file(open_page):
    page = open_page("reports", unit="DINKES")

    assert not page.exception
    assert page.title[0].value == "Laporan"
    assert [button.label for button in page.button] == ["Buat laporan"]
    assert not page.download_button
    assert "Data contoh" in said(page)
    assert "Untuk rapat" in said(page)


def test_the_file_is_offered_with_what_stands_in_it(open_page):
    page = made(open_page("reports", unit="DINKES", format="xlsx"))

    assert page.download_button[0].label == "Unduh KOTA-DINKES-2026-Q3-id.xlsx"
    assert "**Ringkasan**: 4 dari 6 target tercapai" in said(page)
    assert page.run().button[0].label == "Buat ulang laporan"


def test_another_choice_has_no_file_yet_and_the_old_one_is_kept(open_page):
    page = made(open_page("reports", unit="DINKES", format="pdf"))
    page.selectbox(key="unit").select("PKM_A").run()
    assert not page.download_button

    page.selectbox(key="unit").select("DINKES").run()
    assert page.download_button[0].label.endswith("DINKES-2026-Q3-id.pdf")


def test_the_report_may_be_in_another_language_than_the_screen(open_page):
    page = made(open_page("reports", format="html", report_lang="en"))

    assert page.download_button[0].label == "Unduh KOTA-2026-Q3-en.html"
    assert "**Summary**" in said(page)


def test_a_table_of_the_screen_can_be_had_for_excel(open_page):
    page = unfold(open_page("gaps", unit="PKM_A"), "bullets-folded")

    assert [button.label for button in page.download_button][:2] == ["Unduh CSV", "Unduh Excel"]
