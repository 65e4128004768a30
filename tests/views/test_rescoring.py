"""Another profile is scored now: with the chosen one, the same sums give the published indices and losses."""

from __future__ import annotations

import pandas as pd
import pytest

from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views.indices import indices_of_units, losses_of_unit
from kpi.views.rescoring import rescored_indices, rescored_losses
from kpi.views.selection import Selection
from tests.small_organisation import QUARTERS, TOWN

KMK = load_profile("kmk")
SPANS = pytest.mark.parametrize("to_date", [False, True], ids=["period", "to date"])


def selected(to_date: bool, profile: str = "kmk") -> Selection:
    return Selection(TOWN, Period.parse("2026-Q3"), to_date, profile)


@SPANS
def test_rescored_indices_equal_the_published_ones(town: Snapshot, to_date: bool):
    units = tuple(town.units(TOWN)["unit_code"])
    first, last = QUARTERS[0].end, QUARTERS[-1].end
    published = indices_of_units(town, selected(to_date), units, first, last, KMK)
    rescored = rescored_indices(town, selected(to_date), units, first, last, KMK)

    keys = ["unit_code", "period_end"]
    columns = [*keys, "index", "coverage", "rating", "is_rated", "weight_scored", "weight_agreed"]
    pd.testing.assert_frame_equal(
        published[columns].sort_values(keys, ignore_index=True),
        rescored[columns].sort_values(keys, ignore_index=True),
        check_dtype=False,
    )


@SPANS
@pytest.mark.parametrize("unit", [TOWN, "DINKES", "PKM_A", "DPU"])
def test_rescored_losses_equal_the_published_ones(town: Snapshot, unit: str, to_date: bool):
    published = losses_of_unit(town, selected(to_date), unit, 25, KMK)
    rescored = rescored_losses(town, selected(to_date), unit, KMK)

    keys = ["source_unit_code", "indicator_code"]
    pd.testing.assert_frame_equal(
        published.sort_values(keys, ignore_index=True), rescored.sort_values(keys, ignore_index=True), check_dtype=False
    )


def test_another_profile_gives_other_ratings(town: Snapshot):
    other = load_profile("lkjip_a")
    end = QUARTERS[-1].end
    found = indices_of_units(town, selected(False, "lkjip_a"), ("DISDIK",), end, end, other)

    assert list(found["rating"]) == [other.bands_of_units[1].code]


def test_a_unit_without_figures_has_no_losses(town: Snapshot):
    assert rescored_losses(town, selected(False), "ARSIP", KMK).empty
