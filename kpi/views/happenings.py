"""What happened meanwhile: the events that concern a series, and where its limits start anew. Knows no screen.

Every view that draws a control chart takes its events and its new starts from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.model import EventKind
from kpi.periods import Period
from kpi.views.tree import UnitTree


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that concerns a chart. `place` says where among the periods: 0.5 = where the second one begins."""

    code: str
    place: float
    on: date
    kind: EventKind
    text: str
    author: str
    rebases_limits: bool


def happenings_of(
    events: pd.DataFrame, tree: UnitTree, unit_codes: Sequence[str], indicator_code: str, periods: Sequence[Period]
) -> tuple[Happening, ...]:
    """Return the events that concern any of the units (or one above them) and the indicator, oldest first.

    `events` as `snapshot.events()` gives them. Those before the first period or after the last one are left out: no
    place on the chart, and no figure that they would separate. One that concerns several things is given once, and
    starts limits anew if it does so for any of them.
    """
    if events.empty or not periods:
        return ()
    above = {place.unit_code for code in unit_codes for place in tree.way_to(code)}
    concerned = events[
        (events["unit_code"].isna() | events["unit_code"].isin(list(above)))
        & (events["indicator_code"].isna() | (events["indicator_code"] == indicator_code))
    ]
    found: dict[str, Happening] = {}
    for row in concerned.to_dict("records"):
        on, code = pd.Timestamp(row["happened_on"]).date(), str(row["event_code"])
        if not periods[0].start <= on <= periods[-1].end:
            continue
        rebases = bool(row["rebases_limits"]) or (code in found and found[code].rebases_limits)
        kind = EventKind(row["kind"])
        found[code] = Happening(code, _place(on, periods), on, kind, str(row["text"]), str(row["author"]), rebases)
    return tuple(sorted(found.values(), key=lambda event: (event.on, event.code)))


def new_starts(periods: Sequence[Period], happenings: Sequence[Happening]) -> npt.NDArray[np.bool_]:
    """Return a flag per period: limits start anew at it.

    That is the first period that begins on the day of an event that re-bases limits, or after it: a period in which the
    event fell belongs to neither way of working as a whole, and stays with the one before.
    """
    flags = np.zeros(len(periods), dtype=np.bool_)
    for event in happenings:
        begun = [at for at, period in enumerate(periods) if period.start >= event.on]
        if event.rebases_limits and begun:
            flags[begun[0]] = True
    return flags


def _place(on: date, periods: Sequence[Period]) -> float:
    """Return where a day lies: within its period by its share, between two that don't meet halfway between them."""
    for at, period in enumerate(periods):
        if on < period.start:
            return at - 0.5
        if on <= period.end:
            return at - 0.5 + (on - period.start).days / ((period.end - period.start).days + 1)
    return len(periods) - 0.5
