"""Where the verdict differs from the reference: each difference of the methodology page has its test here."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.analysis.spc import (
    ASSURANCES,
    MIN_POINTS,
    AssuranceType,
    Direction,
    Refusal,
    SpecialCause,
    VariationType,
    verdict,
    xmr,
)

NAN = float("nan")
NOISE = [50.0, 53, 49, 51, 48, 52, 50, 47, 51, 53, 49, 50, 52, 48, 51, 50]


def on(values, **options):
    return verdict(np.array(values, dtype=float), **options).of(0)


def test_a_constant_series_that_meets_its_target_gets_no_verdict_instead_of_inconsistent():
    constant = [7.0] * 20
    assert ASSURANCES[xmr(np.array(constant), target=5.0).assurance[0]] is AssuranceType.INCONSISTENT
    said = on(constant, target=5.0)
    assert (said.variation, said.assurance) == (None, None)
    assert said.variation_refusal is said.assurance_refusal is Refusal.NO_VARIATION


def test_a_constant_series_gets_no_verdict_without_screening_either():
    assert on([7.0] * 20, screen=False).variation_refusal is Refusal.NO_VARIATION


def test_a_segment_of_one_point_gets_no_verdict():
    said = on([*NOISE, 90.0], rebase=np.arange(17) == 16, target=60.0)
    assert said.variation_refusal is said.assurance_refusal is Refusal.ONE_POINT


def test_mostly_equal_values_are_not_all_outside():
    values = np.array([0.0] * 14 + [3.0] + [0.0] * 6)
    assert xmr(values).points.outside.all()
    said = verdict(values, direction=Direction.DECREASE)
    assert np.flatnonzero(said.charts.points.outside[0]).tolist() == [14]
    assert np.flatnonzero(said.charts.points.special_cause[0]).tolist() == [14]
    assert said.of(0).variation is VariationType.COMMON_CAUSE


def test_two_level_stretches_are_a_shift_and_not_all_outside():
    said = verdict(np.array([80.0] * 12 + [85.0] * 12))
    assert not said.charts.points.outside.any()
    assert said.of(0).special_cause is SpecialCause.SHIFT_ABOVE


def test_nearly_equal_values_with_one_jump_are_not_all_outside():
    values = np.array([99.9, 100.0] * 7 + [70.0] + [99.9, 100.0] * 5)
    assert xmr(values).points.outside.mean() == 1.0
    said = verdict(values)
    assert np.flatnonzero(said.charts.points.outside[0]).tolist() == [14]
    assert said.is_adapted.tolist() == [True]


def test_equal_values_without_screening_are_not_all_outside():
    assert not verdict(np.array([80.0] * 12 + [85.0] * 12), screen=False).charts.points.outside.any()


def test_a_missing_value_never_stops_the_verdict():
    rise = [1.0, 2, 3, 4, 5, NAN, 6, 7, 8, 9, 3, 1, 4, 2]
    assert on(rise).variation is not None


def test_no_run_bridges_a_missing_value():
    low = [10.0, 12] * 6
    above = [12.0, 12, 12, 12, 12, 12, 12]
    assert on([*low, *above]).special_cause is SpecialCause.SHIFT_ABOVE
    assert on([*low, *above[:4], NAN, *above[4:]]).special_cause is SpecialCause.NONE


def test_values_that_never_stand_side_by_side_still_get_a_verdict():
    said = verdict(np.array([v for pair in zip(NOISE, [NAN] * 16, strict=True) for v in pair]))
    assert said.of(0).variation is VariationType.COMMON_CAUSE
    assert said.is_adapted.tolist() == [True]


def test_the_newest_value_is_judged_when_the_last_period_is_missing():
    said = on([*NOISE, 90.0, NAN])
    assert said.judged_at == 16
    assert said.variation is VariationType.IMPROVEMENT


def test_eleven_values_are_too_few_and_twelve_are_enough():
    assert MIN_POINTS == 12
    few = on([*NOISE[:11], NAN], target=40.0)
    assert (few.variation_refusal, few.points, few.points_needed) == (Refusal.TOO_FEW_POINTS, 11, 12)
    assert few.assurance_refusal is Refusal.TOO_FEW_POINTS
    assert on(NOISE[:12], target=40.0).assurance is AssuranceType.CONSISTENT_PASS


def test_a_segment_without_a_verdict_shows_neither_limits_nor_signals():
    said = verdict(np.array([*NOISE, 90.0, 91, 92, 93, 94, 95, 96, 97]), rebase=np.arange(24) == 16)
    assert said.segment_refusal.tolist() == [-1, 2]
    assert np.isnan(said.charts.segments.upper).tolist() == [False, True]
    assert not said.charts.points.trend[0, 16:].any()
    assert said.charts.segments.mean[1] == 93.5


def test_assurance_is_judged_against_the_current_target():
    targets = np.array([[30.0] * 15 + [70.0]])
    assert on(NOISE, target=targets).assurance is AssuranceType.CONSISTENT_FAIL
    assert on(NOISE, target=targets[:, ::-1]).assurance is AssuranceType.CONSISTENT_PASS


def test_no_current_target_and_no_direction_are_said_as_such():
    past = np.array([[30.0] * 15 + [NAN]])
    assert on(NOISE, target=past).assurance_refusal is Refusal.NO_TARGET
    assert on(NOISE, target=30.0, direction=Direction.NEUTRAL).assurance_refusal is Refusal.NEUTRAL
    assert on(NOISE).variation is VariationType.COMMON_CAUSE


def test_a_series_without_a_value_gets_no_verdict():
    said = verdict(np.full((2, 3), NAN), lengths=np.array([0, 3]))
    assert {said.of(0).variation_refusal, said.of(1).variation_refusal} == {Refusal.NO_VALUE}
    assert said.of(0).judged_at is None


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 200), min_size=12, max_size=40, unique=True))
def test_where_the_reference_is_sound_the_verdict_agrees_with_it(values):
    said, reference = verdict(np.array(values, dtype=float)), xmr(np.array(values, dtype=float))
    if not said.is_adapted[0]:
        assert (said.charts.points.special_cause == reference.points.special_cause).all()
        assert said.charts.segments.upper == reference.segments.upper


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from([0.0, 0.0, 0.0, 0.0, 1.0, 5.0]), min_size=12, max_size=40),
    st.booleans(),
)
def test_never_are_most_of_mostly_equal_values_outside(values, screen):
    said = verdict(np.array(values), screen=screen)
    assert said.charts.points.outside.sum() <= len(values) / 2
    if said.is_adapted[0]:
        assert said.charts.points.outside.sum() <= len(values) / 4


@pytest.mark.parametrize("screen", [True, False])
def test_many_series_are_judged_as_each_alone(screen):
    rng = np.random.default_rng(3)
    values = np.round(rng.normal(50, 5, (40, 30)))
    values[rng.random(values.shape) < 0.1] = NAN
    values[::4] = np.round(values[::4] / 40)
    rebase = np.arange(30) == 14
    together = verdict(values, rebase=rebase, target=52.0, screen=screen)
    for row in range(len(values)):
        alone = verdict(values[row], rebase=rebase, target=52.0, screen=screen)
        assert repr(together.of(row)) == repr(together.each()[row]) == repr(alone.of(0))
