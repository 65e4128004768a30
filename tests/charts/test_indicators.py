"""The figure of targets over time: steps, ranges, and gaps that stay gaps."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kpi.charts.indicators import targets
from tests.charts.validated import validated

LEGEND = {"target": "Target", "target_high": "Upper", "value": "Value"}


def points(high: float = np.nan) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "place": [0, 1, 2],
            "target": [10.0, np.nan, 12.0],
            "target_high": [high] * 3,
            "value": [9.0, 8.0, np.nan],
            "is_whole": [True, False, False],
            "hover": ["a", "b", "c"],
        }
    )


def drawn(frame: pd.DataFrame):
    return validated(targets(frame, ([0], ["2025"]), LEGEND, "id", "light")).data


def test_a_target_is_a_step_over_its_period_and_a_missing_one_is_a_gap():
    steps = drawn(points())[0]

    assert list(steps.x) == [-0.5, 0.5, 0.5, 1.5, 1.5, 2.5]
    assert np.isnan(steps.y[2])
    assert steps.connectgaps is False


def test_a_range_adds_its_upper_end():
    assert [trace.name for trace in drawn(points(20.0))] == ["Target", "Upper", "Value"]
    assert [trace.name for trace in drawn(points())] == ["Target", "Value"]


def test_a_value_that_is_not_whole_is_open_and_a_missing_one_is_not_drawn():
    values = drawn(points())[-1]

    assert list(values.marker.symbol)[:2] == ["circle", "circle-open"]
    assert list(values.marker.opacity) == [1.0, 1.0, 0.0]
