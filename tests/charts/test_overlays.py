"""What lies over a line chart: band, rings, fan, events."""

from __future__ import annotations

from math import nan

import pandas as pd

from kpi.charts.overlays import control_traces, event_layout, fan_traces

LEGEND = {
    "range": "usual range",
    "mean": "average",
    "better": "signal: better",
    "worse": "signal: worse",
    "changed": "signal: changed",
    "outlook": "outlook",
}


def control(**columns: list) -> pd.DataFrame:
    given = {
        "place": [0, 1, 2],
        "value": [5.0, 9.0, 1.0],
        "mean": [5.0] * 3,
        "lower": [2.0] * 3,
        "upper": [8.0] * 3,
        "ring": ["", "worse", "better"],
    }
    return pd.DataFrame({**given, **columns})


def test_the_usual_range_is_a_filled_band_with_its_average():
    low, high, mean, *_ = control_traces(control(), LEGEND, "light")

    assert (low["y"][0], high["y"][0], mean["y"][0]) == (2.0, 8.0, 5.0)
    assert high["fill"] == "tonexty"
    assert list(low["x"][:2]) == [-0.5, 0.5]


def test_signals_are_rings_that_differ_by_shape():
    rings = {trace["name"]: trace for trace in control_traces(control(), LEGEND, "light")[3:]}

    assert list(rings["signal: worse"]["y"]) == [9.0]
    assert list(rings["signal: better"]["x"]) == [2.0]
    assert rings["signal: worse"]["marker"]["symbol"] != rings["signal: better"]["marker"]["symbol"]


def test_without_limits_nothing_is_drawn():
    assert control_traces(control(lower=[nan] * 3, upper=[nan] * 3), LEGEND, "light") == []


def test_the_fan_ends_at_its_bounds_and_a_way_without_bounds_is_a_line():
    bounded = pd.DataFrame({"place": [2, 3], "middle": [5.0, 6.0], "low": [5.0, 4.0], "high": [5.0, 8.0]})

    low, high, way = fan_traces(bounded, LEGEND)
    assert (low["y"][1], high["y"][1], way["y"][1]) == (4.0, 8.0, 6.0)
    assert len(fan_traces(bounded.assign(low=nan, high=nan), LEGEND)) == 1
    assert fan_traces(bounded.iloc[:0], LEGEND) == []


def test_events_are_numbered_lines():
    shapes, labels = event_layout(pd.DataFrame({"place": [0.5], "number": ["1"], "hover": ["1 · begun"]}), "dark")

    assert (shapes[0]["x0"], shapes[0]["x1"]) == (0.5, 0.5)
    assert (labels[0]["text"], labels[0]["hovertext"]) == ("<b>1</b>", "1 · begun")


def test_numbers_of_events_close_to_each_other_stand_beneath_each_other():
    events = pd.DataFrame({"place": [0.5, 0.5, 30.0], "number": ["1", "2", "3"], "hover": ["a", "b", "c"]})

    _, labels = event_layout(events, "light")

    assert [label["yshift"] for label in labels] == [0, -18, 0]


def test_a_ring_is_light_on_a_dark_page():
    light, dark = (
        {trace["name"]: trace["marker"]["color"] for trace in control_traces(control(), LEGEND, tone)[3:]}
        for tone in ("light", "dark")
    )

    assert light[LEGEND["better"]] == "#0072b2"
    assert dark[LEGEND["better"]] == "#56b4e9"
