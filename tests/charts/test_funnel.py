"""The funnel chart: curves, shapes by position, counts on hover."""

from __future__ import annotations

import pandas as pd

from kpi.charts.funnel import funnel
from tests.charts.validated import validated

LEGEND = {
    "within": "within",
    "outside": "outside 95%",
    "far": "outside 99.8%",
    "inner": "95%",
    "outer": "99.8%",
    "middle": "all together",
    "size": "size",
    "rate": "%",
}
LIMITS = pd.DataFrame(
    {
        "denominator": [10.0, 1000.0],
        "lower_95": [0.0, 8.0],
        "upper_95": [30.0, 12.0],
        "lower_998": [0.0, 7.0],
        "upper_998": [50.0, 13.0],
    }
)


def units(sizes: tuple[float, ...] = (10.0, 500.0, 1000.0)) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit_code": ["A", "B", "C"],
            "name": ["Unit A", "Unit B", "Unit C"],
            "denominator": sizes,
            "rate": [10.0, 14.0, 20.0],
            "look": ["within", "outside", "far"],
            "hover": ["1 of 10", "70 of 500", "200 of 1,000"],
        }
    )


def drawn(given: pd.DataFrame):
    return validated(funnel(given, LIMITS, 10.0, LEGEND, "id", "light"))


def test_units_differ_by_shape_with_their_position_and_those_outside_are_named():
    within, outside, far = drawn(units()).data[-3:]

    assert len({trace.marker.symbol for trace in (within, outside, far)}) == 3
    assert (within.mode, outside.mode) == ("markers", "markers+text")
    assert list(far.text) == ["Unit C"]
    assert far.customdata[0][0] == "C"
    assert list(within.hovertext) == ["1 of 10"]


def test_the_curves_of_both_levels_and_the_rate_of_all_together_are_drawn():
    curves = drawn(units()).data[:5]

    assert [list(trace.y) for trace in curves] == [[0.0, 7.0], [50.0, 13.0], [0.0, 8.0], [30.0, 12.0], [10.0, 10.0]]


def test_sizes_far_apart_are_drawn_on_a_logarithmic_axis():
    assert drawn(units()).layout.xaxis.type == "log"
    assert drawn(units((500.0, 700.0, 1000.0))).layout.xaxis.type == "linear"


def test_names_near_an_edge_are_written_towards_the_middle():
    outside = drawn(units((10.0, 50.0, 90.0)).assign(look="far")).data[-1]

    assert list(outside.textposition) == ["top right", "top center", "top left"]


def test_too_many_names_are_left_to_the_table():
    many = pd.concat([units().assign(look="far")] * 5, ignore_index=True)

    assert drawn(many).data[-1].mode == "markers"
