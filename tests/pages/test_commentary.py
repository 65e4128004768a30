"""Gaps says which missed targets lack a comment, and takes one; Trends shows it with its period."""

from __future__ import annotations

import re

import pytest

from kpi.store.snapshot import Snapshot
from tests.pages.conftest import OpenPage
from tests.pages.parts import unfold
from tests.pages.test_events import own_store, save_labelled
from tests.pages.test_trends import said
from tests.small_organisation import TOWN

__all__ = ["own_store"]
AT = "0-PKM_A-KEMATIAN-2026-Q3"
LABELS = ("Save cause and follow-up", "Simpan penyebab dan tindak lanjut")


def filled(page, *, due: str = "2026-12-31", name: str = "Sari"):
    texts = {"cause": "Rujukan <lambat>", "obstacle": "", "follow_up": "Tambah ambulans"}
    unfold(page, "comment-folded")
    for column, text in texts.items():
        page.text_area(key=f"comment-{column}-{AT}").set_value(text)
    page.text_input(key=f"comment-owner-{AT}").set_value("Kepala Seksi")
    page.text_input(key=f"comment-due-{AT}").set_value(due)
    page.text_input(key="made-by").set_value(name)
    return page


def test_a_comment_entered_stands_on_gaps_and_on_trends(open_page, own_store):
    page = open_page("gaps", unit="PKM_A", period="2026-Q3", lang="en")
    assert "1 of 1 missed targets has no comment yet: Kematian ibu." in said(page)

    save_labelled(filled(page), LABELS)

    assert not page.exception
    assert "Kematian ibu is saved" in page.success[0].value
    assert "Every missed target of this period has its cause and follow-up." in said(page)
    assert "Cause: Rujukan <lambat>" in said(page)
    assert re.search(r"Kepala Seksi, by 31 December 2026 · [○▲] .+ · written by Sari", said(page))
    row = Snapshot.open(own_store).commentary(TOWN).iloc[0]
    assert (row["unit_code"], row["indicator_code"], row["grain"], row["author"]) == (
        "PKM_A",
        "KEMATIAN",
        "quarter",
        "Sari",
    )
    trends = open_page("trends", unit="PKM_A", units="PKM_A", indicator="KEMATIAN", lang="en")
    unfold(trends, "said-folded")
    assert "Puskesmas A, Q3 2026" in said(trends)
    assert "Follow-up: Tambah ambulans" in said(trends)


def test_a_comment_that_stands_is_changed_from_what_it_says(open_page, own_store):
    save_labelled(filled(open_page("gaps", unit="PKM_A", period="2026-Q3")), LABELS)
    page = unfold(open_page("gaps", unit="PKM_A", period="2026-Q3"), "comment-folded")

    assert page.text_area(key=f"comment-cause-{AT}").value == "Rujukan <lambat>"
    page.text_area(key=f"comment-cause-{AT}").set_value("Rujukan lambat pada malam hari")
    page.text_input(key="made-by").set_value("Budi")
    save_labelled(page, LABELS)
    versions = Snapshot.open(own_store).commentary(TOWN, with_earlier=True)
    assert versions["cause"].tolist() == ["Rujukan lambat pada malam hari", "Rujukan <lambat>"]
    assert versions["author"].tolist() == ["Budi", "Sari"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"due": "akhir tahun"}, "'akhir tahun' bukan tanggal. Tulis seperti 2026-09-30."),
        ({"due": "2026-06-30"}, "2026-06-30 mendahului awal periode. Tulis tanggal batas penyelesaiannya."),
        ({"name": ""}, "Tulis nama Anda dahulu: nama itu disimpan bersama angkanya."),
    ],
)
def test_a_fault_is_said_beneath_its_field_and_nothing_is_lost(open_page, own_store, wrong, told):
    page = save_labelled(filled(open_page("gaps", unit="PKM_A", period="2026-Q3"), **wrong), LABELS)

    assert not page.exception
    assert [each.value for each in page.error] == [told]
    assert page.text_area(key=f"comment-cause-{AT}").value == "Rujukan <lambat>"
    assert Snapshot.open(own_store).commentary(TOWN).empty


def test_an_earlier_day_is_read_and_not_written(open_page: OpenPage, own_store):
    page = open_page("gaps", unit="PKM_A", period="2026-Q3", known="2026-11-27", lang="en")

    assert not page.exception
    assert not [box for box in page.expander if box.label == "Write cause and follow-up"]
