"""The overview's numbers, against the small town's indices worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi.errors import UnknownCode
from kpi.i18n import Translator
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views import overview_words as words
from kpi.views.costs import costliest
from kpi.views.overview import TILES_ON_A_PAGE, Level, NotRated, level, like_for_like
from kpi.views.selection import Selection
from tests.small_organisation import TOWN

KMK = load_profile("kmk")
QUARTER = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")


def seen(town: Snapshot, parent: str = TOWN, selection: Selection = QUARTER, against="previous") -> Level:
    return level(town, selection, parent, against, KMK)


def test_indices_changes_and_coverage_are_those_worked_out_by_hand(town):
    tiles = {tile.unit_code: tile for tile in seen(town).tiles}

    assert tiles["DINKES"].now.index == pytest.approx(0.975)
    assert tiles["DISDIK"].now.index == pytest.approx(0.9)
    assert tiles["DISDIK"].now.coverage == pytest.approx(0.5)
    assert tiles["DPU"].now.coverage == pytest.approx(0.25)
    assert seen(town).parent.now.index == pytest.approx(0.8375)
    assert seen(town).parent.now.coverage == pytest.approx(0.6875)


def test_the_change_is_against_the_period_before_or_the_year_before(town):
    def change(against) -> float | None:
        return {tile.unit_code: tile.change for tile in seen(town, "DINKES", against=against).tiles}["PKM_A"]

    assert change("previous") == pytest.approx(0.95 - 0.9125)
    assert change("year_before") == pytest.approx(0.95 - 0.8375)


def test_to_date_is_compared_with_the_same_span_of_the_year_before_only():
    to_date = Selection(TOWN, Period.parse("2026-Q3"), True, "kmk")

    assert like_for_like(to_date, "previous") == Period.parse("2025-Q3")
    assert like_for_like(QUARTER, "previous") == Period.parse("2026-Q2")


def test_a_unit_without_rating_says_why(town):
    why = {tile.unit_code: tile.now.why_not for tile in (*seen(town).tiles, *seen(town).silent)}

    assert why == {"DINKES": None, "DISDIK": None, "DPU": NotRated.LOW_COVERAGE, "ARSIP": NotRated.NO_FIGURES}


def test_the_lowest_index_comes_first_and_a_unit_without_one_stands_apart(town):
    assert [tile.unit_code for tile in seen(town).tiles] == ["DPU", "DISDIK", "DINKES"]
    assert [tile.unit_code for tile in seen(town).silent] == ["ARSIP"]


def test_history_holds_every_period_also_one_without_figures(town):
    early = Selection(TOWN, Period.parse("2025-Q2"), False, "kmk")
    history = seen(town, "DINKES", early).tiles[0].history

    assert [standing.period.code for standing in history][-2:] == ["2025-Q1", "2025-Q2"]
    assert history[0].index is None
    assert history[-1].index is not None


def test_a_unit_with_nothing_below_it_shows_its_own_tile(town):
    shown = seen(town, "PKM_A")

    assert [tile.unit_code for tile in shown.tiles] == ["PKM_A"]
    assert [place.unit_code for place in shown.way] == [TOWN, "DINKES", "PKM_A"]


def test_an_unknown_unit_is_refused_with_the_nearest_name(town):
    with pytest.raises(UnknownCode, match="DINKES"):
        seen(town, "DINKE")


def test_more_tiles_than_a_page_holds_go_on_further_pages(town):
    shown = seen(town)
    many = replace(shown, tiles=shown.tiles * 21)

    assert many.pages == 3
    assert len(many.page(1)) == TILES_ON_A_PAGE
    assert len(many.page(3)) == 3


def test_the_costliest_indicators_lose_what_the_index_lacks(town):
    costs = costliest(town, QUARTER, "PKM_A", 5, KMK)

    assert [(cost.indicator_code, round(cost.loss, 9)) for cost in costs] == [("KEMATIAN", 0.05)]
    assert (costs[0].value, costs[0].target) == (12.0, 10.0)


def test_a_cost_is_told_with_name_unit_value_target_and_points(town):
    said = words.cost_sentence(costliest(town, QUARTER, "PKM_A", 5, KMK)[0], Translator("id"))

    assert said == "**Kematian ibu** (Puskesmas A): realisasi 12 kasus dari target 10 kasus, mengurangi **5,0 poin**."


def test_the_first_sentence_counts_every_unit_once(town):
    assert words.sentence(seen(town), KMK, Translator("en")) == (
        "2 ◆ Fair, 2 ○ not rated of 4 units; lowest is Dinas Pendidikan with 90.0."
    )


def test_a_level_where_nothing_is_rated_says_so(town):
    early = Selection(TOWN, Period.parse("2024-Q1"), False, "kmk")

    assert "Kota Contoh" in words.sentence(seen(town, TOWN, early), KMK, Translator("en"))
    assert not seen(town, TOWN, early).rated


def test_a_cell_has_a_shape_above_its_number(town):
    cells = words.cells(seen(town).tiles, KMK, Translator("id"), "light")
    newest = cells[cells["period"] == "TW III<br>2026"].set_index("unit_code")["text"]

    assert dict(newest) == {"DPU": "○<br>50", "DISDIK": "◆<br>90", "DINKES": "◆<br>98"}
