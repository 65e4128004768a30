"""Which periods are offered, and which one a reader starts from."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from kpi.i18n import Translator
from kpi.model import Organisation
from kpi.periods import Grain, Period
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views.freshness import freshness
from kpi.views.names import names_of
from kpi.views.ratings import index_text, rating_style, tinted
from kpi.views.selection import OfferedPeriods, Selection, _default, offered_periods
from kpi.views.tree import tree_of
from tests.small_organisation import TOWN


def periods(*codes: str) -> tuple[Period, ...]:
    return tuple(Period.parse(code) for code in codes)


OFFERED = OfferedPeriods(
    periods("2025-Q3", "2025-Q4", "2025", "2026-01", "2026-Q1", "2026-02"), Period.parse("2026-Q1")
)


def test_the_town_starts_with_its_newest_finished_quarter(town: Snapshot):
    offered = offered_periods(town, Organisation(TOWN, "Kota Contoh"))

    assert offered is not None
    assert offered.default == Period.parse("2026-Q3")
    assert offered.years == (2026, 2025)


def test_an_organisation_without_values_offers_nothing(town: Snapshot):
    assert offered_periods(town, Organisation("NONE", "None")) is None


def test_only_grains_that_exist_in_a_year_are_offered():
    assert OFFERED.grains(2025) == (Grain.QUARTER, Grain.YEAR)
    assert OFFERED.grains(2026) == (Grain.MONTH, Grain.QUARTER)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param({"2026-Q1": 90, "2026-Q2": 100, "2026-Q3": 50}, "2026-Q3", id="half of the fullest is enough"),
        pytest.param({"2026-Q1": 90, "2026-Q2": 100, "2026-Q3": 49}, "2026-Q2", id="less than half is not"),
        pytest.param({"2026-07": 9, "2026-Q2": 5, "2026": 90}, "2026-Q2", id="quarters before months and years"),
        pytest.param({"2025": 5, "2024": 5}, "2025", id="years alone"),
        pytest.param({"2026-07": 5, "2025": 50}, "2026-07", id="else the finest grain"),
    ],
)
def test_the_start_is_the_newest_period_that_is_well_filled(counts: dict[str, int], expected: str):
    assert _default({Period.parse(code): count for code, count in counts.items()}).code == expected


@pytest.mark.parametrize(
    ("year", "wanted", "expected"),
    [
        pytest.param(2025, "2026-Q4", "2025-Q4", id="the same quarter of another year"),
        pytest.param(2026, "2025-Q4", "2026-Q1", id="else the last there is"),
        pytest.param(2025, "2026-02", "2025-Q4", id="else the finest grain there is"),
    ],
)
def test_another_year_keeps_the_period_as_far_as_it_can(year: int, wanted: str, expected: str):
    assert OFFERED.nearest(year, Period.parse(wanted)).code == expected


def test_another_length_keeps_the_end_as_far_as_it_can():
    assert OFFERED.last_until(Period.parse("2026-Q1"), Grain.MONTH).code == "2026-02"
    assert OFFERED.last_until(Period.parse("2025"), Grain.QUARTER).code == "2025-Q4"


@pytest.mark.parametrize("code", ["2031-Q1", "nonsense", "", None])
def test_a_period_that_is_not_offered_falls_back_to_the_default(code: str | None):
    assert OFFERED.parse(code) == OFFERED.default


def test_freshness_counts_the_units_that_reported_the_chosen_period(town: Snapshot):
    fresh = freshness(town, Selection(TOWN, Period.parse("2026-Q3"), False, "kmk"))

    assert fresh.data_to == date(2026, 9, 30)
    assert (fresh.units_reported, fresh.units_expected) == (4, 4)
    assert fresh.is_finished


def test_a_period_that_still_runs_is_not_finished(town: Snapshot):
    assert not freshness(town, Selection(TOWN, Period.parse("2026"), False, "kmk")).is_finished


def test_every_unit_and_indicator_can_be_found_by_name(town: Snapshot):
    found = names_of(town, TOWN)

    assert {each.key for each in found} >= {"unit:PKM_A", "indicator:APS"}
    assert len({each.key for each in found}) == len(found) == 14


def test_a_unit_belongs_to_the_tree_only_while_it_existed():
    units = pd.DataFrame(
        {
            "unit_code": ["ROOT", "OLD", "NEW"],
            "name": ["Root", "Old", "New"],
            "parent_code": [None, "ROOT", "ROOT"],
            "valid_from": pd.to_datetime([None, None, "2024-01-01"]),
            "valid_to": pd.to_datetime([None, "2023-12-31", None]),
            "weight_in_parent": [float("nan")] * 3,
        }
    )
    tree = tree_of(units)

    assert tree.children("ROOT", Period.parse("2023-Q4")) == ("OLD",)
    assert tree.children("ROOT", Period.parse("2024-Q1")) == ("NEW",)
    assert tree.subtree("ROOT") == ("ROOT", "OLD", "NEW")


def test_a_rating_has_a_word_and_a_shape_in_both_languages():
    profile = load_profile("kmk")
    worst = profile.bands_of_units[-1]

    assert rating_style(profile, worst.code, "id", "light").words == "▼ Buruk"
    assert rating_style(profile, worst.code, "en", "dark").colour == worst.colour.dark
    assert rating_style(profile, None, "id", "light").words == "○"


def test_a_tint_lets_the_page_shine_through():
    assert tinted("#0b5cad", 0.5) == "rgba(11,92,173,0.5)"


@pytest.mark.parametrize(
    ("index", "decimals", "expected"),
    [
        pytest.param(0.98, 1, "98,0", id="plain"),
        pytest.param(0.9997, 1, "99,97", id="below a band's bound it does not look as if on it"),
        pytest.param(0.9997, 0, "99,97", id="in a narrow cell too"),
        pytest.param(1.0, 1, "100,0", id="on the bound"),
        pytest.param(1.0 - 1e-13, 1, "100,0", id="float noise is on the bound, as when rating"),
        pytest.param(None, 1, "–", id="missing"),
    ],
)
def test_an_index_is_not_rounded_into_another_band(index: float | None, decimals: int, expected: str):
    assert index_text(index, load_profile("kmk"), Translator("id"), decimals) == expected
