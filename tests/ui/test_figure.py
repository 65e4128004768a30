"""What a click on a figure gives."""

from __future__ import annotations

import pytest

from ui.figure import CONFIG, _clicked


@pytest.mark.parametrize(
    ("event", "code"),
    [
        pytest.param({"selection": {"points": [{"customdata": ["DINKES", 1]}]}}, "DINKES", id="a list"),
        pytest.param({"selection": {"points": [{"customdata": {"0": "DINKES"}}]}}, "DINKES", id="numbered"),
        pytest.param({"selection": {"points": [{"customdata": "DINKES"}]}}, "DINKES", id="alone"),
        pytest.param({"selection": {"points": []}}, None, id="nothing chosen"),
        pytest.param({"selection": {"points": [{"x": 1}]}}, None, id="a mark that leads nowhere"),
        pytest.param(None, None, id="no event"),
    ],
)
def test_a_click_gives_the_code_of_its_mark(event: object, code: str | None):
    assert _clicked(event) == code


def test_no_figure_offers_to_share_itself_to_a_cloud():
    assert CONFIG["displayModeBar"] is False
    assert CONFIG["showSendToCloud"] is False
