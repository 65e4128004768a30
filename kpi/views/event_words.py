"""What is said of events: their kinds, the list beneath a chart, the marks on it and what each mark says."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import pandas as pd

from kpi.i18n import Translator, mark
from kpi.model import Event, EventKind
from kpi.views.happenings import Happening
from kpi.views.markdown import plain
from kpi.views.trends import Trend

EVENT_KINDS: Final[dict[EventKind, str]] = {
    EventKind.PROGRAMME_STARTED: mark("programme started"),
    EventKind.DEFINITION_CHANGED: mark("definition changed"),
    EventKind.CENSUS_REVISED: mark("census revised"),
    EventKind.REORGANISATION: mark("reorganisation"),
    EventKind.OUTBREAK: mark("outbreak"),
    EventKind.DISASTER: mark("disaster"),
    EventKind.OTHER: mark("other"),
}
FIELDS: Final[dict[str, str]] = {
    "happened_on": mark("Day, as 2026-09-30"),
    "kind": mark("What kind of event"),
    "text": mark("What happened"),
    "author": mark("Who enters it"),
}
FAULTS: Final = (mark("is empty. Fill it in."), mark("'{text}' is no date. Write it as 2026-09-30."))
"""What the checks of events say of these fields; the form shows it beneath each."""
HOVER_WIDTH: Final = 44
"""Letters on a line of the text that a mark shows: as many as a telephone holds."""


def events_said(happenings: Sequence[Happening], t: Translator) -> str:
    """Return the events that concern a chart as Markdown, numbered as their marks are; empty without any."""
    return "  \n".join(_numbered(number, event, plain, t) for number, event in enumerate(happenings, start=1))


def event_marks(happenings: Sequence[Happening], t: Translator, numbered: Sequence[Happening] = ()) -> pd.DataFrame:
    """Return a mark per event as charts want it: place, number (its text), hover.

    `numbered`: all events that the list beneath names, where this chart has some of them.
    """
    numbers = {event.code: number for number, event in enumerate(numbered or happenings, start=1)}
    return pd.DataFrame(
        {
            "place": [event.place for event in happenings],
            "number": [t.number(numbers[event.code]) for event in happenings],
            "hover": [_hover(numbers[event.code], event, t) for event in happenings],
        }
    )


def scopes(trend: Trend, t: Translator) -> dict[str, str]:
    """Return what an event may concern, by code, for the form beneath a chart."""
    units = ", ".join(unit.unit_name for unit in trend.units)
    return {
        "this": t("{indicator}: {units}", indicator=trend.sheet.name, units=units),
        "indicator": t("{indicator}: all units", indicator=trend.sheet.name),
        "units": t("All indicators: {units}", units=units),
        "all": t("All indicators, all units"),
    }


def is_on_chart(trend: Trend, on: date) -> bool:
    """Whether a day lies within the periods of a chart."""
    return trend.periods[0].start <= on <= trend.periods[-1].end


def saved_said(trend: Trend, event: Event, *, is_new: bool, t: Translator) -> str:
    """Return what became of an event that was entered."""
    when = t.date(event.happened_on)
    if not is_new:
        return t("This event of {date} stands already; nothing was added.", date=when)
    if is_on_chart(trend, event.happened_on):
        return t("The event of {date} is saved and stands on the chart.", date=when)
    return t("The event of {date} is saved. It lies outside the periods of this chart.", date=when)


def _hover(number: int, event: Happening, t: Translator) -> str:
    said = _numbered(number, event, str, t)
    return "<br>".join(html.escape(line, quote=False) for line in textwrap.wrap(said, HOVER_WIDTH))


def _numbered(number: int, event: Happening, written: Callable[[str], str], t: Translator) -> str:
    said = t(
        "{number} · {date}, {kind}: {text} ({author})",
        number=t.number(number),
        date=t.date(event.on),
        kind=t(EVENT_KINDS[event.kind]),
        text=written(event.text),
        author=written(event.author),
    )
    return said + (t("; the usual range starts anew") if event.rebases_limits else "")
