"""The heatmap: one bar a cell, so that each can be clicked."""

from __future__ import annotations

import pandas as pd
import pytest

from kpi.charts.overview import heatmap, wrapped
from kpi.charts.theme import SEPARATORS
from tests.charts.validated import validated


@pytest.fixture
def cells() -> pd.DataFrame:
    rows = [
        {"unit_code": unit, "unit": name, "period": period, "text": f"● {unit}", "hover": f"{name}", "fill": "#fff"}
        for unit, name in (("A", "Dinas Pekerjaan Umum dan Penataan Ruang Kota"), ("B", "Dinas Sosial"))
        for period in ("TW I<br>2026", "TW II<br>2026", "TW III<br>2026")
    ]
    return pd.DataFrame(rows)


def test_every_cell_carries_its_text_and_the_code_to_follow(cells: pd.DataFrame):
    figure = validated(heatmap(cells, "id", "light"))

    assert len(figure.data) == 3
    assert [list(column.text) for column in figure.data] == [["● A", "● B"]] * 3
    assert [row[0] for row in figure.data[0].customdata] == ["A", "B"]


def test_the_first_unit_stands_at_the_top_and_periods_run_to_the_right(cells: pd.DataFrame):
    layout = validated(heatmap(cells, "id", "light")).layout

    assert layout.yaxis.autorange == "reversed"
    assert layout.xaxis.ticktext == ("TW I<br>2026", "TW II<br>2026", "TW III<br>2026")


def test_numbers_are_separated_as_the_language_does(cells: pd.DataFrame):
    assert validated(heatmap(cells, "id", "light")).layout.separators == SEPARATORS["id"] == ",."
    assert validated(heatmap(cells, "en", "dark")).layout.separators == ".,"


def test_a_long_name_takes_two_lines_and_says_that_it_goes_on():
    assert wrapped("Dinas Pekerjaan Umum dan Penataan Ruang Kota") == "Dinas Pekerjaan Umum<br>dan Penataan Ruang …"
    assert wrapped("Dinas Sosial") == "Dinas Sosial"
