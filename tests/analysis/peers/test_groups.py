"""Groups: units share one exactly when their intervals overlap; order of units and of names changes nothing."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.analysis.peers import RateKind, groups, interval
from kpi.model import Polarity

units = st.lists(st.tuples(st.integers(0, 60), st.integers(60, 3000)), min_size=1, max_size=12)


def arrays(pairs):
    return np.array(pairs, dtype=float).T


def spans(found):
    return list(zip(found.first.tolist(), found.last.tolist(), strict=True))


def test_units_clearly_apart_are_in_groups_of_their_own_best_first():
    count, total = np.array([100.0, 500, 900]), np.full(3, 1000.0)
    assert spans(groups(count, total, RateKind.PROPORTION, Polarity.MAXIMIZE)) == [(3, 3), (2, 2), (1, 1)]
    assert spans(groups(count, total, RateKind.PROPORTION, Polarity.MINIMIZE)) == [(1, 1), (2, 2), (3, 3)]


def test_units_that_chance_could_swap_share_a_group():
    found = groups(np.array([48.0, 50, 52]), np.full(3, 100.0), RateKind.PROPORTION, Polarity.MAXIMIZE)
    assert (found.count, spans(found)) == (1, [(1, 1)] * 3)
    assert found.best_place.tolist() == [1, 1, 1]
    assert found.worst_place.tolist() == [3, 3, 3]


def test_a_unit_too_small_to_place_spans_the_groups_that_it_could_be_in():
    count, total = np.array([100.0, 500, 900, 2]), np.array([1000.0, 1000, 1000, 4])
    found = groups(count, total, RateKind.PROPORTION, Polarity.MAXIMIZE)
    assert spans(found) == [(3, 3), (2, 2), (1, 1), (1, 3)]
    assert (found.best_place[3], found.worst_place[3]) == (1, 4)
    assert (found.best_place[1], found.worst_place[1]) == (2, 3)


def test_a_unit_without_a_figure_is_in_no_group():
    found = groups(np.array([np.nan, 5, 3]), np.array([10.0, 10, 0]), RateKind.RATE, Polarity.MINIMIZE)
    assert spans(found) == [(0, 0), (1, 1), (0, 0)]
    assert found.units == 1


def test_without_any_figure_there_is_no_group():
    assert groups(np.array([np.nan]), np.array([1.0]), RateKind.RATE, Polarity.MINIMIZE).count == 0


@settings(deadline=None)
@given(
    pairs=units, kind=st.sampled_from(list(RateKind)), polarity=st.sampled_from([Polarity.MAXIMIZE, Polarity.MINIMIZE])
)
def test_two_units_share_a_group_exactly_when_they_cannot_be_told_apart(pairs, kind, polarity):
    count, total = arrays(pairs)
    found = groups(count, total, kind, polarity)
    low, high = interval(count, total, kind, 0.95 ** (1 / len(pairs)))
    for a, b in itertools.combinations(range(len(pairs)), 2):
        overlap = low[a] <= high[b] and low[b] <= high[a]
        share = found.first[a] <= found.last[b] and found.first[b] <= found.last[a]
        assert overlap == share
        if not overlap:
            a_is_better = (low[a] > high[b]) == (polarity is Polarity.MAXIMIZE)
            assert (found.last[a] < found.first[b]) == a_is_better
    assert set(range(1, found.count + 1)) == {g for a, b in spans(found) for g in range(a, b + 1)}


@settings(deadline=None)
@given(pairs=units, kind=st.sampled_from(list(RateKind)))
def test_places_count_the_units_that_are_surely_better_and_worse(pairs, kind):
    count, total = arrays(pairs)
    found = groups(count, total, kind, Polarity.MAXIMIZE)
    low, high = interval(count, total, kind, 0.95 ** (1 / len(pairs)))
    for unit in range(len(pairs)):
        assert found.best_place[unit] == 1 + (low > high[unit]).sum()
        assert found.worst_place[unit] == len(pairs) - (high < low[unit]).sum()


@settings(deadline=None)
@given(pairs=units, seed=st.integers(0, 99))
def test_the_order_of_units_changes_nothing(pairs, seed):
    count, total = arrays(pairs)
    order = np.random.default_rng(seed).permutation(len(count))
    straight = groups(count, total, RateKind.RATE, Polarity.MINIMIZE)
    shuffled = groups(count[order], total[order], RateKind.RATE, Polarity.MINIMIZE)
    assert shuffled.first.tolist() == straight.first[order].tolist()
    assert shuffled.last.tolist() == straight.last[order].tolist()


def test_among_units_of_one_true_rate_a_false_difference_is_rare():
    rng = np.random.default_rng(11)
    total = rng.integers(100, 2000, 20).astype(float)
    false = [
        groups(rng.binomial(total.astype(int), 0.7).astype(float), total, RateKind.PROPORTION, Polarity.MAXIMIZE).count
        > 1
        for _ in range(400)
    ]
    assert np.mean(false) < 0.05
