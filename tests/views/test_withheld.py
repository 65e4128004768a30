"""A figure that is there and not for this reader is told as not verified, never as not reported."""

from __future__ import annotations

import shutil

import pytest

from kpi.access import LOCAL, PUBLIC, AllowedSnapshot, allowed_snapshot
from kpi.i18n import Translator
from kpi.model import Reason, Verification
from kpi.periods import Grain, Period
from kpi.scoring.profile import load_profile
from kpi.store.publish import publish
from kpi.store.record import Record
from kpi.store.snapshot import Snapshot
from kpi.views import export, why_words
from kpi.views.change_and_target import change_and_target
from kpi.views.change_and_target_words import target_line
from kpi.views.comparison import ranked_on_index, ranked_on_indicator
from kpi.views.comparison_words import notes
from kpi.views.export import ExportSelection
from kpi.views.gaps import gaps_of_unit
from kpi.views.gaps_tables import not_scored
from kpi.views.selection import Selection
from kpi.views.trends import Point, indicator_over_time, units_with
from kpi.views.trends_words import absent_said, none_said, rated, sentence
from kpi.views.why import why_scored
from kpi.views.withheld import what_to_do, why_not
from tests.small_organisation import QUARTERS, TODAY, TOWN

KMK = load_profile("kmk")
Q3 = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
indonesian = Translator("id")
WITHHELD = "sudah dilaporkan tetapi belum diverifikasi, jadi belum ditampilkan kepada Anda"
MISSING = "realisasi belum dilaporkan"


@pytest.fixture
def public(small_store) -> AllowedSnapshot:
    """The town, of which nothing is verified, in the eyes of everybody."""
    return allowed_snapshot(small_store, Snapshot.open(small_store), PUBLIC)


@pytest.fixture
def local(small_store) -> AllowedSnapshot:
    """The town in the eyes of the local user."""
    return allowed_snapshot(small_store, Snapshot.open(small_store), LOCAL)


@pytest.mark.parametrize("to_date", [False, True])
def test_facts_tell_which_values_are_withheld_and_not_those_that_are_absent(public, local, to_date):
    whole = local.facts(TOWN, grain=Grain.QUARTER, to_date=to_date)
    told = public.facts(TOWN, grain=Grain.QUARTER, to_date=to_date)

    assert whole["value"].isna().any() or to_date
    assert told["is_withheld"].tolist() == whole["value"].notna().tolist()
    assert told["value"].isna().all()
    assert not whole["is_withheld"].any()


def test_the_arrow_table_tells_the_same(public, local):
    for snapshot in (public, local):
        table = snapshot.facts_arrow(TOWN, grain=Grain.QUARTER)
        assert table["is_withheld"].to_pylist() == snapshot.facts(TOWN, grain=Grain.QUARTER)["is_withheld"].tolist()


def test_exported_columns_stay_as_they_are(public):
    assert "is_withheld" not in export.facts(public, ExportSelection())
    assert "is_withheld" not in export.scores(public, ExportSelection())


def test_gaps_say_not_verified_of_what_is_withheld(public):
    table = not_scored(gaps_of_unit(public, Q3, "PKM_A", KMK), Grain.QUARTER, indonesian)

    assert set(table["Mengapa tidak dinilai"]) == {WITHHELD}
    assert set(table["Tindak lanjut"]) == {"Tunggu sampai diverifikasi; unitnya sudah melaporkan."}


def test_the_overview_says_not_verified_of_what_is_withheld(public):
    figures = change_and_target(public, Q3, "DINKES", KMK).figures

    withheld = [figure for figure in figures if figure.is_withheld]
    assert withheld
    assert all(WITHHELD in target_line(figure, indonesian) for figure in withheld)


@pytest.mark.parametrize(("is_withheld", "said"), [(True, WITHHELD), (False, MISSING)])
def test_trends_tell_a_withheld_figure_from_an_absent_one(is_withheld, said):
    point = Point(Q3.period, reason=Reason.NO_VALUE, is_withheld=is_withheld)

    assert said in rated(point, KMK, indonesian)


