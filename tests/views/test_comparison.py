"""Units of a group in order, by hand from the small town, and against a slow obvious calculation."""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan

import pandas as pd
import pytest

from kpi.i18n import Translator
from kpi.model import Reason
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.views.comparison import Ranking, period_with_values, ranked_on_index, ranked_on_indicator
from kpi.views.comparison_words import bars, group_names, notes, sentence, table
from kpi.views.groups import groups_of, members
from kpi.views.lineage import Obstacle
from kpi.views.selection import Selection
from tests.small_organisation import TOWN

KMK = load_profile("kmk")
Q3 = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
indonesian, english = Translator("id"), Translator("en")


def by_indicator(town, indicator: str, group: str = "DINKES", selection: Selection = Q3) -> Ranking:
    return ranked_on_indicator(town, selection, group, indicator, KMK)


def test_units_stand_in_the_order_of_their_indices_and_the_rest_is_named_with_a_reason(town):
    found = ranked_on_index(town, Q3, TOWN, KMK)

    assert [(bar.unit_code, bar.place) for bar in found.bars] == [("DINKES", 1), ("DISDIK", 2), ("DPU", None)]
    assert [bar.point.value for bar in found.bars] == pytest.approx([0.975, 0.9, 0.5])
    assert found.bars[2].point.rating is None  # coverage 0.25
    assert [(out.unit_code, out.reason) for out in found.left_out] == [("ARSIP", Reason.NO_VALUE)]
    assert "Dinas Arsip (realisasi belum dilaporkan)" in " ".join(notes(found, KMK, indonesian))


def test_the_index_of_the_year_before_stands_beside(town):
    found = ranked_on_index(town, Q3, "DINKES", KMK)

    before = {bar.unit_code: bar.before for bar in found.bars}
    assert before == pytest.approx({"PKM_A": 0.8375, "PKM_B": 1.075})
    assert found.then == Period.parse("2025-Q3")


def test_where_higher_is_better_the_highest_is_first(town):
    found = by_indicator(town, "IMUNISASI")

    assert [(bar.unit_code, bar.place, bar.point.value, bar.before) for bar in found.bars] == [
        ("PKM_B", 1, 88.0, 88.0),
        ("PKM_A", 2, 80.0, 68.0),
    ]


def test_where_lower_is_better_the_lowest_is_first(town):
    assert [bar.unit_code for bar in by_indicator(town, "KEMATIAN").bars] == ["PKM_B", "PKM_A"]


def test_without_better_and_worse_nobody_has_a_place(town):
    found = by_indicator(town, "SISWA", TOWN)

    assert [bar.place for bar in found.bars] == [None]
    assert found.without == 3


def test_a_unit_with_a_target_and_no_value_is_left_out_with_its_reason(town):
    found = by_indicator(town, "JEMBATAN", TOWN)

    assert found.bars == ()
    assert [(out.unit_code, out.reason) for out in found.left_out] == [("DPU", Reason.NO_VALUE)]
    assert "no unit of this group can be put in order for Q3 2026" in sentence(found, english)


def test_an_indicator_of_years_is_compared_at_its_own_length_and_the_newest_is_named(town):
    found = by_indicator(town, "LULUS", TOWN)

    assert (found.period, found.newest) == (Period.parse("2026"), Period.parse("2025"))
    assert "The newest figures are of 2025." in sentence(found, english)
    year = replace(Q3, period=Period.parse("2025-Q3"))
    assert by_indicator(town, "LULUS", TOWN, year).period == Period.parse("2025")
    assert period_with_values(town, year, "LULUS") == (Period.parse("2025"), False, None)


def test_a_sum_to_date_that_is_whole_stands_in_order_and_a_partial_one_does_not(town):
    whole = by_indicator(town, "KEMATIAN", selection=replace(Q3, to_date=True))
    assert [bar.point.value for bar in whole.bars] == [30.0, 36.0]

    partial = by_indicator(town, "KEMATIAN", selection=replace(Q3, period=Period.parse("2026")))
    assert partial.bars == ()
    assert {out.reason for out in partial.left_out} == {Reason.PARTIAL_SUM}


