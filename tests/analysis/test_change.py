"""Like-for-like change: worked examples and laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.analysis.change import MOVEMENTS, Movement, change
from kpi.model import POLARITY_CODE, Polarity

amounts = st.integers(-1000, 1000).map(float)


def one(now, before, polarity, **options):
    code = np.array([-1 if polarity is None else POLARITY_CODE[polarity]], dtype=np.int8)
    found = change(np.array([now]), np.array([before]), code, **{k: np.array([v]) for k, v in options.items()})
    return found.absolute[0], found.relative[0], MOVEMENTS[found.movement[0]]


def test_a_rise_from_40_to_50_is_a_quarter():
    assert one(50.0, 40.0, Polarity.MAXIMIZE) == (10.0, 0.25, Movement.BETTER)
    assert one(50.0, 40.0, Polarity.MINIMIZE) == (10.0, 0.25, Movement.WORSE)


def test_from_zero_there_is_no_percentage():
    absolute, relative, movement = one(5.0, 0.0, Polarity.MAXIMIZE)
    assert (absolute, movement) == (5.0, Movement.BETTER)
    assert np.isnan(relative)


def test_from_a_negative_figure_the_sign_still_tells_the_way():
    assert one(-5.0, -10.0, Polarity.MAXIMIZE)[1] == 0.5


@pytest.mark.parametrize(("now", "before"), [(np.nan, 1.0), (1.0, np.nan)])
def test_a_missing_figure_stays_missing(now, before):
    absolute, relative, movement = one(now, before, Polarity.MAXIMIZE)
    assert np.isnan([absolute, relative]).all()
    assert movement is Movement.NOT_JUDGED


@pytest.mark.parametrize("polarity", [Polarity.NEUTRAL, None, Polarity.STABILIZE])
def test_without_a_direction_or_a_needed_target_nothing_is_judged(polarity):
    assert one(2.0, 1.0, polarity)[2] is Movement.NOT_JUDGED


def test_nearer_to_the_target_is_better_and_inside_the_range_all_are_equal():
    assert one(9.0, 12.0, Polarity.STABILIZE, target=10.0)[2] is Movement.BETTER
    assert one(12.0, 9.0, Polarity.STABILIZE, target=10.0)[2] is Movement.WORSE
    assert one(12.0, 9.0, Polarity.STABILIZE, target=8.0, target_high=13.0)[2] is Movement.SAME
    assert one(12.0, 9.0, Polarity.STABILIZE, target=10.0, target_high=np.nan)[2] is Movement.WORSE


def test_figures_that_read_the_same_are_the_same():
    assert one(12.341, 12.339, Polarity.MAXIMIZE, decimals=2)[2] is Movement.SAME
    assert one(12.351, 12.339, Polarity.MAXIMIZE, decimals=2)[2] is Movement.BETTER
    assert one(np.nan, 12.339, Polarity.MAXIMIZE, decimals=2)[2] is Movement.NOT_JUDGED


@given(now=amounts, before=amounts, polarity=st.sampled_from([Polarity.MAXIMIZE, Polarity.MINIMIZE]))
def test_the_way_back_is_the_opposite(now, before, polarity):
    turned = {Movement.BETTER: Movement.WORSE, Movement.WORSE: Movement.BETTER, Movement.SAME: Movement.SAME}
    there, back = one(now, before, polarity), one(before, now, polarity)
    assert there[0] == -back[0]
    assert there[2] is turned[back[2]]
