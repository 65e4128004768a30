"""The tail of F is scipy's, to the tenth digit."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from kpi.analysis.f_tail import chance_above

RATIOS = np.concatenate([[0.0], np.geomspace(1e-3, 1e3, 121)])


@pytest.mark.parametrize("periods", [2, 3, 4, 12, 53])
@pytest.mark.parametrize("years", [2, 3, 4, 5, 10, 30, 200])
def test_the_chance_is_that_of_scipy(periods: int, years: int):
    over, under = periods - 1, np.full_like(RATIOS, (periods - 1.0) * (years - 1))

    assert chance_above(RATIOS, over, under) == pytest.approx(special.fdtrc(over, under, RATIOS), rel=1e-10)


def test_each_ratio_is_held_against_its_own_degrees_of_freedom():
    under = np.array([22.0, 33.0, 110.0])

    assert chance_above(np.array([2.0, 3.0, 4.0]), 11, under) == pytest.approx(special.fdtrc(11, under, [2, 3, 4]))


def test_nothing_left_has_no_chance_and_what_is_missing_stays_missing():
    found = chance_above(np.array([np.inf, np.nan]), 3, np.array([6.0, 6.0]))

    assert found[0] == 0
    assert np.isnan(found[1])
