"""The history of an indicator for units, against figures read from the tables of the small town."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isnan

import pytest

from kpi.i18n import Translator
from kpi.model import Reason
from kpi.periods import Grain, Period
from kpi.scoring.profile import load_profile
from kpi.views.like_for_like import Caution, Judgement
from kpi.views.lineage import Obstacle
from kpi.views.selection import Selection
from kpi.views.trends import (
    Trend,
    every_period,
    first_unit,
    grains_by_nearness,
    indicator_over_time,
    offered_indicators,
    units_with,
)
from kpi.views.trends_tables import drilled, points, table, ticks
from kpi.views.trends_words import change_lines, notes, sentence
from tests.small_organisation import QUARTERS, RISING, SERIES, TOWN

KMK = load_profile("kmk")
Q3 = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
indonesian, english = Translator("id"), Translator("en")


def shown(town, indicator: str, *units: str, selection: Selection = Q3) -> Trend:
    return indicator_over_time(town, selection, indicator, units, KMK)


def test_every_figure_of_the_town_stands_in_its_history(town):
    for unit, indicator, periods, values, target, _ in SERIES:
        selection = replace(Q3, period=periods[-1])
        found = shown(town, indicator, unit, selection=selection)
        if not any(values):
            assert found.is_empty
            continue

        assert found.periods == periods
        points = found.units[0].points
        assert [None if isnan(point.value) else point.value for point in points] == list(values)
        assert all(isnan(point.target) if target is None else point.target == target for point in points)


def test_a_rolled_up_history_is_the_mean_of_the_children(town):
    found = shown(town, "IMUNISASI", "DINKES").units[0]

    assert [point.value for point in found.points] == [(value + 88.0) / 2 for value in RISING]
    assert found.now is not None
    assert (found.now.parts_present, found.now.parts_expected) == (2, 2)
    assert found.now.index == pytest.approx(84 / 80)
    assert found.now.rating == "green"


def test_changes_are_against_the_quarter_and_the_year_before(town):
    previous, year_before = shown(town, "IMUNISASI", "PKM_A").units[0].changes

    assert (previous.then.code, previous.earlier, previous.difference) == ("2026-Q2", 76.0, 4.0)
    assert (year_before.then.code, year_before.earlier, year_before.judgement) == ("2025-Q3", 68.0, Judgement.BETTER)


def test_to_date_is_compared_with_the_same_months_of_the_year_before(town):
    (only,) = shown(town, "IMUNISASI", "PKM_A", selection=replace(Q3, to_date=True)).units[0].changes

    assert only.value == pytest.approx((72 + 76 + 80) / 3)
    assert only.earlier == pytest.approx((64 + 64 + 68) / 3)


def test_an_unfinished_year_is_not_judged_against_a_whole_one(town):
    found = shown(town, "IMUNISASI", "PKM_A", selection=replace(Q3, period=Period.parse("2026")))
    (only,) = found.units[0].changes

    assert (only.caution, only.judgement) == (Caution.UNFINISHED, None)
    assert found.units[0].now is not None
    assert not found.units[0].now.is_whole
    assert "belum selesai" in change_lines(found, indonesian)
    assert "Open mark" in " ".join(notes(found, english))


def test_an_indicator_without_figures_at_the_chosen_length_is_shown_at_its_own(town):
    found = shown(town, "LULUS", "DISDIK")

    assert (found.grain, found.period, found.at) == (Grain.YEAR, Period.parse("2026"), 1)
    assert found.units[0].changes[0].obstacle is Obstacle.NO_VALUE
    assert "by year" in notes(found, english)[1]
    assert "no value for 2026. The newest is 95% (2025)." in sentence(found, KMK, english)


def test_a_period_outside_the_history_is_named_and_not_marked(town):
    found = shown(town, "IMUNISASI", "PKM_A", selection=replace(Q3, period=Period.parse("2024-Q3")))

    assert found.at is None
    assert found.units[0].now is None
    assert "belum ada realisasi Triwulan III 2024. Yang terbaru 80%" in sentence(found, KMK, indonesian)


def test_the_first_sentence_says_value_target_and_rating(town):
    found = shown(town, "KEMATIAN", "PKM_A")

    assert sentence(found, KMK, indonesian) == (
        "Kematian ibu, Puskesmas A: 12 kasus pada Triwulan III 2026; target 10 kasus, capaian 80,0%, ◆ Kuning."
    )
    assert sentence(found, KMK, english).startswith("Kematian ibu, Puskesmas A: 12 kasus in Q3 2026; target 10 kasus")


def test_of_several_units_it_counts_ratings_and_names_the_ends(town):
    said = sentence(shown(town, "KEMATIAN", "PKM_A", "PKM_B"), KMK, english)

    assert (
        said == "Kematian ibu in Q3 2026: 1 ● Green, 1 ◆ Yellow; from 10 kasus (Puskesmas B) to 12 kasus (Puskesmas A)."
    )


def test_a_neutral_indicator_is_not_rated_and_no_move_is_good_or_bad(town):
    found = shown(town, "SISWA", "DISDIK")

    assert found.units[0].now is not None
    assert found.units[0].now.reason is Reason.NEUTRAL
    assert "**" not in change_lines(found, english)
    assert "= the same as in Q2 2026 (5,000 orang)" in change_lines(found, english)


def test_the_table_has_every_period_newest_first_and_says_where_figures_come_from(town):
    rows = table(shown(town, "IMUNISASI", "DINKES"), KMK, indonesian)

    assert rows["Periode"].tolist() == [indonesian.period(period) for period in reversed(QUARTERS)]
    assert rows.iloc[0].to_dict() == {
        "Periode": "Triwulan III 2026",
        "Realisasi (%)": "84",
        "Target": "80",
        "Capaian": "105,0%",
        "Indeks": "105,0",
        "Predikat": "● Hijau",
        "Bagian": "2 dari 2",
        "Keadaan": "utuh",
        "Asal": "Dihimpun dari unit di bawahnya",
        "Verifikasi": "Dilaporkan",
    }


def test_a_point_leads_to_why_it_scores_so(town):
    found = shown(town, "IMUNISASI", "PKM_A", "PKM_B")
    rows = points(found, KMK, english)

    assert drilled(rows["drill"].iloc[-1], found) == {"indicator": "IMUNISASI", "unit": "PKM_B", "period": "2026-Q3"}
    assert rows.groupby("unit_code")["is_chosen"].sum().tolist() == [1, 1]
    assert ticks(found, english)["label"].iloc[0] == "Q1<br>2025"


def test_the_default_is_what_costs_the_whole_most_and_units_are_those_with_values(town):
    offer = offered_indicators(town, Q3, KMK)

    assert (offer.default, offer.default_unit) == ("JALAN", "DPU")
    carriers = units_with(town, TOWN, "IMUNISASI")
    assert set(carriers["unit_code"]) >= {"PKM_A", "PKM_B", "DINKES"}
    assert first_unit(carriers, "PKM_B", "DPU") == "PKM_B"
    assert first_unit(carriers, "DPU", "DINKES") == "DINKES"
    assert units_with(town, TOWN, "JEMBATAN").empty


def test_absent_periods_are_put_in_and_two_yearly_ones_are_not():
    month, year = Period.parse("2026-01"), Period.parse("2026")

    months = every_period([date(2026, 1, 1), date(2026, 4, 1)], month, 1)
    assert [period.code for period in months] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    years = every_period([date(2021, 1, 1), date(2025, 1, 1)], year, 2)
    assert [period.code for period in years] == ["2021", "2023", "2025"]


def test_the_nearest_length_is_a_coarser_one_before_a_finer_one():
    assert grains_by_nearness(Grain.QUARTER) == (Grain.QUARTER, Grain.SEMESTER, Grain.YEAR, Grain.MONTH)
