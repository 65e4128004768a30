"""Charts as SVG: nothing runs out of the picture, no label stands on a line, a legend is in one font."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kpi.reports.content import Chart, ChartKind, Series
from kpi.reports.svg import FONT_OF_SIGNS, RIGHT, WIDTH, chart_svg


def chart(kind: ChartKind, *series: Series, line_at: float | None = None) -> Chart:
    return Chart(
        kind=kind,
        title="Chart",
        alt="A chart.",
        axis="Points",
        categories=("A", "B"),
        series=series,
        line_at=line_at,
        line_name="On target" if line_at else "",
        decimals=0,
    )


def series(name: str, *values: float) -> Series:
    return Series(name, values, ("#1a7f37",), tuple(f"{value:g}" for value in values))


def texts(svg: str) -> dict[str, float]:
    """Where each text of a picture stands, by its letters."""
    found = re.findall(r'<text x="([\d.]+)"[^>]*>(.*?)</text>', svg)
    return {re.sub(r"<[^>]+>", "", words): float(x) for x, words in found}


def test_the_axis_of_bars_ends_inside_the_picture():
    where = texts(chart_svg(chart(ChartKind.STACKED, series("a", 40, 0), series("b", 83, 0))))

    assert {"0", "50", "100"} <= set(where)
    assert "150" not in where
    assert max(where.values()) <= RIGHT < WIDTH


def test_a_label_stands_in_its_bar_where_a_line_at_the_target_runs_beside_it():
    with_line = texts(chart_svg(chart(ChartKind.BARS, series("Index", 98, 3), line_at=100)))
    without = texts(chart_svg(chart(ChartKind.BARS, series("Index", 98, 3))))

    assert with_line["98"] < with_line["On target"]
    assert without["98"] > RIGHT
    assert with_line["3"] < with_line["98"] - 200  # too short for a label: it stands beside


def test_the_name_of_a_series_is_not_in_the_font_of_its_sign():
    svg = chart_svg(chart(ChartKind.STACKED, series("☑ met", 40, 0), series("plain", 83, 0)))

    assert f'<tspan font-family="{FONT_OF_SIGNS}">☑</tspan></text>' in svg
    assert {"☑", "met", "plain"} <= set(texts(svg))


NAMES = ("Badan Kepegawaian dan Pengembangan Sumber Daya Manusia", "Dinas Pekerjaan Umum dan Penataan Ruang")
WIDEST_LETTER = 0.62
"""Of its size, on average, in the widest of the fonts that a reader may have."""


@pytest.mark.parametrize("kind", ChartKind)
def test_no_text_runs_out_of_the_picture(kind: ChartKind):
    names = ("Triwulan II 2026", "Triwulan III 2026") if kind is ChartKind.LINES else NAMES
    svg = chart_svg(replace(chart(kind, series("Index", 91, 98)), categories=names))

    found = re.findall(
        r'<text x="([\d.]+)" y="[\d.]+" font-size="(\d+)" [^>]*text-anchor="(\w+)"[^>]*>(.*?)</text>', svg
    )
    assert len(found) >= len(names) + 2
    for x, size, anchor, words in found:
        length = WIDEST_LETTER * float(size) * len(re.sub(r"<[^>]+>", "", words))
        left = float(x) - {"start": 0.0, "middle": length / 2, "end": length}[anchor]
        assert left >= 0, words
        assert left + length <= WIDTH, words
