"""What a row of texts says of a figure, and what is wrong with it. Pure: knows no store and no file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from kpi.errors import KpiError
from kpi.intake.messages import Message, mark
from kpi.model import Comment
from kpi.periods import Period

FIGURE: Final = ("unit_code", "indicator_code", "period_start", "period_end")
SAID: Final = ("cause", "obstacle", "follow_up", "owner", "due")
"""What a person writes of a figure."""
NEEDED: Final = (*FIGURE, "cause", "follow_up", "owner", "due")
COLUMNS: Final = (*FIGURE, *SAID, "author")
LONGEST: Final = 1000
"""Letters of a text: what a reader of a report reads."""


def comment_from(organisation_code: str, row: Mapping[str, str], made_by: str, year_starts_in: int = 1) -> Comment:
    """Return the comment that a row of texts states; raises KpiError naming the first fault."""
    for column, message in faults_of(row, year_starts_in):
        raise KpiError("{column}: {message}", column=column, message=message)
    text = {name: row.get(name, "").strip() for name in COLUMNS}
    period = _period(text, year_starts_in)
    assert period is not None  # it has no fault
    return Comment(
        organisation_code=organisation_code,
        unit_code=text["unit_code"],
        indicator_code=text["indicator_code"],
        grain=period.grain.value,
        period_start=period.start,
        period_end=period.end,
        **{name: text[name] for name in ("cause", "obstacle", "follow_up", "owner")},
        due=date.fromisoformat(text["due"]),
        author=text["author"] or made_by,
    )


def faults_of(row: Mapping[str, str], year_starts_in: int = 1) -> Iterable[tuple[str, Message]]:
    """Give each fault of a row of texts: its column and what is wrong, with the remedy."""
    text = {name: row.get(name, "").strip() for name in COLUMNS}
    for column in NEEDED:
        if not text[column]:
            yield column, Message(mark("is empty. Fill it in."))
    for column in ("period_start", "period_end", "due"):
        if text[column] and _day(text[column]) is None:
            yield column, Message(mark("'{text}' is no date. Write it as 2026-09-30."), {"text": text[column]})
    start, end, due = (_day(text[name]) for name in ("period_start", "period_end", "due"))
    if start and end and _period(text, year_starts_in) is None:
        words = mark("{start} to {end} is no month, quarter, semester or year. Mend the two days.")
        yield "period_end", Message(words, {"start": start, "end": end})
    if start and due and due < start:
        words = mark("{due} lies before the period begins. Write the day until which it is to be done.")
        yield "due", Message(words, {"due": due})
    for column in (*SAID[:-1], "author"):
        if len(text[column]) > LONGEST:
            words = mark("has {count} letters. Say it in at most {most}.")
            yield column, Message(words, {"count": len(text[column]), "most": LONGEST})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _period(text: Mapping[str, str], year_starts_in: int) -> Period | None:
    start, end = _day(text["period_start"]), _day(text["period_end"])
    return None if start is None or end is None else Period.of_span(start, end, year_starts_in)
