"""A season is found where years are alike, and not where they are noise."""

from __future__ import annotations

import numpy as np
import pytest

from kpi.analysis.season import are_seasonal, is_seasonal

WAVE = 10 * np.sin(np.linspace(0, 2 * np.pi, 12, endpoint=False))


def noise(years: int, periods: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(years, periods))


def test_a_wave_that_returns_every_year_is_a_season():
    assert is_seasonal(50 + WAVE + noise(5, 12, 1))


def test_a_wave_on_a_falling_level_is_a_season_still():
    assert is_seasonal(50 + WAVE + noise(5, 12, 1) - 8 * np.arange(5)[:, None])


def test_noise_is_a_season_less_than_once_in_a_hundred_tables():
    assert sum(is_seasonal(noise(6, 12, seed)) for seed in range(300)) <= 3


def test_a_fall_from_one_year_to_the_next_is_no_season():
    assert not is_seasonal(noise(6, 4, 7) - 20 * np.arange(6)[:, None])


@pytest.mark.parametrize("years", [0, 1, 2])
def test_fewer_than_three_whole_years_are_no_evidence(years: int):
    table = np.full((4, 4), np.nan)
    table[:years] = np.arange(4.0)

    assert not is_seasonal(table)


def test_the_same_wave_to_the_last_digit_is_a_season_and_equal_values_are_not():
    assert is_seasonal(np.tile(np.arange(4.0), (3, 1)))
    assert not is_seasonal(np.full((3, 4), 7.0))


def test_many_tables_at_once_say_what_each_says_alone():
    tables = np.stack([noise(6, 12, seed) + wave for seed in range(20) for wave in (0, WAVE)])
    tables[::3, 1, 4] = np.nan
    tables[::5, 2:] = np.nan

    assert list(are_seasonal(tables)) == [is_seasonal(table) for table in tables]
    assert are_seasonal(tables).sum() not in (0, len(tables))
