"""How each view is asked in the matrix: an argument for every parameter's name, and an answer as a text to compare."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import io
import pkgutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import Enum
from types import ModuleType
from typing import Any  # answers are of any type

import numpy as np
import pandas as pd
import pyarrow as pa

import kpi.intake.templates
import kpi.views
from kpi.access import AllowedSnapshot
from kpi.model import Organisation, SnapshotMeta
from kpi.periods import Grain, Period
from kpi.scoring.profile import load_profile
from kpi.views.export import ExportSelection
from kpi.views.selection import Selection
from kpi.views.sheets import sheets_of
from kpi.views.tree import Place
from kpi.views.turned import Touched
from tests.access.roles import OTHER, OWN
from tests.small_organisation import TOWN

View = Callable[..., Any]
NOW, BEFORE = Period.parse("2026-Q3"), Period.parse("2026-Q2")
YEAR = Period.parse("2026")
UNITS = (OWN, OTHER, "DINKES", TOWN)
INDICATORS = ("APS", "IMUNISASI")
_PAIRS = tuple((unit, code) for unit in UNITS for code in INDICATORS)
_FIXED: dict[str, object] = {
    "organisation_code": TOWN,
    "profile": load_profile("kmk"),
    "profile_code": None,
    "limit": 5,
    "pairs": _PAIRS,
    "codes": UNITS,
    "unit_codes": UNITS,
    "units": tuple(Place(unit, unit) for unit in UNITS),
    "year": YEAR,
    "first": Period.parse("2025-Q1").end,
    "last": NOW.end,
    "first_year": 2025,
    "grain": Grain.QUARTER,
    "year_starts_in": 1,
    "unit_page": 1,
    "batch_number": 1,
    "language": "id",
    "touched": tuple(Touched(unit, code, period) for unit, code in _PAIRS for period in (NOW, BEFORE)),
    "frame": pd.DataFrame(),
    "missed": (),
    "with_units_below": True,
    "against": "previous",
}
_TURNS: tuple[dict[str, object], ...] = (
    {
        "unit_code": OWN,
        "indicator_code": "APS",
        "pair": (OWN, "APS"),
        "parent_code": TOWN,
        "group": TOWN,
        "period": NOW,
    },
    {
        "unit_code": OTHER,
        "indicator_code": "IMUNISASI",
        "pair": (OTHER, "IMUNISASI"),
        "parent_code": "DINKES",
        "group": "DINKES",
        "period": NOW,
    },
    {
        "unit_code": "DINKES",
        "indicator_code": "IMUNISASI",
        "pair": ("DINKES", "IMUNISASI"),
        "parent_code": TOWN,
        "group": TOWN,
        "period": BEFORE,
    },
)
"""What a view is asked, one after another, of the parameters that it has; its answers are compared together."""
NOT_ASKED = {
    "judged": "scores a frame that it is given: look_ahead among the doors says who gets one",
    "unsaid": "counts gaps that it is given",
}


def views() -> dict[str, View]:
    """Return every public function of views and templates whose first parameter is a snapshot in someone's eyes."""
    packages = (kpi.views, kpi.intake.templates)
    return {
        f"{module.__name__.removeprefix('kpi.').removeprefix('views.')}.{name}": function
        for package in packages
        for module in _modules(package)
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
        and _takes_figures(function)
        and name not in NOT_ASKED
    }


def _takes_figures(function: Callable[..., object]) -> bool:
    """Whether it is asked of figures; what is asked of people has its own tests (tests/access/test_people.py)."""
    asked = [str(kind) for kind in inspect.get_annotations(function).values()]
    return any("AllowedSnapshot" in kind for kind in asked) and not any("AllowedPeople" in kind for kind in asked)


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(package.__path__):
        yield importlib.import_module(f"{package.__name__}.{found.name}")


def answer(view: View, snapshot: AllowedSnapshot, base: AllowedSnapshot) -> str:
    """Return as a text all that a view tells in `snapshot`; `base` is what views of two snapshots compare it with."""
    parameters = list(inspect.signature(view).parameters.values())
    calls = [{each.name: _argument(each, turn, snapshot, base) for each in parameters} for turn in range(len(_TURNS))]
    distinct = {said(call): call for call in calls}
    return "\n".join(said(view(**call)) for call in distinct.values())


def _argument(parameter: inspect.Parameter, turn: int, snapshot: AllowedSnapshot, base: AllowedSnapshot) -> object:
    kind = str(parameter.annotation)
    if kind == "AllowedSnapshot":
        return base if parameter.name == "before" else snapshot
    if kind == "ExportSelection":
        return ExportSelection(TOWN, grain=Grain.QUARTER, to_date=turn > 1)
    if kind == "Selection":
        return Selection(TOWN, NOW, turn > 1, "kmk")
    if kind == "Organisation":
        return Organisation(TOWN, "Kota Contoh")
    if kind.startswith("dict[str, Sheet]"):
        return sheets_of(snapshot, TOWN)
    if kind == "Sequence[Period]":
        return NOW, BEFORE
    return _TURNS[turn][parameter.name] if parameter.name in _TURNS[turn] else _FIXED[parameter.name]


def said(found: object) -> str:
    """Return an answer as a text in which two answers differ where a reader could see it; moments are left out."""
    match found:
        case SnapshotMeta() | datetime() | AllowedSnapshot():
            return "…"
        case pd.DataFrame():
            moments = [name for name in found if "recorded" in str(name) or "published_at" in str(name)]
            return found.drop(columns=moments).to_csv()
        case pd.Series() | np.ndarray():
            return str(found.tolist())
        case pa.Table():
            return str(found.to_pydict())
        case bytes():
            return _workbook(found)
        case Enum() | str() | int() | float() | None:
            return repr(found)
        case Mapping():
            return str([(said(key), said(value)) for key, value in found.items()])
        case set() | frozenset():
            return str(sorted(said(each) for each in found))
        case list() | tuple():
            return str([said(each) for each in found])
    if dataclasses.is_dataclass(found):
        parts = {part.name: getattr(found, part.name) for part in dataclasses.fields(found)}
        return f"{type(found).__name__} {said(parts)}"
    if hasattr(found, "model_dump_json"):
        return found.model_dump_json()  # type: ignore[attr-defined] - a rule profile
    return str(found)


def _workbook(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(
            book.read(name).decode("utf-8", "replace") for name in sorted(book.namelist()) if "core" not in name
        )
