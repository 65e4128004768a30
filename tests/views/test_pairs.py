"""Units by indicators and side by side, by hand from the small town."""

from __future__ import annotations

import pytest

from kpi.i18n import Translator
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.views.groups import members
from kpi.views.matrix import matrix, unit_pages
from kpi.views.pairs_words import (
    cells,
    dots,
    drilled,
    matrix_sentence,
    matrix_table,
    own_table,
    shared_table,
    sides_sentence,
    standings_table,
)
from kpi.views.selection import Selection
from kpi.views.side_by_side import heaviest, side_by_side
from tests.small_organisation import TOWN

KMK = load_profile("kmk")
Q3 = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
indonesian, english = Translator("id"), Translator("en")


def test_every_pair_has_its_index_and_scored_indicators_come_first(town):
    found = matrix(town, Q3, TOWN, 1, KMK)

    index = {pair: point.index for pair, point in found.cells.items() if point.rating}
    assert index == pytest.approx(
        {("DINKES", "IMUNISASI"): 1.05, ("DINKES", "KEMATIAN"): 0.9, ("DISDIK", "APS"): 0.9, ("DPU", "JALAN"): 0.5}
    )
    assert [sheet.code for sheet in found.indicators][-2:] == ["JEMBATAN", "SISWA"]
    assert found.at_other_grains == 1  # LULUS is a figure of years


def test_the_matrix_says_how_many_of_each_rating(town):
    found = matrix(town, Q3, "DINKES", 1, KMK)

    assert matrix_sentence(found, Q3, KMK, english) == "2 units and 2 indicators in Q3 2026: 3 ● Green, 1 ◆ Yellow."


def test_a_pair_that_a_unit_does_not_have_is_an_empty_cell_and_one_without_a_score_is_a_dash(town):
    found = matrix(town, Q3, TOWN, 1, KMK)
    rows = cells(found, found.indicators, KMK, indonesian, "light").set_index(["unit_code", "indicator_code"])

    assert rows.loc[("DINKES", "IMUNISASI"), "text"] == "●<br>105"
    assert rows.loc[("DPU", "JEMBATAN"), "text"] == "○<br>–"
    assert rows.loc[("DPU", "IMUNISASI"), "text"] == ""
    assert "realisasi belum dilaporkan" in rows.loc[("DPU", "JEMBATAN"), "hover"]
    assert drilled(rows.loc[("DPU", "JALAN"), "drill"]) == {"unit": "DPU", "indicator": "JALAN"}
    assert matrix_table(found, KMK, indonesian)["Imunisasi dasar lengkap"].tolist()[1] == "● 105"


def test_pages_of_units_follow_the_group(town):
    assert unit_pages(town, Q3, TOWN) == 1
    assert unit_pages(town, Q3, "PKM_A") == 0


def test_units_side_by_side_share_what_two_of_them_have(town):
    found = side_by_side(town, Q3, ("PKM_A", "PKM_B", "DISDIK"), KMK)

    assert [sheet.code for sheet in found.shared] == ["IMUNISASI", "KEMATIAN"]
    assert [[sheet.code for sheet in side.own] for side in found.sides] == [[], [], ["APS", "SISWA"]]
    assert [side.standing.index for side in found.sides] == pytest.approx([0.95, 1.075, 0.9])
    assert found.sides[2].standing.coverage == pytest.approx(0.5)


def test_side_by_side_is_said_in_words_from_the_numbers(town):
    found = side_by_side(town, Q3, ("PKM_A", "PKM_B"), KMK)

    assert sides_sentence(found, KMK, english).endswith("They share 2 indicators; 0 are theirs alone.")
    assert sides_sentence(found, KMK, indonesian).startswith("Puskesmas A 95,0 ")


def test_tables_of_what_is_shared_and_what_is_own(town):
    found = side_by_side(town, Q3, ("PKM_A", "DISDIK", "PKM_B"), KMK)

    shared = shared_table(found, KMK, indonesian)
    assert shared.iloc[0].to_dict() == {
        "Indikator": "Imunisasi dasar lengkap",
        "Puskesmas A: Realisasi": "80%",
        "Puskesmas A: Indeks": "● 100",
        "Dinas Pendidikan: Realisasi": "–",
        "Dinas Pendidikan: Indeks": "–",
        "Puskesmas B: Realisasi": "88%",
        "Puskesmas B: Indeks": "● 110",
    }
    own = own_table(found, found.sides[1], KMK, indonesian)
    assert own["Predikat"].tolist() == ["◆ Kuning", "tidak dinilai: hanya konteks, tidak pernah dinilai"]
    assert standings_table(found, KMK, indonesian)["Sendiri"].tolist() == ["0", "2", "0"]


def test_the_dumbbells_have_a_mark_per_unit_that_has_the_indicator(town):
    rows = dots(side_by_side(town, Q3, ("PKM_A", "DISDIK", "PKM_B"), KMK), KMK, english)

    assert rows.groupby("indicator_code")["look"].apply(list).to_dict() == {"IMUNISASI": [0, 2], "KEMATIAN": [0, 2]}
    assert rows["index"].tolist() == pytest.approx([100.0, 110.0, 80.0, 100.0])


def test_the_heaviest_units_are_looked_at_first(town):
    units = town.units(TOWN)

    assert heaviest(units, members(units, TOWN, Q3.period), 2)[0] == "DINKES"
    assert "ARSIP" not in heaviest(units, members(units, TOWN, Q3.period), 3)
