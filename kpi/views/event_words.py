"""What is said of events: their kinds, the list beneath a chart, the marks on it and what each mark says."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable, Sequence
from typing import Final

import pandas as pd

from kpi.i18n import Translator, mark
from kpi.model import EventKind
from kpi.views.happenings import Happening
from kpi.views.markdown import plain

EVENT_KINDS: Final[dict[EventKind, str]] = {
    EventKind.PROGRAMME_STARTED: mark("programme started"),
    EventKind.DEFINITION_CHANGED: mark("definition changed"),
    EventKind.CENSUS_REVISED: mark("census revised"),
    EventKind.REORGANISATION: mark("reorganisation"),
    EventKind.OUTBREAK: mark("outbreak"),
    EventKind.DISASTER: mark("disaster"),
    EventKind.OTHER: mark("other"),
}
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
