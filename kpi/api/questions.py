"""What may be asked: the parameters of each table, read strictly; one table of them makes the description too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final  # Any: pieces of a JSON schema

from starlette.datastructures import QueryParams

from kpi.api.faults import DESCRIPTION, Fault
from kpi.errors import UsageError, did_you_mean
from kpi.periods import GRAINS, Grain, Period
from kpi.scoring.profile import profile_codes
from kpi.views.export import ExportSelection

MOST_ROWS: Final = 100_000
FORMATS: Final = ("json", "csv")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter. `schema` is JSON Schema; `is_list`: it may be given several times."""

    name: str
    says: str
    schema: Mapping[str, Any]
    is_list: bool = False
    is_needed: bool = False


_CODE: Final = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[^\s\x00-\x1f]+$"}
_MONTH: Final = {"type": "string", "pattern": r"^[0-9]{4}-(0[1-9]|1[0-2])$", "example": "2026-09"}
ORGANISATION: Final = Parameter("organisation", "one organisation; all of them unless told", _CODE)
FORMAT: Final = Parameter("format", "json unless told", {"type": "string", "enum": list(FORMATS)})
_FILTERS: Final = (
    ORGANISATION,
    Parameter("unit", "these units; all of them unless told. Needs organisation", _CODE, is_list=True),
    Parameter("indicator", "these indicators; all of them unless told. Needs organisation", _CODE, is_list=True),
    Parameter(
        "grain",
        "the length of the periods; each indicator's own unless told",
        {"type": "string", "enum": [str(each) for each in GRAINS]},
    ),
    Parameter(
        "to_date",
        "figures from the start of the year to the end of each period",
        {"type": "string", "enum": ["true", "false"]},
    ),
    Parameter("from", "periods that end in this month or after it", _MONTH),
    Parameter("to", "periods that end in this month or before it", _MONTH),
    Parameter(
        "as_known_at",
        "what was known at the end of this day; for those who may see figures before they are verified",
        {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "example": "2026-06-30"},
    ),
    Parameter("limit", "at most so many rows; `next` leads to the rest", {"type": "integer", "minimum": 1}),
    Parameter("cursor", "where the answer goes on: as `next` of the one before names it", {"type": "string"}),
)
_PROFILE: Final = Parameter("profile", "a rule profile; the organisation's own unless told", {"type": "string"})
TABLES: Final[Mapping[str, tuple[Parameter, ...]]] = {
    "organisations": (FORMAT,),
    "units": (ORGANISATION, FORMAT),
    "indicators": (ORGANISATION, FORMAT),
    "facts": (*_FILTERS, FORMAT),
    "scores": (*_FILTERS, _PROFILE, FORMAT),
}


@dataclass(frozen=True, slots=True)
class Question:
    """A request for one table, read."""

    table: str
    selection: ExportSelection
    profile_code: str | None
    as_known_at: date | None
    limit: int | None
    cursor: str | None
    format: str


def question(table: str, query: QueryParams, accepts: str) -> Question:
    """Return what is asked for. Raises Fault for a parameter that isn't known, given twice, or can't be read."""
    known = {parameter.name: parameter for parameter in TABLES[table]}
    given = _given(query, known)
    first, last = _month(given, "from"), _month(given, "to")
    if first and last and first.start > last.end:
        raise Fault(400, "query parameters 'from' and 'to'", f"{first.code} lies after {last.code}.", "Swap them.")
    organisation = _one(given, "organisation")
    units, indicators = tuple(given.get("unit", ())), tuple(given.get("indicator", ()))
    if (units or indicators) and organisation is None:
        raise Fault(400, "query", "Codes of units and indicators are those of one organisation.", "Add organisation.")
    grain = _among(given, "grain", [str(each) for each in GRAINS])
    selection = ExportSelection(
        organisation,
        units,
        indicators,
        Grain(grain) if grain else None,
        first.start if first else None,
        last.end if last else None,
        to_date=_among(given, "to_date", ["true", "false"]) == "true",
    )
    as_csv = "csv" if "text/csv" in accepts else "json"
    return Question(
        table,
        selection,
        _among(given, "profile", profile_codes()),
        _day(given, "as_known_at"),
        _limit(given),
        _one(given, "cursor"),
        _among(given, "format", FORMATS) or as_csv,
    )


def _given(query: QueryParams, known: Mapping[str, Parameter]) -> dict[str, list[str]]:
    """Return the values of each parameter: a name that isn't known would else be a filter that filters nothing."""
    given: dict[str, list[str]] = {}
    for name, value in query.multi_items():
        if name not in known:
            remedy = f"Leave it out.{did_you_mean(name, known)} See {DESCRIPTION}."
            raise Fault(400, f"query parameter '{name}'", "There is no such parameter here.", remedy)
        if not value:
            raise Fault(400, f"query parameter '{name}'", "It is empty.", "Give it a value, or leave it out.")
        given.setdefault(name, []).append(value)
    for name, values in given.items():
        if len(values) > 1 and not known[name].is_list:
            raise Fault(400, f"query parameter '{name}'", f"It is given {len(values)} times.", "Give it once.")
    return given


def _one(given: Mapping[str, Sequence[str]], name: str) -> str | None:
    return given[name][0] if name in given else None


def _among(given: Mapping[str, Sequence[str]], name: str, known: Iterable[str]) -> str | None:
    value, known = _one(given, name), list(known)
    if value is not None and value not in known:
        remedy = f"Choose one of: {', '.join(known)}.{did_you_mean(value, known)}"
        raise Fault(400, f"query parameter '{name}'", f"'{value}' is none of its values.", remedy)
    return value


def _month(given: Mapping[str, Sequence[str]], name: str) -> Period | None:
    value = _one(given, name)
    if value is None:
        return None
    try:
        period = Period.parse(value)
    except (UsageError, ValueError):
        period = None
    if period is None or period.grain is not Grain.MONTH:
        raise Fault(400, f"query parameter '{name}'", f"'{value}' is no month.", "Write it as 2026-09.")
    return period


def _day(given: Mapping[str, Sequence[str]], name: str) -> date | None:
    value = _one(given, name)
    try:
        return date.fromisoformat(value) if value is not None else None
    except ValueError:
        raise Fault(400, f"query parameter '{name}'", f"'{value}' is no day.", "Write it as 2026-06-30.") from None


def _limit(given: Mapping[str, Sequence[str]]) -> int | None:
    value = _one(given, "limit")
    if value is None:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 20 and int(value) > 0):
        raise Fault(400, "query parameter 'limit'", f"'{value}' is no number of rows.", "Give a whole number above 0.")
    return min(int(value), MOST_ROWS)
