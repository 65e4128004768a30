"""The funnel: limits are exact quantiles, overdispersion by hand, and laws of order and scale."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kpi.analysis.peers import (
    POSITIONS,
    FunnelRefusal,
    Overdispersion,
    Position,
    RateKind,
    funnel,
    funnel_refusal,
    limits_at,
)

NAN = np.nan
units = st.lists(st.tuples(st.integers(0, 40), st.integers(40, 400)), min_size=3, max_size=25).filter(
    lambda pairs: sum(count for count, _ in pairs) > 0
)


def arrays(pairs):
    return np.array(pairs, dtype=float).T


def places(found):
    return [POSITIONS[code] if code >= 0 else None for code in found.position]


def test_the_centre_is_the_rate_of_all_units_together_not_the_mean_of_rates():
    found = funnel(np.array([1.0, 10, 50]), np.array([10.0, 20, 970]), RateKind.PROPORTION, multiplier=100)
    assert found.centre == pytest.approx(6.1)
    assert found.rate.tolist() == pytest.approx([10.0, 50.0, 100 * 50 / 970])


def test_limits_of_a_proportion_are_exact_binomial_quantiles():
    low, high = limits_at(np.array([50.0, 200.0]), 0.3, RateKind.PROPORTION, 0.95)
    assert (low * [50, 200]).tolist() == stats.binom.ppf(0.025, [50, 200], 0.3).tolist() == [9.0, 48.0]
    assert (high * [50, 200]).tolist() == pytest.approx(stats.binom.ppf(0.975, [50, 200], 0.3).tolist())


def test_limits_of_a_rate_are_exact_poisson_quantiles():
    low, high = limits_at(np.array([1000.0]), 0.01, RateKind.RATE, 0.998)
    assert low[0] * 1000 == pytest.approx(stats.poisson.ppf(0.001, 10)) == 2.0
    assert high[0] * 1000 == pytest.approx(stats.poisson.ppf(0.999, 10)) == 21.0


@settings(deadline=None)
@given(pairs=units, kind=st.sampled_from(list(RateKind)))
def test_beyond_a_limit_lie_only_counts_that_chance_seldom_reaches(pairs, kind):
    count, total = arrays(pairs)
    found = funnel(count, total, kind, overdispersion=Overdispersion.NONE)
    law = stats.binom(total, found.centre) if kind is RateKind.PROPORTION else stats.poisson(total * found.centre)
    for place, below, above in zip(places(found), law.cdf(count), law.sf(count - 1), strict=True):
        expected = Position.WITHIN
        if above < 0.025 * (1 + 1e-9):
            expected = Position.FAR_ABOVE if above < 0.001 * (1 + 1e-9) else Position.ABOVE
        if below < 0.025 * (1 - 1e-9):
            expected = Position.FAR_BELOW if below < 0.001 * (1 - 1e-9) else Position.BELOW
        assert place is expected


def test_overdispersion_is_the_mean_square_of_winsorised_z_scores():
    total = np.full(12, 100.0)
    count = np.array([20.0, 80, 50, 50, 50, 50, 50, 50, 50, 50, 40, 60])
    found = funnel(count, total, RateKind.PROPORTION)
    # z = ±6, ±2, 0 × 8; the tenth of 12 sorted scores lies at place 1.1: −2 + 0.1 × 2 = −1.8, so all four become 1.8
    assert found.dispersion == pytest.approx(4 * 1.8**2 / 12)
    assert not found.is_adjusted


def test_a_multiplicative_adjustment_widens_every_limit_by_the_root_of_the_dispersion():
    rng = np.random.default_rng(5)
    total = rng.integers(200, 2000, 30).astype(float)
    count = np.round(total * np.clip(rng.normal(0.4, 0.08, 30), 0.05, 0.95))
    plain = funnel(count, total, RateKind.PROPORTION, overdispersion=Overdispersion.NONE)
    wide = funnel(count, total, RateKind.PROPORTION)
    assert wide.is_adjusted
    assert not plain.is_adjusted
    factor = np.sqrt(wide.dispersion)
    np.testing.assert_allclose(wide.upper_95 - wide.centre, (plain.upper_95 - plain.centre) * factor)
    np.testing.assert_allclose(wide.z, plain.z / factor)


def test_an_additive_adjustment_adds_the_variance_between_units():
    total = np.full(20, 1000.0)
    count = np.array([300.0, 500] * 10)
    found = funnel(count, total, RateKind.PROPORTION, overdispersion=Overdispersion.ADDITIVE)
    within = 0.4 * 0.6 / 1000
    # equal sizes: τ² = (I φ − (I − 1)) ÷ ((I − 1) ÷ within), with φ = 0.1² ÷ within
    expected = (20 * 0.01 / within - 19) * within / 19
    assert found.between_units == pytest.approx(expected)
    assert found.z[1] == pytest.approx(0.1 / np.sqrt(within + expected))


def test_with_fewer_than_ten_units_dispersion_is_not_estimated():
    found = funnel(np.array([10.0, 50, 90]), np.full(3, 100.0), RateKind.PROPORTION)
    assert np.isnan(found.dispersion)
    assert places(found) == [Position.FAR_BELOW, Position.WITHIN, Position.FAR_ABOVE]


def test_units_without_a_figure_are_left_out_and_counted_nowhere():
    found = funnel(np.array([5.0, NAN, 7, 6, 1]), np.array([50.0, 60, 70, 60, 0]), RateKind.PROPORTION)
    assert found.centre == pytest.approx(18 / 180)
    assert places(found)[1] is None
    assert places(found)[4] is None
    assert np.isnan(found.lower_95[[1, 4]]).all()


def test_all_at_a_hundred_percent_are_all_within():
    found = funnel(np.full(4, 9.0), np.full(4, 9.0), RateKind.PROPORTION)
    assert set(places(found)) == {Position.WITHIN}
    assert found.upper_95.tolist() == [1.0] * 4


@pytest.mark.parametrize(
    ("count", "total", "kind", "reason"),
    [
        ([1.0, 2], [9.0, 9], RateKind.RATE, FunnelRefusal.TOO_FEW_UNITS),
        ([1.5, 2, 3], [9.0, 9, 9], RateKind.RATE, FunnelRefusal.NOT_COUNTS),
        ([-1.0, 2, 3], [9.0, 9, 9], RateKind.RATE, FunnelRefusal.NOT_COUNTS),
        ([1.0, 2, 3], [9.5, 9, 9], RateKind.PROPORTION, FunnelRefusal.NOT_COUNTS),
        ([10.0, 2, 3], [9.0, 9, 9], RateKind.PROPORTION, FunnelRefusal.NOT_COUNTS),
        ([0.0, 0, 0], [9.0, 9, 9], RateKind.RATE, FunnelRefusal.NO_EVENTS),
        ([1.0, 2, 3], [9.5, 9, 9], RateKind.RATE, None),
    ],
)
def test_what_bears_no_funnel_is_refused_with_the_reason(count, total, kind, reason):
    assert funnel_refusal(np.array(count), np.array(total), kind) is reason
    if reason:
        with pytest.raises(ValueError, match=reason.value):
            funnel(np.array(count), np.array(total), kind)


@settings(deadline=None)
@given(
    pairs=units,
    kind=st.sampled_from(list(RateKind)),
    form=st.sampled_from(list(Overdispersion)),
    seed=st.integers(0, 99),
)
def test_the_order_of_units_changes_nothing(pairs, kind, form, seed):
    count, total = arrays(pairs)
    order = np.random.default_rng(seed).permutation(len(count))
    straight = funnel(count, total, kind, overdispersion=form)
    shuffled = funnel(count[order], total[order], kind, overdispersion=form)
    np.testing.assert_allclose(shuffled.upper_95, straight.upper_95[order], rtol=1e-9)
    np.testing.assert_allclose(shuffled.z, straight.z[order], rtol=1e-9, atol=1e-12)


@settings(deadline=None)
@given(pairs=units, multiplier=st.sampled_from([1.0, 100.0, 1000.0, 100000.0]))
def test_the_multiplier_scales_rates_and_limits_and_moves_no_unit(pairs, multiplier):
    count, total = arrays(pairs)
    plain = funnel(count, total, RateKind.RATE)
    scaled = funnel(count, total, RateKind.RATE, multiplier=multiplier)
    np.testing.assert_allclose(scaled.upper_998, plain.upper_998 * multiplier)
    assert (scaled.position == plain.position).all()


@given(centre=st.floats(0.01, 0.99), total=st.integers(1, 5000))
def test_limits_narrow_as_levels_fall_and_hold_the_centre(centre, total):
    at = np.array([float(total)])
    for kind in RateKind:
        inner, outer = limits_at(at, centre, kind, 0.95), limits_at(at, centre, kind, 0.998)
        assert outer[0][0] <= inner[0][0] <= inner[1][0] <= outer[1][0]
