"""A figure that is there and not for this reader is told as not verified, never as not reported."""

from __future__ import annotations

import pytest

from kpi.access import LOCAL, PUBLIC, AllowedSnapshot, allowed_snapshot
from kpi.i18n import Translator
from kpi.model import Reason
from kpi.periods import Grain, Period
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views import export
from kpi.views.change_and_target import change_and_target
from kpi.views.change_and_target_words import target_line
from kpi.views.export import ExportSelection
from kpi.views.gaps import gaps_of_unit
from kpi.views.gaps_tables import not_scored
from kpi.views.selection import Selection
from kpi.views.trends import Point
from kpi.views.trends_words import rated
from kpi.views.withheld import what_to_do, why_not
from tests.small_organisation import TOWN

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
    table = not_scored(gaps_of_unit(public, Q3, "PKM_A", KMK), indonesian)

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


def test_another_reason_stands_as_it_is():
    point = Point(Q3.period, reason=Reason.NEUTRAL, is_withheld=True)

    assert why_not(point, indonesian) == indonesian.label(Reason.NEUTRAL)
    assert what_to_do(Point(Q3.period), indonesian) == ""
