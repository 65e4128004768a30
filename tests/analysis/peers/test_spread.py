"""Quarters of figures without a denominator."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kpi.analysis.peers import spread
from kpi.model import Polarity


def test_quartiles_and_quarters_by_hand():
    found = spread(np.array([10.0, 20, 30, 40, 50, np.nan]), Polarity.MAXIMIZE)
    assert (found.units, found.lowest, found.quartile_1, found.median, found.quartile_3, found.highest) == (
        5,
        10,
        20,
        30,
        40,
        50,
    )
    assert found.quarter.tolist() == [4, 3, 2, 1, 1, 0]
    assert spread(np.array([10.0, 20, 30, 40, 50]), Polarity.MINIMIZE).quarter.tolist() == [1, 1, 2, 3, 4]


def test_last_year_s_quarter_stands_beside_this_year_s():
    found = spread(np.array([1.0, 2, 3, 4]), Polarity.MAXIMIZE, before=np.array([4.0, 3, np.nan, 1]))
    assert found.quarter.tolist() == [4, 3, 2, 1]
    assert found.quarter_before.tolist() == [0, 0, 0, 0], "three figures have no quarters"


def test_equal_figures_share_a_quarter():
    assert len(set(spread(np.array([7.0] * 6), Polarity.MINIMIZE).quarter)) == 1


def test_without_figures_nothing_is_said():
    found = spread(np.array([np.nan, np.nan]), Polarity.NEUTRAL)
    assert found.units == 0
    assert np.isnan(found.median)
    assert found.quarter.tolist() == [0, 0]


@given(st.lists(st.integers(-99, 99), min_size=4, max_size=30), st.integers(0, 99))
def test_the_order_of_units_changes_no_quarter_and_a_better_figure_none_for_the_worse(values, seed):
    figures = np.array(values, dtype=float)
    order = np.random.default_rng(seed).permutation(len(figures))
    straight = spread(figures, Polarity.MAXIMIZE).quarter
    assert (spread(figures[order], Polarity.MAXIMIZE).quarter == straight[order]).all()
    by_figure = straight[np.argsort(-figures, kind="stable")]
    assert (np.diff(by_figure) >= 0).all()
