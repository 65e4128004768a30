"""The figures of the comparison: marks, gaps, shapes, cells that can be clicked."""

from __future__ import annotations

from math import nan

import pandas as pd

from kpi.charts import comparison
from kpi.charts.comparison import lie_far_from_zero
from tests.charts.validated import validated

LEGEND = {"value": "Value", "target": "Target", "before": "Q3 2025", "middle": "median", "interval": "95% interval"}


def bars(**columns: list) -> pd.DataFrame:
    given = {
        "unit_code": ["B", "A"],
        "unit": ["1. Puskesmas B", "2. Puskesmas A"],
        "value": [88.0, 8.0],
        "target": [80.0, nan],
        "before": [nan, 6.0],
        "low": [nan, nan],
        "high": [nan, nan],
        "is_whole": [True, False],
        "text": ["● 88", "▼ 8"],
        "shape": ["circle", "triangle-down"],
        "colour": ["#1a7f37", "#b42318"],
        "tint": ["#cfe", "#fcc"],
        "hover": ["b", "a"],
    }
    return pd.DataFrame({**given, **columns})


def test_bars_start_at_zero_the_first_at_the_top_and_partial_ones_are_hatched():
    figure = validated(comparison.ranking(bars(), LEGEND, "id", "light"))

    assert figure.data[0].type == "bar"
    assert list(figure.layout.yaxis.range) == [1.5, -0.5]
    assert figure.layout.yaxis.ticktext[0].startswith("1. Puskesmas B")
    assert list(figure.data[0].marker.pattern.shape) == ["", "/"]
    assert figure.layout.xaxis.range[0] == 0


def test_target_and_year_before_are_marks_and_a_missing_one_is_no_mark():
    before, target, text = validated(comparison.ranking(bars(), LEGEND, "id", "light")).data[1:]

    assert (list(before.y), list(before.x)) == (["A"], [6.0])
    assert (list(target.y), list(target.x)) == (["B"], [80.0])
    assert before.marker.symbol != target.marker.symbol
    assert [each.strip() for each in text.text] == ["● 88", "▼ 8"]
    assert text.x[0] == text.x[1] > 88.0  # a column right of all marks


def test_values_far_from_zero_are_dots_with_the_shape_of_their_rating():
    far = bars(value=[88.0, 80.0], target=[80.0, 80.0], before=[70.0, 71.0])

    assert lie_far_from_zero(far)
    assert not lie_far_from_zero(bars())
    assert list(validated(comparison.ranking(far, LEGEND, "id", "light")).data[0].marker.symbol) == [
        "circle",
        "triangle-down-open",
    ]


def test_the_interval_of_a_rate_is_a_line_and_the_middle_goes_through_all_rows():
    counted = bars(low=[80.0, 2.0], high=[92.0, 20.0])

    interval, middle = validated(comparison.ranking(counted, LEGEND, "id", "light", 50.0)).data[3:5]

    assert [x for x in interval.x if x == x] == [80.0, 92.0, 2.0, 20.0]
    assert list(middle.x) == [50.0, 50.0]


def test_a_click_gives_the_unit():
    assert [data[0] for data in validated(comparison.ranking(bars(), LEGEND, "id", "light")).data[0].customdata] == [
        "B",
        "A",
    ]


def test_a_cell_is_a_bar_of_length_one_that_leads_to_its_pair():
    cells = pd.DataFrame(
        {
            "unit_code": ["A", "A", "B", "B"],
            "unit": ["Unit A", "Unit A", "Unit B", "Unit B"],
            "indicator_code": ["X", "Y"] * 2,
            "indicator": ["Indicator X", "Indicator Y"] * 2,
            "text": ["●<br>100", "", "○<br>–", "▼<br>40"],
            "fill": ["#cfe", "rgba(0,0,0,0)", "#eee", "#fcc"],
            "hover": [""] * 4,
            "drill": ["A\tX", "A\tY", "B\tX", "B\tY"],
        }
    )
    figure = validated(comparison.matrix(cells, "id", "light"))

    assert [list(trace.x) for trace in figure.data] == [[1, 1], [1, 1]]
    assert figure.data[1].customdata[1][0] == "B\tY"
    assert list(figure.layout.yaxis.ticktext) == ["Unit A", "Unit B"]


def test_dumbbells_join_the_marks_of_an_indicator_and_units_differ_by_shape():
    dots = pd.DataFrame(
        {
            "indicator_code": ["X", "X", "Y"],
            "indicator": ["Indicator X", "Indicator X", "Indicator Y"],
            "unit": ["A", "B", "A"],
            "look": [0, 1, 0],
            "index": [80.0, 110.0, nan],
            "hover": [""] * 3,
            "drill": ["A\tX", "B\tX", "A\tY"],
        }
    )
    target, join, empty, *units = validated(comparison.dumbbells(dots, "Target", "id", "light")).data

    assert set(target.x) == {100}
    assert (list(join.x), list(join.y)) == ([80.0, 110.0], ["X", "X"])
    assert list(empty.x) == []
    assert [list(unit.x) for unit in units] == [[80.0], [110.0]]
    assert units[0].marker.symbol != units[1].marker.symbol
