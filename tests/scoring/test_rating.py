"""Rating: half-open bands on the percent figure at nine decimals."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.scoring.profile import load_profile
from kpi.scoring.rating import rating
from tests.scoring.strategies import PROFILES


def code(ratio: float, bands) -> str | None:
    place = rating(np.array([ratio]), bands)[0]
    return None if place < 0 else bands[place].code


@pytest.mark.parametrize(
    ("percent", "band"),
    [(120, "green"), (100, "green"), (99.999999, "yellow"), (80, "yellow"), (79.999999, "red"), (0, "red")],
)
def test_kmk_bounds_belong_to_the_better_band(percent, band):
    assert code(percent / 100, load_profile("kmk").bands) == band


@pytest.mark.parametrize(
    ("percent", "band"),
    [(110, "very_good"), (109.99, "good"), (100, "good"), (99.99, "fair"), (90, "fair"), (89.99, "poor"), (80, "poor")],
)
def test_kmk_rates_a_unit_by_the_predicates_of_the_organisation(percent, band):
    assert code(percent / 100, load_profile("kmk").bands_of_units) == band


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (91, "very_high"),
        (90.5, "high"),
        (76, "high"),
        (75.4, "medium"),
        (65.3, "low"),
        (50.6, "very_low"),
        (0, "very_low"),
    ],
)
def test_the_gaps_of_the_lkjip_scale_are_filled_by_its_lower_bounds(percent, band):
    assert code(percent / 100, load_profile("lkjip_a").bands) == band


def test_a_missing_index_has_no_rating():
    assert code(float("nan"), load_profile("kmk").bands) is None


@pytest.mark.parametrize("profile", PROFILES)
@given(value=st.integers(0, 2 * 10**6), target=st.integers(1, 10**6), decimals=st.integers(0, 4))
def test_ratings_agree_with_exact_fractions(profile, value, target, decimals):
    bands = load_profile(profile).bands
    exact = Fraction(value, target) * 100
    wanted = next(band.code for band in bands if exact >= Fraction(band.from_percent))
    scale = 10**decimals
    assert code((value / scale) / (target / scale), bands) == wanted


def test_exact_hits_rate_as_hits_although_binary_arithmetic_misses_a_fifth_of_them():
    targets = np.arange(1, 10_000)
    ratios = 1 + (1 - (targets * 12 / 1000) / (targets / 100))  # a fifth over a limit: exactly 80 %
    bands = load_profile("kmk").bands
    assert {bands[place].code for place in rating(ratios, bands)} == {"yellow"}
    assert (ratios * 100 < 80).mean() > 0.2, "without rounding a fifth of these would be red"
