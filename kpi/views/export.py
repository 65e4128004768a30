"""The tables of `kpi export`, of figures and of what is said of them, with the columns of docs/command-line.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.errors import UnknownCode
from kpi.periods import Grain
from kpi.scoring.profile import RuleProfile, load_profile
from kpi.scoring.table import score_table

KEYS: Final = [
    "organisation_code",
    "unit_code",
    "unit_name",
    "indicator_code",
    "indicator_name",
    "period_start",
    "period_end",
]
SCORES: Final = [
    *KEYS,
    "value",
    "target",
    "target_high",
    "achievement_percent",
    "index_percent",
    "rating",
    "status",
    "reason",
    "weight",
]
FACTS: Final = [
    *KEYS,
    "value",
    "target",
    "target_high",
    "weight",
    "numerator",
    "denominator",
    "parts_expected",
    "parts_present",
    "is_complete",
]
EVENTS: Final = [
    "organisation_code",
    "event_code",
    "happened_on",
    "kind",
    "unit_code",
    "indicator_code",
    "text",
    "author",
    "rebases_limits",
]
COMMENTARY: Final = [
    "organisation_code",
    "unit_code",
    "indicator_code",
    "period_start",
    "period_end",
    "cause",
    "obstacle",
    "follow_up",
    "owner",
    "due",
    "author",
]
_ORDER: Final = ["organisation_code", "unit_code", "indicator_code", "period_start", "period_end"]


@dataclass(frozen=True, slots=True)
class ExportSelection:
    """What to export. Empty tuples and None mean all; `first` and `last` are inclusive, by the last day of a period."""

    organisation_code: str | None = None
    unit_codes: tuple[str, ...] = ()
    indicator_codes: tuple[str, ...] = ()
    grain: Grain | None = None
    first: date | None = None
    last: date | None = None
    to_date: bool = False


def facts(snapshot: AllowedSnapshot, selection: ExportSelection) -> pd.DataFrame:
    """One row per organisation, unit, indicator and period; with `to_date` also the start of the span.

    Raises UnknownCode for an organisation, unit or indicator that the snapshot lacks.
    """
    columns = [*FACTS, "span_start"] if selection.to_date else FACTS
    return _ordered(_facts(snapshot, selection))[columns]


def scores(snapshot: AllowedSnapshot, selection: ExportSelection, profile_code: str | None = None) -> pd.DataFrame:
    """One row per fact, scored or not; percentages uncapped (`achievement_percent`) and capped (`index_percent`).

    Without `profile_code` each organisation is scored with the profile it has chosen for the year. Raises UnknownCode
    and ProfileError.
    """
    table = _facts(snapshot, selection)
    parts = [
        score_table(rows, _profile(snapshot, str(organisation), int(str(year)), profile_code))
        for (organisation, year), rows in table.groupby(["organisation_code", "year"], sort=False)
    ]
    empty = score_table(table, load_profile(profile_code or "kmk")) if not parts else None
    scored = pd.concat(parts, ignore_index=True) if empty is None else empty
    scored = scored.assign(achievement_percent=scored["achievement"] * 100, index_percent=scored["index"] * 100)
    return _ordered(scored)[SCORES]


def measurements(snapshot: AllowedSnapshot, selection: ExportSelection) -> pd.DataFrame:
    """One row per figure as it was reported, in the columns that `kpi import` reads.

    `grain` None = every grain that was reported; `to_date` has no meaning here. Raises UnknownCode.
    """
    tables = []
    for code in _organisations(snapshot, selection.organisation_code):
        _check_codes(snapshot, code, selection)
        rows = snapshot.measurements(
            code,
            unit_codes=selection.unit_codes or None,
            indicator_codes=selection.indicator_codes or None,
            grain=selection.grain,
            first=selection.first,
            last=selection.last,
        )
        rows.insert(0, "organisation_code", code)
        tables.append(rows)
    return _ordered(pd.concat(tables, ignore_index=True))


def events(snapshot: AllowedSnapshot, selection: ExportSelection) -> pd.DataFrame:
    """One row per event and what it concerns, in the columns that `kpi import --events` reads.

    Of the selection it reads the organisation, and `first` and `last` by the day of the event. Raises UnknownCode.
    """
    tables = [
        snapshot.events(code).assign(organisation_code=code)
        for code in _organisations(snapshot, selection.organisation_code)
    ]
    table = pd.concat(tables, ignore_index=True)
    days = table["happened_on"]
    if selection.first:
        table = table[days >= pd.Timestamp(selection.first)]
    if selection.last:
        table = table[days <= pd.Timestamp(selection.last)]
    rebases = table["rebases_limits"].map({True: "yes", False: "no"})
    return table.assign(rebases_limits=rebases)[EVENTS].reset_index(drop=True)


def commentary(snapshot: AllowedSnapshot, selection: ExportSelection) -> pd.DataFrame:
    """One row per comment on a figure as it stands, in the columns that `kpi import --commentary` reads.

    `grain` None = every grain that was commented on; `to_date` has no meaning here. Raises UnknownCode.
    """
    tables = []
    for code in _organisations(snapshot, selection.organisation_code):
        _check_codes(snapshot, code, selection)
        rows = snapshot.commentary(
            code,
            unit_codes=selection.unit_codes or None,
            indicator_codes=selection.indicator_codes or None,
            first=selection.first,
            last=selection.last,
        )
        chosen = rows if selection.grain is None else rows[rows["grain"] == selection.grain.value]
        tables.append(chosen.assign(organisation_code=code))
    return _ordered(pd.concat(tables, ignore_index=True))[COMMENTARY]


def _profile(snapshot: AllowedSnapshot, organisation_code: str, year: int, profile_code: str | None) -> RuleProfile:
    return load_profile(profile_code or snapshot.chosen_profile(organisation_code, year))


def _facts(snapshot: AllowedSnapshot, selection: ExportSelection) -> pd.DataFrame:
    tables = []
    for code in _organisations(snapshot, selection.organisation_code):
        _check_codes(snapshot, code, selection)
        rows = snapshot.facts(
            code,
            unit_codes=selection.unit_codes or None,
            indicator_codes=selection.indicator_codes or None,
            grain=selection.grain,
            first=selection.first,
            last=selection.last,
            to_date=selection.to_date,
        )
        tables.append(rows.assign(organisation_code=code))
    return pd.concat(tables, ignore_index=True)


def _organisations(snapshot: AllowedSnapshot, code: str | None) -> list[str]:
    known = [organisation.organisation_code for organisation in snapshot.organisations()]
    if code is None:
        return known
    if code not in known:
        raise UnknownCode("organisation", code, known)
    return [code]


def _check_codes(snapshot: AllowedSnapshot, organisation_code: str, selection: ExportSelection) -> None:
    if selection.organisation_code is None:
        return
    known_units = set(snapshot.units(organisation_code)["unit_code"])
    for unit in selection.unit_codes:
        if unit not in known_units:
            raise UnknownCode("unit", unit, sorted(known_units))
    known_indicators = set(snapshot.indicators(organisation_code)["indicator_code"])
    for indicator in selection.indicator_codes:
        if indicator not in known_indicators:
            raise UnknownCode("indicator", indicator, sorted(known_indicators))


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(_ORDER, kind="stable", ignore_index=True)
