"""Charts and the small pictures of a row as SVG: one drawing for paper and browser. Has no words of its own.

Marks of a chart carry `data-said`, what a reader sees who points at one. Sizes are in points.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from html import escape
from math import ceil, floor, log10
from typing import Final

from kpi.reports.content import Bullet, Chart, ChartKind, Series

FONT: Final = "Libertinus Serif"
FONT_OF_SIGNS: Final = "DejaVu Sans Mono"
SIGNS: Final = re.compile(r"[\u2190-\u2211\u2213-\U0010ffff]+")
"""What the first font lacks: the shapes of ratings and verdicts. A typesetter of SVG asks for no second font itself."""
INK: Final = "#1c2b36"
QUIET: Final = "#5b6b76"
GRID: Final = "#d5dde3"
WIDTH: Final = 720
LEFT: Final = 250
"""Where bars begin: left of it stand their names."""
RIGHT: Final = 640
ROW: Final = 30
NAME_LETTERS: Final = 32
"""As many as fit left of a bar in the widest of the fonts that a reader may have: 0.62 of its size a letter."""
LINES_HIGH: Final = 260
BULLET: Final = (90, 12)
SPARK: Final = (44, 14)
LONGEST: Final = 1.5
"""Where a bullet ends, in lengths of its target."""
TICKS: Final = 4
NARROWEST: Final = 16
"""A segment narrower than that bears no label."""
ROOMY: Final = 70
"""A bar from that length on has room for its label."""


def chart_svg(chart: Chart) -> str:
    """Return a chart as SVG."""
    match chart.kind:
        case ChartKind.LINES:
            high, marks = _lines(chart)
        case ChartKind.BARS | ChartKind.STACKED:
            high, marks = _bars(chart)
    legend = _legend(chart, high) if len(chart.series) > 1 or chart.kind is ChartKind.LINES else []
    high += 24 if legend else 0
    return _svg(WIDTH, high, [*marks, *legend])


def bullet_svg(bullet: Bullet) -> str:
    """Return a value against its target: a bar, an upright mark at the target, a pale area for a range."""
    wide, high = BULLET
    scale = (wide - 6) / LONGEST
    marks = [_rect(0, 4, wide - 6, high - 8, "#e4eaee")]
    if bullet.high is not None:
        marks.append(_rect(bullet.low * scale, 1, max((bullet.high - bullet.low) * scale, 1), high - 2, "#b9c7d0"))
    marks.append(_rect(0, 3, bullet.value * scale, high - 6, bullet.colour))
    if bullet.is_cut:
        at = bullet.value * scale
        marks.append(_path(f"M{at} 2 L{at + 5} {high / 2} L{at} {high - 2} Z", fill=bullet.colour))
    if bullet.high is None:
        marks.append(_rect(bullet.low * scale - 0.75, 0, 1.5, high, INK))
    return _svg(wide, high, marks)


def spark_svg(values: Sequence[float | None]) -> str:
    """Return a row of values as a small line; one that is missing leaves a gap, the last one bears a dot."""
    wide, high = SPARK
    known = [value for value in values if value is not None]
    low, top = (min(known), max(known)) if known else (0.0, 0.0)
    step = (wide - 8) / max(len(values) - 1, 1)
    places = [
        None if value is None else (4 + at * step, high - 3 - (high - 6) * _share(value, low, top))
        for at, value in enumerate(values)
    ]
    marks = [_path(_way(places), stroke=QUIET, width=1.2)]
    marks += [_dot(x, y, 2.2 if at == len(places) - 1 else 1.2, INK) for at, (x, y) in _having(places)]
    return _svg(wide, high, marks)


def _bars(chart: Chart) -> tuple[float, list[str]]:
    count = len(chart.categories)
    bottom = 18 + count * ROW
    totals = [sum(series.values[at] or 0.0 for series in chart.series) for at in range(count)]
    most = max([*totals, chart.line_at or 0.0, 0.0]) or 1.0
    scale = (RIGHT - LEFT) / most
    marks = _across(chart, most, scale, bottom)
    for at, name in enumerate(chart.categories):
        marks += _name(name, 18 + at * ROW + ROW / 2)
    begun = [float(LEFT)] * count
    for number, series in enumerate(chart.series):
        marks.append(f'<g data-series="{number}">')
        for at, value in enumerate(series.values):
            if not value:
                continue
            marks += _bar(chart, series, at, begun[at], value * scale)
            begun[at] += value * scale
        marks.append("</g>")
    marks.append(_text((LEFT + RIGHT) / 2, bottom + 28, chart.axis, 11, QUIET, "middle"))
    return bottom + 36, marks


def _bar(chart: Chart, series: Series, at: int, x: float, length: float) -> list[str]:
    y, high = 18 + at * ROW + 5, ROW - 10
    colour, label = series.colours[at if len(series.colours) > 1 else 0], series.labels[at]
    said = f"{chart.categories[at]}: {series.name} {label}"
    marks = [_rect(x, y, max(length, 0.5), high, colour, said)]
    if chart.line_at is not None and length >= ROOMY:  # beside the bar it would stand on the line at the target
        ink = "#ffffff" if is_dark(colour) else INK
        marks.append(_text(x + length - 6, y + high / 2 + 4, label, 12, ink, "end", bold=True))
    elif chart.kind is ChartKind.BARS:
        marks.append(_text(x + length + 5, y + high / 2 + 4, label, 12, INK, bold=True))
    elif length >= NARROWEST:
        ink = "#ffffff" if is_dark(colour) else INK
        marks.append(_text(x + length / 2, y + high / 2 + 4, label, 12, ink, "middle", bold=True))
    return marks


def _across(chart: Chart, most: float, scale: float, bottom: float) -> list[str]:
    """Draw the upright lines of a bar chart: the one at the target, or some at round numbers."""
    if chart.line_at is not None:
        x = LEFT + chart.line_at * scale
        line = _path(f"M{x} 14 V{bottom}", stroke=QUIET, width=1, dash="4 3")
        return [line, _text(x, 10, chart.line_name, 10, QUIET, "middle")]
    marks = []
    for tick in (each for each in _ticks(0.0, most) if each <= most):  # beyond the longest bar the picture ends
        x = LEFT + tick * scale
        marks.append(_path(f"M{x} 14 V{bottom}", stroke=GRID, width=1))
        marks.append(_text(x, bottom + 12, f"{tick:g}", 10, QUIET, "middle"))
    return marks


def _lines(chart: Chart) -> tuple[float, list[str]]:
    known = [value for series in chart.series for value in series.values if value is not None]
    known += [] if chart.line_at is None else [chart.line_at]
    ticks = _ticks(min(known, default=0.0), max(known, default=1.0))
    low, top = ticks[0], ticks[-1]
    step = (WIDTH - 150) / max(len(chart.categories) - 1, 1)
    marks = []
    for tick in ticks:
        y = _height(tick, low, top)
        marks.append(_path(f"M50 {y} H{WIDTH - 20}", stroke=GRID, width=1))
        marks.append(_text(44, y + 4, f"{tick:g}", 10, QUIET, "end"))
    if chart.line_at is not None:
        y = _height(chart.line_at, low, top)
        marks.append(_path(f"M50 {y} H{WIDTH - 20}", stroke=QUIET, width=1.4, dash="5 4"))
    for at, name in enumerate(chart.categories):
        marks.append(_text(75 + at * step, LINES_HIGH + 18, name, 11, INK, "middle"))
    for number, series in enumerate(chart.series):
        places = [
            None if value is None else (75 + at * step, _height(value, low, top))
            for at, value in enumerate(series.values)
        ]
        marks += [f'<g data-series="{number}">', _path(_way(places), stroke=series.colours[0], width=2.5)]
        for at, (x, y) in _having(places):
            label = series.labels[at] if series.labels else ""
            said = f"{chart.categories[at]}: {series.name} {label}"
            marks += [_dot(x, y, 4, series.colours[0], said), _text(x, y - 9, label, 12, INK, "middle", bold=True)]
        marks.append("</g>")
    marks.append(_text(50, 12, chart.axis, 11, QUIET))
    return LINES_HIGH + 28, marks


def _legend(chart: Chart, y: float) -> list[str]:
    names = [(series.name, series.colours[0], number) for number, series in enumerate(chart.series)]
    if chart.kind is ChartKind.LINES and chart.line_at is not None:
        names.append((chart.line_name, QUIET, -1))
    x, marks = float(50 if chart.kind is ChartKind.LINES else LEFT), []
    for name, colour, number in names:
        sign = (
            _rect(x, y + 5, 12, 10, colour) if number >= 0 else _path(f"M{x} {y + 10} h12", stroke=colour, dash="4 2")
        )
        shape, said = _parted(name)
        words = _text(x + 17, y + 14, shape, 12, INK) + _text(x + (30 if shape else 17), y + 14, said, 12, INK)
        marks.append(f'<g data-legend="{number}">{sign}{words}</g>')
        x += 40 + 6.5 * len(name)
    return marks


def _parted(name: str) -> tuple[str, str]:
    """Return the sign before a name and the name: a typesetter of SVG would write both in the font of the sign."""
    sign = SIGNS.match(name)
    return (sign[0], name[sign.end() :].lstrip()) if sign else ("", name)


def _name(name: str, y: float) -> list[str]:
    """Write a category left of its bar, on two lines where it is long."""
    lines = textwrap.wrap(name, NAME_LETTERS, max_lines=2, placeholder=" …") or [""]
    first = y + 4 - 6.5 * (len(lines) - 1)
    return [_text(LEFT - 8, first + 13 * at, line, 12, INK, "end") for at, line in enumerate(lines)]


def _ticks(low: float, top: float) -> list[float]:
    """Return round numbers, the first at or below `low`, the last at or above `top`."""
    spread = (top - low) or abs(top) or 1.0
    size = 10.0 ** floor(log10(spread / TICKS))
    size = next(size * times for times in (1, 2, 5, 10) if spread / (size * times) <= TICKS)
    first, last = floor(low / size), ceil(top / size)
    return [round(number * size, 9) for number in range(first, max(last, first + 1) + 1)]


def _height(value: float, low: float, top: float) -> float:
    return LINES_HIGH - (LINES_HIGH - 34) * _share(value, low, top)


def _share(value: float, low: float, top: float) -> float:
    return 0.5 if top == low else (value - low) / (top - low)


def _way(places: Sequence[tuple[float, float] | None]) -> str:
    """Return the path through the places; it is broken where one is missing."""
    words, is_down = [], False
    for place in places:
        if place is not None:
            words.append(f"{'L' if is_down else 'M'}{place[0]:.2f} {place[1]:.2f}")
        is_down = place is not None
    return " ".join(words)


def _having(places: Sequence[tuple[float, float] | None]) -> list[tuple[int, tuple[float, float]]]:
    return [(at, place) for at, place in enumerate(places) if place is not None]


def is_dark(colour: str) -> bool:
    """Whether white letters read well on a colour."""
    return sum(int(colour[at : at + 2], 16) for at in (1, 3, 5)) < 384


def _svg(wide: float, high: float, marks: Iterable[str]) -> str:
    size = f'viewBox="0 0 {wide} {high:g}" width="{wide}" height="{high:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{FONT}">{"".join(marks)}</svg>'


def _rect(x: float, y: float, wide: float, high: float, colour: str, said: str = "") -> str:
    return f'<rect x="{x:.2f}" y="{y:.2f}" width="{wide:.2f}" height="{high:.2f}" fill="{colour}"{_said(said)}/>'


def _dot(x: float, y: float, radius: float, colour: str, said: str = "") -> str:
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius}" fill="{colour}"{_said(said)}/>'


def _path(way: str, *, stroke: str = "none", width: float = 1.0, dash: str = "", fill: str = "none") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{way}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"{dashed}/>'


def _text(x: float, y: float, words: str, size: int, colour: str, anchor: str = "start", *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    where = f'x="{x:.2f}" y="{y:.2f}" font-size="{size}" fill="{colour}" text-anchor="{anchor}"{weight}'
    signed = SIGNS.sub(lambda found: f'<tspan font-family="{FONT_OF_SIGNS}">{found[0]}</tspan>', escape(words))
    return f"<text {where}>{signed}</text>"


def _said(words: str) -> str:
    return f' data-said="{escape(words)}"' if words else ""
