"""What units say of their figures: cause, obstacle, follow-up. Knows no screen and no language."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # the cells of a frame

import pandas as pd

from kpi.access import AllowedSnapshot, Right
from kpi.periods import MONTHS, Grain, Period
from kpi.views.gaps import Gap
from kpi.views.moments import local
from kpi.views.selection import Selection
from kpi.views.sheets import Pair

"""Unit and indicator."""


@dataclass(frozen=True, slots=True)
class Commentary:
    """A comment on a figure as it stands. `obstacle` empty = none named; `author` None = not for this reader.

    `owner`, a post, does the `follow_up` until `due`. `recorded_at` is the time here.
    """

    unit_code: str
    indicator_code: str
    period: Period
    cause: str
    obstacle: str
    follow_up: str
    owner: str
    due: date
    author: str | None
    recorded_at: datetime | None

    @property
    def pair(self) -> Pair:
        """The unit and the indicator that it is on."""
        return self.unit_code, self.indicator_code

    def days_left(self, today: date) -> int:
        """Return how many days the follow-up still has; below 0 = its due day has passed."""
        return (self.due - today).days


def commentary_for(snapshot: AllowedSnapshot, selection: Selection, pairs: Sequence[Pair]) -> tuple[Commentary, ...]:
    """Return the comments on figures of the selection's period and of periods within it, in the order of `pairs`.

    Of one pair the longest period comes first, then the newest. `to_date` changes nothing: who comments on a period
    has both its figures in sight.
    """
    period = selection.period
    found = _read(snapshot, selection.organisation_code, pairs, period.start, period.end, period.year_starts_in)
    within = [comment for comment in found if comment.period.start >= period.start]
    order = {pair: place for place, pair in enumerate(dict.fromkeys(pairs))}
    return tuple(sorted((comment for comment in within if comment.pair in order), key=lambda one: order[one.pair]))


def commentary_over(
    snapshot: AllowedSnapshot,
    organisation_code: str,
    indicator_code: str,
    unit_codes: Sequence[str],
    periods: Sequence[Period],
) -> tuple[Commentary, ...]:
    """Return the comments on an indicator's figures that end within `periods`, by unit as asked, the newest first."""
    if not periods:
        return ()
    pairs = [(unit, indicator_code) for unit in unit_codes]
    starts = periods[0].year_starts_in
    found = _read(snapshot, organisation_code, pairs, periods[0].start, periods[-1].end, starts)
    newest_first = sorted(found, key=lambda one: (one.period.end, one.period.start), reverse=True)
    return tuple(sorted(newest_first, key=lambda one: unit_codes.index(one.unit_code)))


def without_comment(missed: Iterable[Gap], comments: Iterable[Commentary]) -> tuple[Gap, ...]:
    """Return the missed figures on which nothing is said yet, in the order given."""
    said = {comment.pair for comment in comments}
    return tuple(gap for gap in missed if gap.pair not in said)


def may_comment(snapshot: AllowedSnapshot, organisation_code: str, missed: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return the figures on which the reader may comment: those of the units for which they report."""
    if not snapshot.access.may(Right.REPORT, organisation_code):
        return ()
    reach = snapshot.units_for(Right.REPORT, organisation_code)
    return tuple(gap for gap in missed if reach is None or gap.unit_code in reach)


def _read(
    snapshot: AllowedSnapshot,
    organisation_code: str,
    pairs: Sequence[Pair],
    first: date,
    last: date,
    year_starts_in: int,
) -> list[Commentary]:
    if not pairs:
        return []
    frame = snapshot.commentary(
        organisation_code,
        unit_codes=sorted({unit for unit, _ in pairs}),
        indicator_codes=sorted({indicator for _, indicator in pairs}),
        first=first,
        last=last,
    )
    found = [_commentary(row, year_starts_in) for row in frame.to_dict("records")]
    return sorted(found, key=lambda one: (-MONTHS[one.period.grain], -one.period.end.toordinal()))


def _commentary(row: Mapping[Hashable, Any], year_starts_in: int) -> Commentary:
    return Commentary(
        unit_code=str(row["unit_code"]),
        indicator_code=str(row["indicator_code"]),
        period=Period.beginning(row["period_start"].date(), Grain(row["grain"]), year_starts_in),
        **{name: str(row[name]) for name in ("cause", "obstacle", "follow_up", "owner")},
        due=row["due"].date(),
        author=None if pd.isna(row["author"]) else str(row["author"]),
        recorded_at=local(row["recorded_at"]),
    )
