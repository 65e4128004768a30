"""The rows of each table, a piece at a time: an answer of any size costs the memory of one unit's figures."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from kpi.access import AllowedSnapshot
from kpi.api.faults import Fault
from kpi.api.questions import Question
from kpi.errors import UnknownCode
from kpi.views import export

_UNITS: Final = ["organisation_code", "unit_code", "name", "parent_code", "level", "valid_from", "valid_to"]
_INDICATORS: Final = [
    "organisation_code",
    "indicator_code",
    "name",
    "unit_of_measure",
    "polarity",
    "grain",
    "aggregation_over_periods",
    "aggregation_over_units",
    "decimals",
    "definition",
    "formula",
    "data_source",
    "responsible",
]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes on: after `rows` rows of a unit. Units come in the order of their codes."""

    organisation_code: str
    unit_code: str
    rows: int

    def cursor(self) -> str:
        """Return it as a text for a URL."""
        said = json.dumps([self.organisation_code, self.unit_code, self.rows])
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")

    @classmethod
    def of(cls, cursor: str) -> Place:
        """Read what `cursor` wrote. Raises Fault."""
        try:
            padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
            organisation, unit, rows = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        except (ValueError, TypeError, binascii.Error, RecursionError):
            organisation, unit, rows = None, None, None
        if isinstance(organisation, str) and isinstance(unit, str) and type(rows) is int and rows >= 0:
            return cls(organisation, unit, rows)
        raise Fault(404, "query parameter 'cursor'", "It leads nowhere.", "Take it from `next` of the answer before.")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows, and the place after the last of them."""

    rows: pd.DataFrame
    end: Place


def pieces(snapshot: AllowedSnapshot, asked: Question) -> Iterator[Piece]:
    """Return the rows asked for, in the order of `kpi export`. Raises Fault, and KpiError from below."""
    match asked.table:
        case "organisations":
            yield Piece(_organisations(snapshot), Place("", "", 0))
        case "units":
            yield Piece(_units(snapshot, asked), Place("", "", 0))
        case "indicators":
            yield Piece(_indicators(snapshot, asked), Place("", "", 0))
        case _:
            yield from _figures(snapshot, asked)


def columns(snapshot: AllowedSnapshot, asked: Question) -> list[str]:
    """Return the names of a table's columns, also where it has no rows."""
    match asked.table:
        case "organisations":
            return list(_organisations(snapshot).columns)
        case "units":
            return _UNITS
        case "indicators":
            return _INDICATORS
        case "scores":
            return export.SCORES
        case _:
            return [*export.FACTS, "span_start"] if asked.selection.to_date else export.FACTS


def _figures(snapshot: AllowedSnapshot, asked: Question) -> Iterator[Piece]:
    left = asked.limit
    for organisation, unit, skipped in _units_to_read(snapshot, asked):
        selection = replace(asked.selection, organisation_code=organisation, unit_codes=(unit,))
        if asked.table == "scores":
            rows = export.scores(snapshot, selection, asked.profile_code)
        else:
            rows = export.facts(snapshot, selection)
        rows = rows.iloc[skipped : None if left is None else skipped + left]
        if not rows.empty:
            yield Piece(rows, Place(organisation, unit, skipped + len(rows)))
        left = None if left is None else left - len(rows)
        if left == 0:
            return


def _units_to_read(snapshot: AllowedSnapshot, asked: Question) -> Iterator[tuple[str, str, int]]:
    """Return organisation, unit and the rows of it that were sent already, from the cursor's place on."""
    start = Place.of(asked.cursor) if asked.cursor else Place("", "", 0)
    for organisation in _known(snapshot, asked.selection.organisation_code):
        _check_codes(snapshot, organisation, asked)
        units = sorted(asked.selection.unit_codes or snapshot.units(organisation)["unit_code"].astype(str))
        for unit in dict.fromkeys(units):
            if (organisation, unit) >= (start.organisation_code, start.unit_code):
                is_start = (organisation, unit) == (start.organisation_code, start.unit_code)
                yield organisation, unit, start.rows if is_start else 0


def _check_codes(snapshot: AllowedSnapshot, organisation: str, asked: Question) -> None:
    """Raise UnknownCode before anything is sent; the view would only find it in the middle of an answer."""
    for kind, codes, known in (
        ("unit", asked.selection.unit_codes, snapshot.units),
        ("indicator", asked.selection.indicator_codes, snapshot.indicators),
    ):
        defined = set(known(organisation)[f"{kind}_code"].astype(str)) if codes else set()
        for code in codes:
            if code not in defined:
                raise UnknownCode(kind, code, sorted(defined))


def _organisations(snapshot: AllowedSnapshot) -> pd.DataFrame:
    rows = [
        (each.organisation_code, each.name, each.is_synthetic, snapshot.chosen_profile(each.organisation_code))
        for each in snapshot.organisations()
    ]
    return pd.DataFrame(rows, columns=["organisation_code", "name", "is_synthetic", "profile"])


def _units(snapshot: AllowedSnapshot, asked: Question) -> pd.DataFrame:
    tables = [
        snapshot.units(code).assign(organisation_code=code)
        for code in _known(snapshot, asked.selection.organisation_code)
    ]
    return pd.concat(tables, ignore_index=True)[_UNITS] if tables else pd.DataFrame(columns=_UNITS)


def _indicators(snapshot: AllowedSnapshot, asked: Question) -> pd.DataFrame:
    tables = [snapshot.indicators(code) for code in _known(snapshot, asked.selection.organisation_code)]
    return pd.concat(tables, ignore_index=True)[_INDICATORS] if tables else pd.DataFrame(columns=_INDICATORS)


def _known(snapshot: AllowedSnapshot, code: str | None) -> list[str]:
    known = sorted(each.organisation_code for each in snapshot.organisations())
    if code is not None and code not in known:
        raise UnknownCode("organisation", code, known)
    return known if code is None else [code]
