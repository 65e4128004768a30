"""The ledger: every batch, what was kept with it, every figure that stopped standing, and which ratings that turned.

Knows no screen and no language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.model import AggregationOverPeriods, AggregationOverUnits
from kpi.periods import Grain, Period
from kpi.scoring.profile import RuleProfile
from kpi.scoring.table import score_table
from kpi.views.lineage import Rules
from kpi.views.moments import local
from kpi.views.plain_rows import names_by, plain_rows
from kpi.views.selection import Selection
from kpi.views.sheets import Sheet, sheets_in
from kpi.views.tree import tree_of
from kpi.views.turned import Side

AT_MOST: Final = 5_000
"""Restatements shown at a time, the newest ones; a filter reaches the others."""
_KEYS: Final = ["unit_code", "indicator_code", "grain", "period_start", "period_end"]
_SCORED_BY: Final = ["indicator_code", "polarity", "worst_value", "is_full_at_target", "conversion_scale"]


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One entry into the record. `recorded_at` in local time; `withdraws` is the batch that it takes out of force."""

    number: int
    kind: str
    recorded_at: datetime | None
    made_by: str
    reason: str | None
    file_name: str | None
    accepted: int
    unchanged: int
    rejected: int
    held: int
    withdraws: int | None
    is_withdrawn: bool

    @property
    def can_be_undone(self) -> bool:
        """Whether it may be withdrawn: it stands, and is itself no withdrawal."""
        return not self.is_withdrawn and self.withdraws is None


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A warning kept with a batch. `text` is an English msgid whose places `values` fill."""

    severity: str
    line: int | None
    sheet: str | None
    cell: str | None
    text: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Restated:
    """A figure that one batch made another. `field` is value, target, or both; `kind` how it came about."""

    unit_code: str
    unit_name: str
    sheet: Sheet
    period: Period
    field: str
    kind: str
    before: Side
    after: Side
    batch_number: int | None = None
    recorded_at: datetime | None = None
    made_by: str = ""
    reason: str | None = None

    @property
    def turns_rating(self) -> bool:
        """Whether the figure is rated otherwise than before; not rated is an answer too."""
        return self.before.rating != self.after.rating


@dataclass(frozen=True, slots=True)
class Restatements:
    """What the ledger says: the newest change first, at most AT_MOST of `total`."""

    rows: tuple[Restated, ...]
    total: int

    @property
    def turned(self) -> int:
        """How many of the rows have another rating."""
        return sum(row.turns_rating for row in self.rows)

    @property
    def batches(self) -> int:
        """How many batches made them."""
        return len({row.batch_number for row in self.rows})


def batches_of(snapshot: AllowedSnapshot, organisation_code: str) -> tuple[BatchLine, ...]:
    """Return all batches of an organisation, the newest first."""
    frame = snapshot.batches(organisation_code)
    rows = plain_rows(frame)
    return tuple(
        BatchLine(
            number=int(row["batch_number"]),
            kind=str(row["kind"]),
            recorded_at=local(row["recorded_at"]),
            made_by=row["made_by"] or "",
            reason=row["reason"],
            file_name=row["file_name"],
            accepted=int(row["accepted"]),
            unchanged=int(row["unchanged"]),
            rejected=int(row["rejected"]),
            held=int(row["held"]),
            withdraws=None if row["withdraws"] is None else int(row["withdraws"]),
            is_withdrawn=bool(row["is_withdrawn"]),
        )
        for row in rows
    )


def findings_kept(snapshot: AllowedSnapshot, batch_number: int) -> tuple[KeptFinding, ...]:
    """Return the warnings kept with a batch, in the order of the file."""
    frame = snapshot.batch_findings(batch_number)
    rows = plain_rows(frame)
    return tuple(
        KeptFinding(
            str(row["severity"]),
            None if row["line"] is None else int(row["line"]),
            row["sheet"],
            row["cell"],
            str(row["text"]),
            dict(row["values"]),
        )
        for row in rows
    )


def restatements(
    snapshot: AllowedSnapshot,
    selection: Selection,
    unit_code: str | None,
    indicator_code: str | None,
    first: date | None,
    last: date | None,
    profile: RuleProfile,
) -> Restatements:
    """Return the changes of a unit with all below it (None: of all), of an indicator, of periods that end in between.

    Both states are scored with `profile`, as the unit's own figure of that period.
    """
    organisation, codes = selection.organisation_code, None
    if unit_code is not None:
        codes = tree_of(snapshot.units(organisation)).subtree(unit_code)
    frame = snapshot.restatements(organisation, codes, indicator_code, first, last)
    rows = judged(snapshot, selection, frame.head(AT_MOST), profile)
    return Restatements(rows, len(frame))


def judged(
    snapshot: AllowedSnapshot, selection: Selection, frame: pd.DataFrame, profile: RuleProfile
) -> tuple[Restated, ...]:
    """Return rows with both states scored: from_… and to_… of value, target and target_high under the figure's keys.

    Reads field, kind, batch_number, recorded_at, made_by and reason where they are there.
    """
    if frame.empty:
        return ()
    indicators = snapshot.indicators(selection.organisation_code)
    sheets = sheets_in(indicators)
    units = snapshot.units(selection.organisation_code)
    names = names_by("unit_code", units)
    told = {"field": "both", "kind": "", "batch_number": None, "recorded_at": None, "made_by": "", "reason": None}
    frame = frame.reset_index(drop=True).assign(**{k: v for k, v in told.items() if k not in frame.columns})
    before, after = (_scored(frame, side, indicators, profile) for side in ("from", "to"))
    rows = frame[[*_KEYS, *told]].astype(object)
    found = []
    year_starts_in = selection.period.year_starts_in
    for row, was, now in zip(rows.where(rows.notna(), None).to_dict("records"), before, after, strict=True):
        unit, indicator = str(row["unit_code"]), str(row["indicator_code"])
        start = pd.Timestamp(row["period_start"]).date()
        found.append(
            Restated(
                unit_code=unit,
                unit_name=names.get(unit, unit),
                sheet=sheets.get(indicator) or _unpublished(indicator),
                period=Period.beginning(start, Grain(str(row["grain"])), year_starts_in),
                field=str(row["field"]),
                kind=str(row["kind"]),
                before=was,
                after=now,
                batch_number=None if row["batch_number"] is None else int(row["batch_number"]),
                recorded_at=None if row["recorded_at"] is None else local(row["recorded_at"]),
                made_by=row["made_by"] or "",
                reason=row["reason"],
            )
        )
    return tuple(found)


def _scored(frame: pd.DataFrame, side: str, indicators: pd.DataFrame, profile: RuleProfile) -> list[Side]:
    """Return the figures of one side, scored; in the order of `frame`."""
    columns = {f"{side}_{name}": name for name in ("value", "target", "target_high")}
    table = frame[["indicator_code", *columns]].rename(columns=columns)
    scored = score_table(table.merge(indicators[_SCORED_BY], on="indicator_code", how="left"), profile)
    rows = zip(*(scored[name] for name in ("value", "target", "target_high", "index", "rating")), strict=True)
    return [
        Side(float(value), float(target), float(high), float(index), None if pd.isna(rating) else str(rating))
        for value, target, high, index, rating in rows
    ]


def _unpublished(indicator_code: str) -> Sheet:
    """Return a bare sheet of an indicator that the snapshot doesn't know: it was recorded and not published yet."""
    nothing = Rules(None, AggregationOverPeriods.NONE, AggregationOverUnits.NONE, 1.0, 2, 1)
    return Sheet(indicator_code, indicator_code, "", nothing)
