"""The figure of trends: steps, gaps, open markers, shapes."""

from __future__ import annotations

from math import isnan, nan

import pandas as pd

from kpi.charts.theme import DASHES, MARKERS
from kpi.charts.trends import lines, span_of
from tests.charts.validated import validated

LEGEND = {"target": "Target", "before": "as composed today"}
TICKS = pd.DataFrame({"place": [0, 2], "label": ["2024", "2026"]})


def unit(code: str, look: int = 0, **columns: list) -> pd.DataFrame:
    given = {
        "place": [0, 1, 2],
        "value": [10.0, nan, 12.0],
        "comparable": [nan, nan, nan],
        "target": [8.0, 8.0, 9.0],
        "target_high": [nan, nan, nan],
        "is_whole": [True, False, False],
        "is_chosen": [False, False, True],
        "hover": ["a", "b", "c"],
        "drill": [f"2024/{code}", f"2025/{code}", f"2026/{code}"],
    }
    return pd.DataFrame({**given, **columns}).assign(unit_code=code, unit=f"Unit {code}", look=look)


def drawn(*units: pd.DataFrame, **options):
    return validated(lines(pd.concat(units, ignore_index=True), TICKS, LEGEND, "id", "light", **options))


def test_the_target_of_each_period_is_a_step_from_its_beginning_to_its_end():
    target = drawn(unit("A")).data[0]

    assert target.line.shape == "hv"
    assert list(target.x) == [-0.5, 0.5, 0.5, 1.5, 1.5, 2.5]
    assert list(target.y) == [8.0, 8.0, 8.0, 8.0, 9.0, 9.0]


def test_a_missing_value_is_a_gap_and_never_zero():
    values = drawn(unit("A")).data[-1]

    assert isnan(values.y[1])
    assert values.connectgaps is False


def test_a_partial_or_unfinished_period_has_an_open_marker():
    assert list(drawn(unit("A")).data[-1].marker.symbol) == ["circle", "circle-open", "circle-open"]


def test_units_differ_by_dash_and_marker_and_not_by_colour_alone():
    values = [trace for trace in drawn(unit("A"), unit("B", 1)).data if trace.mode == "lines+markers"]

    assert [trace.line.dash for trace in values] == list(DASHES[:2])
    assert [trace.marker.symbol[0] for trace in values] == list(MARKERS[:2])


def test_equal_targets_are_drawn_once_and_different_ones_per_unit():
    def targets(figure) -> list[str]:
        return [trace.name for trace in figure.data if trace.line.shape == "hv"]

    assert targets(drawn(unit("A"), unit("B", 1))) == ["Target"]
    assert targets(drawn(unit("A"), unit("B", 1, target=[1.0, 1.0, 1.0]))) == ["Target: Unit A", "Target: Unit B"]


def test_a_target_range_is_filled_between_its_ends():
    low, high = drawn(unit("A", target_high=[9.0, 9.0, 10.0])).data[:2]

    assert (low.fill, high.fill) == (None, "tonexty")
    assert high.showlegend is False


def test_the_chosen_period_is_marked_and_a_click_leads_on():
    figure = drawn(unit("A"))

    assert (figure.layout.shapes[0].x0, figure.layout.shapes[0].x1) == (1.5, 2.5)
    assert figure.data[-1].customdata[2][0] == "2026/A"


def test_a_unit_that_others_joined_has_a_second_dotted_line():
    before = drawn(unit("A", comparable=[25.0, nan, nan])).data[1]

    assert (before.line.dash, before.y[0], before.name) == ("dot", 25.0, "Unit A: as composed today")


def test_the_axis_of_values_holds_values_and_targets():
    low, high = span_of(unit("A"))

    assert low < 8.0
    assert high > 12.0
    assert span_of(unit("A", value=[nan] * 3, target=[nan] * 3)) == (0.0, 1.0)
