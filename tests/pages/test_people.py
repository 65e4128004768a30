"""The page People, as its readers see it: counts, a record, the own staff; and what each may not see."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from kpi.access import Access, allowed_people
from kpi.people_model import FollowUpKind, FollowUpState, Level
from kpi.store.access_log import read_logs
from tests.pages.conftest import OpenPage
from tests.pages.test_data_upload import press
from tests.pages.test_language import read
from tests.people_town import ADMINISTRATOR, HEAD, LEADER, MANAGER, NURSE, OFFICER, TOWN
from ui import visitor


@pytest.fixture
def open_people(open_page: OpenPage, own_people_store: Path, monkeypatch: pytest.MonkeyPatch):
    """Open the page in the small town with its people, as somebody: `open_people(HEAD, people="staff")`."""
    monkeypatch.setenv("KPI_STORE", str(own_people_store))

    def opened(access: Access | None = None, **choices: str):
        if access is not None:
            monkeypatch.setattr(visitor, "LOCAL", access)
        st.cache_data.clear()
        return open_page("people", **choices)

    return opened


def said(page) -> str:
    assert not page.exception
    return "\n".join(read(page))


def parts(page) -> list[str]:
    """The parts of the page that are offered."""
    return [option for box in page.segmented_control if box.key == "people" for option in box.options]


def test_a_unit_opens_with_one_sentence_its_counts_and_its_breach(open_people):
    page = open_people(unit="DISDIK")

    assert "7 orang dinilai di Dinas Pendidikan" in said(page)
    assert "⚠" in said(page)
    assert "sumber sekunder" in said(page)
    assert len(page.get("bidi_component")) == 2


@pytest.mark.parametrize(
    "choices", [{"unit": "DISDIK"}, {"people": "person", "employee": "A1"}], ids=["unit", "person"]
)
def test_each_chart_of_people_has_one_of_its_own_marks_reckoned_out(open_people, choices):
    page = open_people(**choices)
    explained = [each.markdown[0].value for each in page.expander if each.label == "Apa yang saya lihat?"]

    assert len(explained) == len(page.get("bidi_component")) == 2
    assert all("**Dengan angka ini.**" in each for each in explained)


def test_a_small_unit_is_not_broken_down(open_people):
    page = open_people(unit="PKM_B")

    assert "tidak dirinci" in said(page)
    assert not page.get("bidi_component")


def test_the_coaching_list_opens_on_demand_for_who_may_see_persons(open_people):
    page = open_people(MANAGER, unit="DISDIK")
    assert "Melati D7" not in said(page)
    page.toggle(key="people-names").set_value(True).run()

    assert "Melati D7" in said(page)
    assert "Usulan" in said(page)


def test_leadership_sees_counts_and_no_person(open_people):
    page = open_people(LEADER)

    assert "25 orang dinilai" in said(page)
    assert len(parts(page)) == 1
    assert not page.toggle
    assert "Melati" not in said(page)


@pytest.mark.parametrize("access", [OFFICER, ADMINISTRATOR])
def test_who_has_no_right_to_people_sees_none(open_people, access):
    page = open_people(access)

    assert "Anda tidak berhak melihatnya" in said(page)
    assert "Melati" not in said(page)
    assert not page.get("bidi_component")


def test_an_employee_reads_the_own_record_and_is_offered_no_other(open_people):
    page = open_people(NURSE, employee="A2")

    assert "Melati A1" in said(page)
    assert "Melati A2" not in said(page)
    assert not [box for box in page.selectbox if box.key == "employee"]
    assert "Terima kasih" in said(page)


def test_an_employee_answers_with_a_note(open_people, own_people_store):
    page = open_people(NURSE)
    page.text_area(key="note-A1").set_value("Mohon **pelatihan** <b>vaksin</b>")
    press(page, "Simpan catatan")

    notes = allowed_people(own_people_store, NURSE).notes(TOWN, "A1")
    assert notes["text"].tolist()[0] == "Mohon **pelatihan** <b>vaksin</b>"
    assert "Mohon **pelatihan**" not in said(page)  # shown as text, not as Markdown


def test_a_superior_appraises_and_the_predicate_follows_at_once(open_people, own_people_store):
    page = open_people(HEAD, people="staff", employee="A3", appraise="periodic-2026-12-31")
    key = "ap-A3-periodic-2026-12-31"
    assert "Predikat menurut matriks" not in said(page)
    page.segmented_control(key=f"{key}-work").set_value(Level.ABOVE).run()
    page.segmented_control(key=f"{key}-behaviour").set_value(Level.ABOVE).run()
    assert "★ Sangat Baik" in said(page)
    page.segmented_control(key=f"{key}-loyal").set_value(Level.ABOVE).run()
    press(page, "Catat penilaian")

    assert "Melati A3 dinilai: Sangat Baik" in said(page)
    entered = allowed_people(own_people_store, HEAD).appraisals(TOWN, employee_codes=["A3"]).iloc[-1]
    assert (entered.superior_code, entered.work_result, entered.loyal) == ("H1", "above", "above")


def test_a_superior_takes_a_proposal_and_closes_it_later(open_people, own_people_store):
    page = open_people(HEAD, people="staff", employee="A1", appraise="periodic-2026-09-30")
    press(page, "Masukkan ke formulir")
    page.text_input(key="fu-A1-new-due").set_value("31/13/2026")
    press(page, "Simpan tindak lanjut")
    assert "tanggal" in page.error[0].value.lower()
    page.text_input(key="fu-A1-new-due").set_value("31/12/2026")
    press(page, "Simpan tindak lanjut")
    page.selectbox(key="fu-A1-which").select("TL-A1-01").run()
    page.segmented_control(key="fu-A1-TL-A1-01-state").set_value(FollowUpState.DONE).run()
    press(page, "Simpan tindak lanjut")
    assert "kosong" in page.error[0].value
    page.text_input(key="fu-A1-TL-A1-01-outcome").set_value("Masuk kelompok talenta")
    press(page, "Simpan tindak lanjut")

    page.selectbox(key="fu-A1-which").select("TL-A1-01").run()
    steps = next(table.value for table in page.dataframe if "Keadaan" in table.value and "Kapan" in table.value)
    assert steps["Keadaan"].tolist() == ["Direncanakan", "Selesai"]
    found = allowed_people(own_people_store, HEAD).follow_ups(TOWN, ["A1"])
    assert found[["kind", "state", "owner_code", "outcome"]].to_numpy().tolist() == [
        [FollowUpKind.DEVELOPMENT.value, "done", "H1", "Masuk kelompok talenta"]
    ]


def test_a_superior_is_offered_the_own_staff_alone_whatever_the_address_says(open_people):
    page = open_people(HEAD, people="staff", superior="S1", employee="W1")

    assert "Melati W1" not in said(page)
    assert "Melati A1" in said(page)


def test_opening_a_record_leaves_a_trace_that_the_person_reads(open_people, own_people_store):
    open_people(HEAD, people="person", employee="A4")
    looks = [entry for file in read_logs(own_people_store) for entry in file.entries if entry.employee_code == "A4"]
    assert [entry.who for entry in looks] == ["h1@contoh.id"]

    page = open_people(MANAGER, people="person", employee="A4")
    assert "h1@contoh.id" in page.dataframe[-1].value["Oleh"].tolist()


def test_a_store_without_people_says_how_to_bring_them_in(open_page):
    page = open_page("people")

    assert "python -m kpi import" in said(page)


def test_a_broken_private_snapshot_is_no_empty_one(open_people, own_people_store):
    (own_people_store / "people" / "current").write_text("v000099-hilang")
    page = open_people()

    assert "v000099-hilang" in page.error[0].value
    assert not page.get("bidi_component")


def test_nothing_is_entered_while_an_earlier_day_is_shown(open_people):
    page = open_people(HEAD, people="staff", employee="A3", **{"as-of": "2026-10-12"})

    assert "Catat penilaian" in said(page) or "hari ini" in said(page)