def test_why_a_figure_scores_so_says_not_verified_of_what_is_withheld(public, local):
    said = why_words.text(why_scored(public, Q3, "IMUNISASI", "PKM_A", KMK), KMK, indonesian)

    assert f"Tidak dinilai: {WITHHELD}." in said
    assert "Realisasi periode ini sudah ada." in said
    assert "Tunggu sampai diverifikasi" in said
    assert "belum ada realisasi" not in said
    assert "80" not in said.split("target")[0]
    absent = why_words.text(why_scored(local, Q3, "JEMBATAN", "DPU", KMK), KMK, indonesian)
    assert f"Tidak dinilai: {MISSING}." in absent
    assert "Tunggu" not in absent


@pytest.mark.parametrize("by", ["index", "indicator"])
def test_comparison_says_not_verified_of_units_that_are_left_out(public, by):
    found = (
        ranked_on_index(public, Q3, "DINKES", KMK)
        if by == "index"
        else ranked_on_indicator(public, Q3, "DINKES", "IMUNISASI", KMK)
    )
    said = " ".join(notes(found, KMK, indonesian))

    assert {out.unit_code for out in found.left_out} == {"PKM_A", "PKM_B"}
    assert said.count("belum diverifikasi") == 2
    assert MISSING not in said
    assert "tidak ada indikatornya" not in said


def test_trends_say_not_verified_where_all_values_are_withheld(public):
    one = indicator_over_time(public, Q3, "IMUNISASI", ("PKM_A",), KMK)
    two = indicator_over_time(public, Q3, "IMUNISASI", ("PKM_A", "PKM_B"), KMK)

    assert one.is_empty
    assert "sudah dilaporkan, tetapi belum ada realisasi yang diverifikasi" in sentence(one, KMK, indonesian)
    assert "unit yang dipilih sudah melapor" in sentence(two, KMK, indonesian)
    assert "belum ada yang diverifikasi" in none_said(one, indonesian)[0]


def test_an_indicator_whose_values_are_all_withheld_is_not_called_never_reported(public, local):
    assert list(units_with(public, TOWN, "IMUNISASI")["unit_code"]) == list(
        units_with(local, TOWN, "IMUNISASI")["unit_code"]
    )


def test_trends_say_not_verified_of_the_chosen_period_alone(small_store, tmp_path):
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    with Record.opened(store, writing=True) as record:
        record.set_state(TOWN, "PKM_A", QUARTERS[4], Verification.VERIFIED, "test")
    publish(store, today=TODAY)
    partly = allowed_snapshot(store, Snapshot.open(store), PUBLIC)
    one = indicator_over_time(partly, Q3, "IMUNISASI", ("PKM_A",), KMK)
    two = indicator_over_time(partly, Q3, "IMUNISASI", ("PKM_A", "PKM_B"), KMK)

    assert not one.is_empty
    assert "Triwulan III 2026 sudah dilaporkan tetapi belum diverifikasi" in sentence(one, KMK, indonesian)
    assert absent_said(two, indonesian) == (
        "Belum diverifikasi untuk Triwulan III 2026, jadi belum ditampilkan kepada Anda: Puskesmas A, Puskesmas B."
    )


def test_another_reason_stands_as_it_is():
    point = Point(Q3.period, reason=Reason.NEUTRAL, is_withheld=True)

    assert why_not(point, indonesian) == indonesian.label(Reason.NEUTRAL)
    assert what_to_do(Point(Q3.period), indonesian) == ""


def test_what_is_reported_by_year_is_not_asked_for_within_the_year():
    missing = Point(Q3.period, reason=Reason.NO_VALUE)

    assert what_to_do(missing, indonesian, own=Grain.YEAR, asked=Grain.QUARTER) == "Indikator ini dilaporkan per tahun."
    assert what_to_do(missing, indonesian, own=Grain.QUARTER, asked=Grain.QUARTER) == "Laporkan realisasi periode ini."
    assert what_to_do(missing, indonesian, own=Grain.MONTH, asked=Grain.QUARTER) == "Laporkan realisasi periode ini."
