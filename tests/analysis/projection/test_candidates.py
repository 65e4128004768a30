"""The rules that extend a series, each by hand; smoothing by statsmodels' own forecasts."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from kpi.analysis.projection.candidates import last_value, seasonal_naive, smoothed, smoothed_from, theil_sen


def wave(months: int) -> np.ndarray:
    place = np.arange(months)
    return 50 + 0.2 * place + 5 * np.sin(place / 6 * np.pi) + np.random.default_rng(4).normal(0, 0.5, months)


def test_the_last_value_goes_on():
    assert last_value(np.array([1.0, 7]), 3, 12).tolist() == [7, 7, 7]


def test_the_season_repeats_the_year_before_and_needs_two_years():
    two_years = np.arange(8.0)
    assert seasonal_naive(two_years, 6, 4).tolist() == [4, 5, 6, 7, 4, 5]
    assert seasonal_naive(two_years[:7], 6, 4) is None
    assert seasonal_naive(two_years, 6, 1) is None


def test_the_median_slope_bears_one_wild_figure():
    line = np.arange(9.0) * 2
    line[4] = 500
    assert theil_sen(line, 2, 12).tolist() == pytest.approx([18, 20])


def test_the_trend_looks_at_the_last_three_years_alone():
    series = np.concatenate([np.arange(50.0)[::-1] * 9, np.arange(36.0)])
    assert theil_sen(series, 1, 12).tolist() == pytest.approx([36])


@pytest.mark.parametrize("per_year", [12, 1])
def test_smoothing_from_the_last_origin_is_statsmodels_own_forecast(per_year):
    series = wave(48)
    from_states = smoothed_from(series, [48], 14, per_year)[0]
    np.testing.assert_allclose(from_states, smoothed(series, 14, per_year), rtol=1e-9)


def test_smoothing_at_an_origin_has_not_seen_what_follows():
    series = wave(60)
    changed = np.where(np.arange(60) < 40, series, 999.0)
    early = smoothed_from(series, [30, 40], 6, 12)
    np.testing.assert_array_equal(early, smoothed_from(changed, [30, 40], 6, 12))


def test_smoothing_finds_a_season():
    assert smoothed(wave(60), 12, 12) == pytest.approx(wave(72)[60:], abs=2.5)


def test_statsmodels_is_loaded_only_when_it_is_needed():
    code = "import sys, kpi.analysis.projection; sys.exit('statsmodels' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
