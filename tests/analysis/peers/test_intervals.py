"""Intervals of one rate: published figures, ends, and the law that they say what they claim."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kpi.analysis.peers import RateKind, garwood, interval, rate_kind, wilson


def one(function, count, total, **options):
    low, high = function(np.array([float(count)]), np.array([float(total)]), **options)
    return low[0], high[0]


def test_wilson_of_ten_in_a_hundred_is_the_textbook_interval():
    assert one(wilson, 10, 100) == pytest.approx((0.05522914, 0.17436566), abs=1e-8)


def test_wilson_agrees_with_scipy():
    reference = stats.binomtest(7, 31).proportion_ci(0.998, method="wilson")
    assert one(wilson, 7, 31, level=0.998) == pytest.approx((reference.low, reference.high), rel=1e-12)


def test_wilson_ends_at_nothing_and_at_all():
    assert one(wilson, 0, 20)[0] == 0.0
    assert one(wilson, 20, 20)[1] == 1.0


def test_garwood_of_ten_events_is_the_textbook_interval():
    assert one(garwood, 10, 1) == pytest.approx((4.7954, 18.3904), abs=1e-4)


def test_garwood_of_no_event_begins_at_zero():
    assert one(garwood, 0, 4) == pytest.approx((0.0, -np.log(0.025) / 4))


@pytest.mark.parametrize("function", [wilson, garwood])
def test_nothing_among_nothing_has_no_interval(function):
    assert np.isnan(one(function, 0, 0)).all()
    assert np.isnan(one(function, np.nan, 5)).all()


@given(events=st.integers(1, 2000), level=st.sampled_from([0.8, 0.95, 0.998]))
def test_garwood_leaves_each_tail_its_share(events, level):
    low, high = one(garwood, events, 1, level=level)
    assert stats.poisson.sf(events - 1, low) == pytest.approx((1 - level) / 2, rel=1e-6)
    assert stats.poisson.cdf(events, high) == pytest.approx((1 - level) / 2, rel=1e-6)


@given(count=st.integers(0, 500), more=st.integers(0, 500), level=st.sampled_from([0.5, 0.95, 0.998]))
def test_an_interval_holds_its_own_rate_and_a_wider_level_holds_a_narrower(count, more, level):
    total = count + more + 1
    for kind in RateKind:
        low, high = (side[0] for side in interval(np.array([count]), np.array([total]), kind, level))
        wide_low, wide_high = (side[0] for side in interval(np.array([count]), np.array([total]), kind, 0.999))
        assert wide_low <= low <= count / total <= high <= wide_high


def test_a_percentage_is_a_proportion_and_events_per_thousand_are_a_rate():
    part, whole = np.array([3.0, np.nan]), np.array([9.0, 4.0])
    assert rate_kind(part, whole, 100.0) is RateKind.PROPORTION
    assert rate_kind(part, whole, 1000.0) is RateKind.RATE
    assert rate_kind(whole, part, 1.0) is RateKind.RATE
