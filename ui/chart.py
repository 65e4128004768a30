"""The place of a chart: one component that keeps its plot in the browser and updates it there (ui/browser/chart.js)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from streamlit.components.v2 import component

from kpi.charts.theme import Figure
from ui import assets

_SCRIPT: Final = """export default (it) =>
  import(new URL("{address}", document.baseURI)).then((chart) => chart.draw(it));"""
"""Sent with every chart, so it only fetches the script, which the browser keeps."""
_place = component("kpi.chart", js=_SCRIPT.format(address=assets.address("chart.js")), isolate_styles=False)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as the browser reads it, and in words what it shows: one for all readers who ask the same."""

    written: str
    alt: str

    @classmethod
    def of(cls, figure: Figure, alt: str) -> Drawing:
        """Return the drawing of a figure."""
        return cls(_json(figure.plain()), alt)


def draw(drawing: Drawing, *, key: str, drills: bool, words: Mapping[str, str], name: str) -> str | None:
    """Draw a figure, and return the code of the mark that was clicked just now, if it `drills`.

    `key` names the place on the page, whatever it shows: a place that stays is updated. `words`: the titles of the
    buttons that keep a picture, by format (png, svg); `name` the picture's file name without its ending.
    """
    around = _json({"alt": drawing.alt, "drills": drills, "words": dict(words), "name": name})
    payload = f'{{"figure":{drawing.written},{around[1:]}'.encode()
    happened = _place(key=key, data=payload, on_mark_change=_nothing)
    return happened.get("mark") if drills else None


def _json(given: object) -> str:
    return json.dumps(given, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _nothing() -> None:
    """Do nothing: a click starts a run, and the page reads it there."""