@pytest.mark.parametrize("indicator", ["IMUNISASI", "KEMATIAN"])
def test_the_whole_order_agrees_with_a_slow_obvious_calculation(town, indicator):
    facts = town.facts(TOWN, indicator_codes=(indicator,), grain=Q3.period.grain, last=Q3.period.end)
    expected = []
    for code in members(town.units(TOWN), "DINKES", Q3.period):
        mine = facts[facts["unit_code"] == code].set_index("period_end")["value"]
        now, before = mine[pd.Timestamp("2026-09-30")], mine[pd.Timestamp("2025-09-30")]
        expected.append((code, float(now), float(before)))
    expected.sort(key=lambda row: row[1] if indicator == "KEMATIAN" else -row[1])

    found = by_indicator(town, indicator)
    assert [(bar.unit_code, bar.point.value, bar.before) for bar in found.bars] == expected


def test_the_first_sentence_is_made_from_the_numbers(town):
    assert sentence(ranked_on_index(town, Q3, TOWN, KMK), english) == (
        "Index of units, Q3 2026: 2 units, 0 on target; "
        "first is Dinas Kesehatan (97.5), last is Dinas Pendidikan (90.0)."
    )
    assert sentence(by_indicator(town, "IMUNISASI"), indonesian) == (
        "Imunisasi dasar lengkap, Triwulan III 2026: 2 unit, 2 mencapai target; "
        "urutan pertama Puskesmas B (88%), terakhir Puskesmas A (80%)."
    )


def test_bars_of_an_index_are_in_points_and_a_missing_year_before_has_no_mark(town):
    rows = bars(
        ranked_on_index(town, replace(Q3, period=Period.parse("2025-Q3")), TOWN, KMK), (), KMK, english, "light"
    )
    assert rows.empty

    found = ranked_on_index(town, replace(Q3, period=Period.parse("2025-Q3")), TOWN, KMK)
    rows = bars(found, found.bars, KMK, english, "light")
    assert rows["before"].isna().all()
    assert rows["target"].tolist() == [100.0] * len(rows)
    assert {bar.obstacle for bar in found.bars} == {Obstacle.NO_EARLIER_VALUE}


def test_the_table_lists_those_left_out_too(town):
    rows = table(ranked_on_index(town, Q3, TOWN, KMK), KMK, indonesian)

    assert rows["Unit"].tolist()[-1] == "Dinas Arsip"
    assert rows["Predikat"].tolist()[-1] == "realisasi belum dilaporkan"
    assert rows["Indeks"].tolist()[:3] == ["97,5", "90,0", "50,0"]


def test_groups_are_the_units_below_each_unit_and_whole_levels(town):
    units = town.units(TOWN)

    assert [(group.code, group.level) for group in groups_of(units)] == [(TOWN, 1), ("DINKES", 2)]
    assert group_names(groups_of(units), english)["DINKES"].strip() == "Below Dinas Kesehatan"
    assert members(units, "level-2", Q3.period) == ("PKM_A", "PKM_B")


def test_a_level_with_several_parents_is_a_group_and_ended_units_are_not_members():
    units = pd.DataFrame(
        {
            "unit_code": ["R", "A", "B", "A1", "B1"],
            "name": ["R", "A", "B", "A1", "B1"],
            "parent_code": [None, "R", "R", "A", "B"],
            "level": [0, 1, 1, 2, 2],
            "valid_from": [pd.NaT] * 5,
            "valid_to": pd.to_datetime([None, None, None, None, "2025-12-31"]),
            "weight_in_parent": [nan] * 5,
        }
    )

    assert [group.code for group in groups_of(units)] == ["R", "A", "B", "level-2"]
    assert members(units, "level-2", Period.parse("2026-Q1")) == ("A1",)
    assert not isnan(len(members(units, "level-2", Period.parse("2025-Q4"))))
