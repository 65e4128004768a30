"""What every figure is: plain, and ready for a browser."""

from __future__ import annotations

import json
from math import nan

import numpy as np

from kpi.charts.theme import figure


def test_a_missing_number_reaches_the_browser_as_null_and_never_as_zero():
    trace = {"type": "scatter", "x": np.array([1.0, nan, 3.0]), "y": [nan, np.float64(2.5), 1], "fill": None}

    drawn = figure([trace], language="id", height=100).plain()["data"][0]

    assert drawn == {"type": "scatter", "x": [1.0, None, 3.0], "y": [None, 2.5, 1]}


def test_a_figure_is_json_whatever_its_numbers_came_as():
    counts = {"type": "bar", "x": np.arange(2), "y": np.array([1.5, nan]), "text": ("a", "b")}

    plain = figure([counts], language="en", height=100, layout={"xaxis": {"range": [np.int64(0), 2]}}).plain()

    assert json.loads(json.dumps(plain, allow_nan=False)) == plain


def test_a_layout_of_its_own_goes_over_the_shared_one_and_leaves_the_rest():
    layout = figure([], language="id", height=100, layout={"xaxis": {"zeroline": False}}).layout

    assert layout["xaxis"] == {"automargin": True, "fixedrange": True, "zeroline": False}
    assert layout["separators"] == ",."
