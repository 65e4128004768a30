"""The chart: hand-computed limits and labels, the slow second calculation, and laws that hold for any series."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from kpi.analysis.spc import (
    ASSURANCES,
    NOT_STATED,
    SPECIAL_CAUSES,
    VARIATIONS,
    Direction,
    SpecialCause,
    VariationType,
    xmr,
)
from kpi.analysis.spc.averages import exact_mean
from tests.analysis.spc import slowly

NAN = float("nan")
whole = st.integers(-30, 30)
series = st.lists(st.one_of(whole, whole, whole, st.none()), min_size=1, max_size=30)


def labels(chart, row=0):
    return [SPECIAL_CAUSES[code] for code in chart.points.special_cause[row]]


def as_floats(values):
    return np.array([[NAN if v is None else v for v in values]], dtype=float)


def test_limits_lie_2_66_average_moving_ranges_from_the_mean():
    chart = xmr(np.array([10.0, 12.0, 11.0, 13.0, 9.0]))
    assert chart.segments.mean[0] == 11.0
    assert chart.segments.average_moving_range[0] == (2 + 1 + 2 + 4) / 4
    assert chart.segments.upper[0] == pytest.approx(11 + 2.66 * 2.25)
    assert chart.segments.lower[0] == pytest.approx(11 - 2.66 * 2.25)
    assert chart.segments.near_upper[0] == pytest.approx(11 + 2.66 * 2.25 * 2 / 3)


def test_screening_leaves_a_large_moving_range_out_of_the_average():
    values = np.array([1.0, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 50])
    assert xmr(values).segments.average_moving_range[0] == 1.0
    assert xmr(values, screen=False).segments.average_moving_range[0] == pytest.approx((10 + 49) / 11)


def test_six_rising_points_are_no_trend_and_seven_are():
    high = [20.0, 1.0] * 4
    assert SpecialCause.INCREASING not in labels(xmr(np.array([*high, 2, 3, 4, 5, 6])))
    assert labels(xmr(np.array([*high, 2, 3, 4, 5, 6, 7])))[7:] == [SpecialCause.INCREASING] * 7


def test_a_value_missing_in_a_rise_ends_the_rise_and_stops_nothing():
    assert SpecialCause.INCREASING not in labels(xmr(np.array([1.0, 2, 3, 4, NAN, 6, 7, 8, 9, 20, 1, 20, 1])))


def test_rebasing_begins_new_limits_and_a_run_does_not_cross_it():
    values = np.array([5.0, 6, 5, 6, 5, 6, 5, 15, 16, 15, 16, 15])
    chart = xmr(values, rebase=np.arange(12) == 7)
    assert chart.segments.mean.tolist() == [pytest.approx(38 / 7), 15.4]
    assert chart.segments.group.tolist() == [0, 1]
    assert set(labels(chart)) == {SpecialCause.NONE}
    assert chart.at_points(chart.segments.mean)[0, 7] == 15.4


def test_a_rebase_at_the_first_point_numbers_the_first_segment_one():
    assert xmr(np.arange(3.0), rebase=np.array([True, False, False])).segments.group.tolist() == [1]


def test_limits_can_be_fixed_on_twelve_points_but_not_on_eleven():
    values = np.array([1.0, 2] * 6 + [100.0])
    assert xmr(values, fix_after=12).segments.mean[0] == 1.5
    with pytest.raises(ValueError, match="at least 12"):
        xmr(values, fix_after=11)


def test_series_of_different_lengths_each_get_their_own_chart():
    values = np.array([[1.0, 2, 3, NAN], [4, 6, 4, 6]])
    together = xmr(values, lengths=np.array([3, 4]))
    alone = xmr(values[0, :3])
    assert together.segments.mean.tolist() == [2.0, 5.0]
    assert together.segments.points.tolist() == [3, 4]
    assert together.segments.common_cause[0] == alone.segments.common_cause[0] == 3
    assert np.isnan(together.at_points(together.segments.mean)[0, 3])


def test_a_series_without_points_has_no_segment_and_no_assurance():
    chart = xmr(np.full((2, 2), NAN), lengths=np.array([0, 2]), target=1.0)
    assert chart.segments.series.tolist() == [1]
    assert chart.assurance[0] == NOT_STATED


def test_a_target_on_the_limit_is_inconsistent_and_one_beyond_is_not():
    values = np.array([10.0, 12.0] * 10)
    upper = xmr(values).segments.upper[0]
    beyond = np.nextafter(upper, np.inf)
    words = [
        ASSURANCES[xmr(values, target=t, direction=d).assurance[0]].value
        for t in (upper, beyond)
        for d in (Direction.INCREASE, Direction.DECREASE)
    ]
    assert words == ["inconsistent", "inconsistent", "consistent_fail", "consistent_pass"]


def test_a_neutral_series_has_no_assurance():
    assert xmr(np.arange(5.0), direction=Direction.NEUTRAL, target=1.0).assurance[0] == NOT_STATED


def test_each_series_may_have_its_own_direction_and_target():
    values = np.array([[1.0, 2] * 10 + [9.0]] * 3)
    chart = xmr(values, direction=np.array([0, 1, 2], dtype=np.int8), target=np.array([0.0, 0.0, NAN]))
    last = [VARIATIONS[code] for code in chart.segments.last_variation]
    assert last == [VariationType.IMPROVEMENT, VariationType.CONCERN, VariationType.NEUTRAL_HIGH]
    with pytest.raises(ValueError, match="one code"):
        xmr(values, direction=np.array([0, 3, 1], dtype=np.int8))


def test_the_argument_is_left_as_it_was():
    values = np.random.default_rng(1).normal(size=(3, 20))
    before = values.copy()
    xmr(values, fix_after=12)
    assert (values == before).all()


@settings(max_examples=300, deadline=None)
@given(values=series, fix_after=st.one_of(st.none(), st.integers(12, 20)), screen=st.booleans())
def test_the_fast_chart_agrees_with_the_slow_one(values, fix_after, screen):
    slow = slowly.chart(values, fix_after, screen)
    fast = xmr(as_floats(values), fix_after=fix_after, screen=screen)
    points = fast.points
    assert points.trend[0].tolist() == [p["trend"] for p in slow]
    assert points.shift[0].tolist() == [p["shift"] for p in slow]
    expected_side = [p["side"] or 0 for p in slow]
    assert (points.above[0].astype(int) - points.below[0]).tolist() == expected_side
    assert [None if np.isnan(r) else r for r in points.moving_range[0]] == [p["moving_range"] for p in slow]
    if not is_decided_by_rounding(values, slow):
        assert points.outside[0].tolist() == [p["outside"] for p in slow]
        assert points.close[0].tolist() == [p["close"] for p in slow]
        assert points.two_in_three[0].tolist() == [p["two_in_three"] for p in slow]


def is_decided_by_rounding(values, slow):
    """Whether some value lies within rounding of a limit, where exact and floating arithmetic may differ."""
    mean, width = slow[0]["mean"], slow[0]["width"]
    if mean is None or width is None:
        return False
    return any(v is not None and abs(abs(v - mean) - f * width) < 1e-9 for v in values for f in (2.66, 2.66 * 2 / 3))


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(series, min_size=1, max_size=6), cuts=st.sets(st.integers(0, 29), max_size=4), seed=st.integers(0, 9)
)
def test_a_segment_is_charted_as_if_it_were_alone(rows, cuts, seed):
    lengths = np.array([len(row) for row in rows])
    values = np.full((len(rows), lengths.max()), NAN)
    for i, row in enumerate(rows):
        values[i, : len(row)] = as_floats(row)
    rebase = np.isin(np.arange(values.shape[1]), list(cuts))
    chart = xmr(values, rebase=rebase, lengths=lengths)
    for i, row in enumerate(rows):
        edges = [0, *(c for c in sorted(cuts) if 0 < c < len(row)), len(row)]
        for start, end in itertools.pairwise(edges):
            alone = xmr(values[i : i + 1, start:end])
            assert (chart.points.special_cause[i, start:end] == alone.points.special_cause[0]).all()
            mean = chart.at_points(chart.segments.mean)[i, start:end]
            np.testing.assert_array_equal(mean, np.full(end - start, alone.segments.mean[0]))


@settings(max_examples=60, deadline=None)
@given(values=hnp.arrays(float, (4, 25), elements=st.integers(-99, 99).map(float)))
def test_turning_a_series_over_turns_its_labels_over(values):
    turned = xmr(-values, direction=Direction.DECREASE)
    straight = xmr(values, direction=Direction.INCREASE)
    assert (straight.points.variation == turned.points.variation).all()


@settings(max_examples=60, deadline=None)
@given(values=hnp.arrays(float, (1, 25), elements=st.integers(-99, 99).map(float)), power=st.integers(-8, 8))
def test_the_unit_of_measure_changes_no_label(values, power):
    factor = 2.0**power
    assert (xmr(values).points.special_cause == xmr(values * factor).points.special_cause).all()


@settings(max_examples=200, deadline=None)
@given(cells=st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=40), decimals=st.integers(1, 4))
def test_the_mean_is_the_exact_mean_to_the_last_digit(cells, decimals):
    block = np.array([cells], dtype=float).T / 10**decimals
    exact = sum(map(Fraction, block[:, 0].tolist()), Fraction()) / len(cells)
    assert exact_mean(block, np.ones_like(block, dtype=bool))[0] == float(exact)
