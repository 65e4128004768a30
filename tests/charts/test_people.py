"""Figures of people draw what they are given, and what the pattern asks."""

from __future__ import annotations

from datetime import date
from math import nan

import pandas as pd

from kpi.charts.people import distribution, indices, over_time
from tests.charts.validated import validated

PLACES = ["Kurang", "Baik", "Sangat Baik"]


def bars(bound: list[float], said: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "predicate": PLACES[::-1],
            "share": [0.2, 0.7, 0.1],
            "text": ["2 (20%)", "7 (70%)", "1 (10%)"],
            "colour": ["#0072b2", "#009e73", "#d55e00"],
            "bound": bound,
            "bound_said": said,
        }
    )


def test_without_a_pattern_there_are_bars_and_their_counts_in_the_margin():
    drawn = validated(distribution(bars([nan] * 3, [""] * 3), "id", "light"))

    _, counts = drawn["data"]
    assert [text.strip() for text in counts["text"]] == ["2 (20%)", "7 (70%)", "1 (10%)"]
    assert set(counts["x"]) == {drawn["layout"]["xaxis"]["range"][1]}  # beyond every bar and bound
    assert drawn["layout"]["yaxis"]["autorange"] == "reversed"


def test_a_bound_is_a_mark_at_its_predicate_that_says_which_way_it_binds():
    drawn = validated(distribution(bars([0.1, nan, 0.6], ["at most 10%", "", "at least 60%"]), "id", "dark"))

    assert [(list(trace["y"]), list(trace["x"]), trace["text"][0].strip()) for trace in drawn["data"][2:]] == [
        (["Sangat Baik"], [10.0], "at most 10%"),
        (["Kurang"], [60.0], "at least 60%"),
    ]


def test_each_kind_of_appraisal_is_a_line_of_its_own_with_a_mark_of_its_own():
    ends = [date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30)]
    points = pd.DataFrame(
        {
            "kind": ["Tahunan", "Periodik", "Periodik"],
            "end": ends,
            "tick": ["12/2025", "03/2026", "06/2026"],
            "place": [3, 2, 1],
            "hover": ["a", "b", "c"],
        }
    )
    drawn = validated(over_time(points, PLACES, "id", "light"))

    assert [(trace["name"], list(trace["y"])) for trace in drawn["data"]] == [("Tahunan", [3]), ("Periodik", [2, 1])]
    assert drawn["data"][0]["marker"]["symbol"] != drawn["data"][1]["marker"]["symbol"]
    assert drawn["layout"]["showlegend"]
    assert not validated(over_time(points.iloc[1:], PLACES, "id", "light"))["layout"]["showlegend"]


def test_only_rounds_that_lie_apart_are_named_on_the_axis_the_newest_always():
    ends = [date(2024, 12, 31), date(2025, 12, 31), date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)]
    points = pd.DataFrame(
        {"kind": "Periodik", "end": ends, "tick": [f"{day:%m/%Y}" for day in ends], "place": 2, "hover": ""}
    )
    drawn = validated(over_time(points, PLACES, "id", "light"))

    assert list(drawn["layout"]["xaxis"]["ticktext"]) == ["12/2024", "03/2026", "09/2026"]
    assert validated(over_time(points.tail(1), PLACES, "id", "light"))["layout"]["xaxis"]["ticktext"] == ("09/2026",)


def test_indices_are_drawn_against_the_line_of_the_target():
    lines = pd.DataFrame(
        {
            "indicator": ["A", "B", "A"],
            "start": [date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1)],
            "period": ["TW I", "TW I", "TW II"],
            "index": [90.0, 100.0, 120.0],
            "hover": ["x", "y", "z"],
        }
    )
    drawn = validated(indices(lines, "sesuai target", "id", "light"))

    assert [(trace["name"], list(trace["y"])) for trace in drawn["data"]] == [
        ("A", [90.0, 120.0]),
        ("B", [100.0]),
        ("sesuai target", [100, 100]),
    ]
    assert drawn["layout"]["showlegend"]  # the line's name stands there, where it covers no mark
    assert list(drawn["layout"]["xaxis"]["ticktext"]) == ["TW I", "TW II"]
