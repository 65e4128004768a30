"""Texts from data show as they are written."""

from __future__ import annotations

import pytest

from kpi.views.markdown import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Angka Kematian Ibu (AKI)", "Angka Kematian Ibu (AKI)", id="nothing to escape"),
        pytest.param("- Written PPRs", "\\- Written PPRs", id="no list"),
        pytest.param("1. Written", "1\\. Written", id="no numbered list"),
        pytest.param("Cost ($ per $)", "Cost (\\$ per \\$)", id="no formula"),
        pytest.param("DINKES_2026_07.csv", "DINKES\\_2026\\_07.csv", id="no emphasis"),
        pytest.param(":red[x]", "\\:red\\[x\\]", id="no colour"),
        pytest.param("-5", "-5", id="a number is no list"),
    ],
)
def test_signs_of_data_mean_nothing_in_markdown(text: str, expected: str):
    assert plain(text) == expected
