"""The projection of a year: arithmetic by hand, the choice of the rule, and every remark."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.analysis.projection import Aggregation, Direction, Method, Remark, project

NAN = float("nan")
NOISE = [10.0, 12, 11, 13, 9, 12, 10, 11]


def on(values, aggregation, *, start="2025-01", until="2025-12", step=1, **options):
    first = np.datetime64(start, "M")
    dates = (first + step * np.arange(len(values))).astype("datetime64[D]")
    figures = np.array(values, dtype=float)
    return project(dates, figures, aggregation=aggregation, until=np.datetime64(until, "M"), **options)


def test_a_sum_keeps_the_known_months_and_adds_the_missing_ones():
    found = on(NOISE, Aggregation.SUM, target=140.0)
    assert found.method is Method.LAST_VALUE
    assert found.estimate == sum(NOISE) + 4 * 11
    assert found.needed_per_period == (140 - sum(NOISE)) / 4
    assert found.remaining == 4
    assert found.path == (11.0,) * 4


def test_a_mean_is_over_all_months_of_the_year():
    found = on(NOISE, Aggregation.MEAN, target=11.5)
    assert found.estimate == pytest.approx((sum(NOISE) + 44) / 12)
    assert found.needed_per_period == pytest.approx((11.5 * 12 - sum(NOISE)) / 4)


def test_a_last_value_needs_december():
    found = on(NOISE, Aggregation.LAST, target=15.0)
    assert found.estimate == 11.0
    assert found.needed_per_period == 1.0


def test_a_year_that_begins_in_july_ends_in_june():
    found = on(NOISE, Aggregation.SUM, start="2024-11", until="2025-06", target=100.0)
    assert (found.remark, found.estimate, found.probability) == (Remark.KNOWN, sum(NOISE), 0.0)


@pytest.mark.parametrize(("step", "periods"), [(3, 4), (6, 2), (12, 1)])
def test_longer_periods_make_the_year_of_fewer(step, periods):
    values = [10.0, 12, 11, 13, 12, 14, 13, 15]
    months_known = step * len(values)
    until = str(np.datetime64("2010-01", "M") + months_known - 1 + step)
    found = on(values, Aggregation.SUM, start="2010-01", step=step, until=until)
    known = values[len(values) - periods + 1 :]
    assert found.estimate == pytest.approx(sum(known) + found.path[0])
    assert found.remaining == 1


def test_a_steady_rise_is_followed_because_it_beats_the_naive_rule():
    found = on(
        np.arange(18.0) + np.tile([0.0, 0.3], 9), Aggregation.LAST, start="2024-01", until="2025-09", target=20.0
    )
    assert found.method is Method.THEIL_SEN
    assert found.backtest_error < 0.95 * found.naive_error
    assert found.estimate == pytest.approx(20.15, abs=0.3)
    assert found.remark is None


def test_a_season_is_followed_by_smoothing_or_by_the_year_before():
    months = np.arange(66)
    values = 50 + 20 * np.sin(months / 6 * np.pi) + np.random.default_rng(1).normal(0, 1, 66)
    found = on(values, Aggregation.SUM, start="2020-01", until="2025-12")
    assert found.method in {Method.ETS, Method.SEASONAL_NAIVE}
    actual = values[60:].sum() + (50 + 20 * np.sin(np.arange(66, 72) / 6 * np.pi)).sum()
    assert found.low_80 <= actual <= found.high_80


def test_where_nothing_beats_the_naive_rule_it_is_shown_and_said():
    walk = np.cumsum(np.random.default_rng(8).normal(0, 1, 30)) + 100
    found = on(walk, Aggregation.LAST, start="2023-04", until="2025-12")
    assert (found.method, found.remark) == (Method.LAST_VALUE, Remark.NO_METHOD_BEATS_NAIVE)
    assert found.backtest_error == found.naive_error


def test_a_short_series_does_not_trust_a_trend_farther_than_it_was_tested():
    found = on([10.0, 20, 30, 41, 50], Aggregation.LAST)
    assert (found.method, found.remark) == (Method.LAST_VALUE, Remark.NOT_TESTED_SO_FAR)
    assert found.low_80 < 50 < found.high_80


def test_three_figures_are_too_few_but_the_needed_pace_is_arithmetic():
    found = on(NOISE[:3], Aggregation.SUM, target=123.0)
    assert (found.remark, found.points, found.points_needed) == (Remark.TOO_FEW_POINTS, 3, 4)
    assert found.estimate is found.low_80 is found.probability is None
    assert found.needed_per_period == 10.0
    assert on(NOISE[:4], Aggregation.SUM).estimate is not None


@pytest.mark.parametrize("aggregation", list(Aggregation))
def test_a_year_that_is_over_is_known(aggregation):
    values = [float(n) for n in range(1, 13)]
    found = on(values, aggregation, target=5.0)
    expected = {Aggregation.SUM: 78.0, Aggregation.MEAN: 6.5, Aggregation.LAST: 12.0}[aggregation]
    assert found.method is Method.KNOWN
    assert found.estimate == found.low_80 == found.high_80 == expected
    assert (found.probability, found.needed_per_period, found.backtest_error) == (1.0, None, None)


def test_a_month_missing_inside_the_year_keeps_its_sum_uncertain():
    values = [10.0, NAN, 12, 11, 10, 12, 11, 10, 9, 12, 11, 10]
    found = on(values, Aggregation.SUM, target=200.0)
    assert found.remaining == 1
    assert found.estimate == pytest.approx(sum(v for v in values if v == v) + 11)
    assert found.low_80 < found.estimate < found.high_80
    assert on(values, Aggregation.LAST).remark is Remark.KNOWN


def test_figures_that_never_varied_get_no_interval():
    found = on([10.0] * 8, Aggregation.SUM, target=100.0)
    assert (found.estimate, found.remark) == (120.0, Remark.NO_VARIATION)
    assert found.low_80 is found.probability is None


def test_a_series_too_gappy_to_test_gets_no_interval():
    found = on([1.0, NAN, NAN, 2, NAN, 5, NAN, NAN, 3], Aggregation.SUM)
    assert found.remark is Remark.UNTESTED
    assert found.low_80 is None


def test_weeks_are_irregular():
    dates = np.array(["2025-01-03", "2025-01-10", "2025-01-17", "2025-01-24"], dtype="datetime64[D]")
    found = project(dates, np.ones(4), aggregation=Aggregation.SUM, until=np.datetime64("2025-12", "M"))
    assert found.remark is Remark.IRREGULAR_DATES


def test_nothing_is_said_of_a_year_far_off_or_before_the_first_figure():
    assert on(NOISE, Aggregation.LAST, until="2028-12").remark is Remark.TOO_FAR
    assert on(NOISE, Aggregation.LAST, until="2024-12").remark is Remark.NO_FIGURE
    assert on([NAN, NAN], Aggregation.LAST).remark is Remark.NO_FIGURE


def test_the_probability_follows_the_direction():
    high = on(NOISE, Aggregation.SUM, target=150.0)
    low = on(NOISE, Aggregation.SUM, target=150.0, direction=Direction.DECREASE)
    assert high.probability + low.probability == pytest.approx(1.0)
    assert high.probability < 0.5
    assert on(NOISE, Aggregation.SUM, target=150.0, direction=Direction.NEUTRAL).probability is None
    assert on(NOISE, Aggregation.SUM).probability is None


def test_a_target_at_the_upper_end_is_met_once_in_ten():
    found = on(NOISE, Aggregation.SUM)
    assert on(NOISE, Aggregation.SUM, target=found.high_80).probability == pytest.approx(0.1)


def test_the_best_month_so_far_stands_beside_the_needed_pace():
    assert on(NOISE, Aggregation.SUM).best_per_period == 13.0
    assert on(NOISE, Aggregation.SUM, direction=Direction.DECREASE).best_per_period == 9.0
    assert on(NOISE, Aggregation.LAST).best_per_period == 3.0


def test_a_projection_stays_within_what_is_possible():
    falling = np.array([90.0, 70, 52, 30, 14, 8, 7, 5]) + np.tile([0.0, 0.2], 4)
    assert on(falling, Aggregation.LAST).low_80 == 0.0
    assert on(falling, Aggregation.SUM).low_80 >= falling.sum()
    assert on([70.0, 80, 85, 99, 97, 98], Aggregation.LAST, highest=100.0).high_80 == 100.0
    assert on(falling - 50, Aggregation.LAST).low_80 < -50


@settings(max_examples=40, deadline=None)
@given(
    values=st.lists(st.integers(0, 50).map(float), min_size=4, max_size=20),
    aggregation=st.sampled_from(list(Aggregation)),
    scale=st.sampled_from([0.25, 2.0, 1024.0]),
    seed=st.integers(0, 9),
)
def test_neither_order_of_lines_nor_unit_of_measure_changes_the_outlook(values, aggregation, scale, seed):
    dates = (np.datetime64("2024-01", "M") + np.arange(len(values))).astype("datetime64[D]")
    order = np.random.default_rng(seed).permutation(len(values))
    until = np.datetime64("2025-12", "M") if len(values) > 12 else np.datetime64("2024-12", "M")
    figures = np.array(values)
    straight = project(dates, figures, aggregation=aggregation, until=until, target=30.0)
    turned = project(dates[order], figures[order] * scale, aggregation=aggregation, until=until, target=30.0 * scale)
    assert (turned.method, turned.remark) == (straight.method, straight.remark)
    assert turned.probability == (None if straight.probability is None else pytest.approx(straight.probability))
    if straight.low_80 is not None:
        assert turned.low_80 == pytest.approx(straight.low_80 * scale, abs=1e-9)
        assert straight.low_80 <= straight.estimate <= straight.high_80
