"""The figures of gaps: targets line up, steps join, what can't be drawn to scale is marked."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from kpi.charts.gaps import LONGEST, bullets, waterfall
from tests.charts.validated import validated


def row(value: float, target: float, high: float = np.nan, worst: float = np.nan) -> dict[str, object]:
    texts = {"title": "Name", "said": "said", "hover": "hover", "fill": "#1a7f37"}
    return {"value": value, "target": target, "target_high": high, "worst_value": worst, **texts}


def drawn(*rows: dict[str, object]):
    frame = pd.DataFrame(rows)
    return validated(bullets(frame.assign(key=[str(place) for place in range(len(frame))]), "id", "light"))


def trace(figure, mode: str, place: int = 0):
    return [each for each in figure.data if each.type == mode or getattr(each, "mode", None) == mode][place]


def test_targets_stand_at_the_same_place_whatever_the_unit_of_measure():
    marks = trace(drawn(row(71.7, 95.0), row(66.2, 90.0), row(1500.0, 1200.0)), "markers")

    assert list(marks.x) == pytest.approx([1.0, 1.0, 1.0])


def test_a_bar_is_the_value_over_its_target():
    bars = trace(drawn(row(71.25, 95.0), row(55.0, 50.0)), "bar", 2)

    assert list(bars.x) == pytest.approx([0.75, 1.1])
    assert [list(datum) for datum in bars.customdata] == [["0"], ["1"]]


def test_a_range_has_a_mark_at_each_end():
    marks = trace(drawn(row(73.8, 60.0, 85.0)), "markers")

    assert list(marks.x) == pytest.approx([60 / 85, 1.0])


def test_a_target_of_zero_stands_at_the_start_and_the_worst_value_is_one_length():
    figure = drawn(row(3.0, 0.0, worst=6.0))

    assert list(trace(figure, "markers").x) == [0.0]
    assert list(trace(figure, "bar", 2).x) == [0.5]


def test_a_bar_of_nothing_can_be_clicked_all_the_same():
    track = trace(drawn(row(0.0, 0.0)), "bar")

    assert list(track.x) == [LONGEST]
    assert [list(datum) for datum in track.customdata] == [["0"]]


def test_zero_of_zero_is_drawn_without_a_bar():
    assert list(trace(drawn(row(0.0, 0.0)), "bar", 2).x) == [0.0]


def test_a_bar_that_is_too_long_is_cut_and_marked():
    figure = drawn(row(500.0, 100.0))

    assert list(trace(figure, "bar", 2).x) == [LONGEST]
    assert list(trace(figure, "text").text) == ["»"]


def test_steps_join_and_losses_differ_from_gains_by_more_than_colour():
    steps = pd.DataFrame(
        {
            "key": ["A", "B"],
            "title": ["a", "b"],
            "said": ["−5", "+2"],
            "hover": ["", ""],
            "start": [100.0, 95.0],
            "end": [95.0, 97.0],
        }
    )

    figure = validated(waterfall(steps, "100", "Index 97", "en", "dark"))

    bars = trace(figure, "bar")
    assert list(np.array(bars.base) + np.array(bars.x)) == [95.0, 97.0]
    assert list(bars.marker.pattern.shape) == ["", "/"]
    assert list(trace(figure, "markers+text").x) == [100.0, 97.0]
    assert figure.layout.separators == ".,"


@pytest.mark.parametrize(
    ("ends", "place"),
    [([60.0, 140.0], "middle left"), ([140.0, 60.0], "middle right"), ([60.0, 140.0, 100.0], "bottom center")],
)
def test_the_words_of_an_end_stand_where_there_is_room_for_them(ends, place):
    names = [str(number) for number in range(len(ends))]
    steps = pd.DataFrame({"key": names, "title": names, "said": "", "hover": "", "end": ends})
    steps["start"] = [100.0, *ends[:-1]]

    figure = validated(waterfall(steps, "first", "last", "id", "light"))

    assert trace(figure, "markers+text").textposition[1] == place


def test_no_connector_runs_through_a_name():
    steps = pd.DataFrame({"key": ["A", "B"], "title": ["a", "b"], "said": "", "hover": "", "end": [60.0, 140.0]})
    steps["start"] = [100.0, 60.0]

    figure = validated(waterfall(steps, "first", "last", "id", "light"))

    lines, names = trace(figure, "lines"), trace(figure, "text")
    spans = zip(lines.y[::3], lines.y[1::3], strict=True)
    assert not any(start < name < end for start, end in spans for name in names.y)
