"""The matrix of doors: every door that writes × every role × the own and another unit, all cells in doors.csv."""

from __future__ import annotations

import csv
import importlib
import inspect
import pkgutil
import shutil
from pathlib import Path

import pytest

import kpi.intake
from kpi.access import grants, logged
from kpi.errors import AccessRefused
from kpi.model import Verification
from kpi.periods import Period
from kpi.store.access_log import ENTERED, REFUSED, read_logs
from kpi.store.record import Record
from tests.access.doors import DOORS
from tests.access.people_doors import staffed
from tests.access.roles import ACCESSES, OTHER, OWN
from tests.small_organisation import TOWN, small_store

__all__ = ["small_store"]
TABLE = Path(__file__).parent / "doors.csv"
UNITS = {"own": OWN, "other": OTHER}
INNER = {
    "check_changes", "check_definitions", "check_enters", "check_says", "check_units", "check_whole",
    "log_entered", "signed",
    "judged", "judged_anew", "tried", "recorded",  # what import_files, propose and commit are made of
    "record_comments",  # what enter_comment and import_commentary are made of
    "access_of",  # tests/access/test_grants.py
}  # fmt: skip
"""Functions that take an access and are no door of their own."""


def _table() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row["door"], row["unit"]): {role: row[role] for role in ACCESSES} for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def store(small_store, tmp_path_factory):
    """A town of its own whose first quarter of 2025 is verified."""
    made = tmp_path_factory.mktemp("doors") / "store"
    shutil.copytree(small_store, made)
    with Record.opened(made, writing=True) as record:
        for unit in UNITS.values():
            record.set_state(TOWN, unit, Period.parse("2025-Q1"), Verification.VERIFIED, "a test")
    staffed(made)
    return made


def _found(store: Path, door: str, unit: str, role: str, number: int) -> str:
    try:
        return "allowed" if DOORS[door](store, ACCESSES[role], unit, number) else "refused"
    except AccessRefused:
        return "refused"


@pytest.mark.parametrize("whose", UNITS)
@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_open_to_those_of_the_table_alone(store, door, whose):
    place = (list(DOORS).index(door) * 2 + list(UNITS).index(whose)) * len(ACCESSES)

    found = {role: _found(store, door, UNITS[whose], role, 1900 + place + at) for at, role in enumerate(ACCESSES)}

    assert found == _table().get((door, whose)), f"{door},{whose},{','.join(found.values())}"


def _doors() -> set[str]:
    """Return all public functions of intake, of grants and of the log that take an access."""
    modules = [grants, logged, *_modules("kpi.intake", kpi.intake.__path__)]
    return {
        name
        for module in modules
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
        and "Access" in inspect.get_annotations(function).values()
    }


def _modules(package: str, path: list[str]):
    return [importlib.import_module(each.name) for each in pkgutil.walk_packages(path, f"{package}.")]


def test_every_door_stands_in_the_table_and_no_other():
    assert _doors() - INNER == {door.partition(":")[0] for door in DOORS}
    assert set(_table()) == {(door, whose) for door in DOORS for whose in UNITS}


def test_no_function_of_intake_writes_without_an_access():
    writing = {
        f"{module.__name__}.{name}"
        for module in _modules("kpi.intake", kpi.intake.__path__)
        for name, function in vars(module).items()
        if inspect.isfunction(function)
        and function.__module__ == module.__name__
        and "writing=" in inspect.getsource(function)
        and "access" not in inspect.signature(function).parameters
    }
    assert writing == set()


def test_a_refused_entry_leaves_the_record_as_it_was_and_is_logged(store):
    before = (store / "record.duckdb").read_bytes()
    with pytest.raises(AccessRefused, match="PKM_A: you may not report figures"):
        DOORS["import_files: a value"](store, ACCESSES["officer"], OTHER, 4711)

    assert (store / "record.duckdb").read_bytes() == before
    entry = [entry for file in read_logs(store) for entry in file.entries][-1]
    assert (entry.act, entry.who, entry.unit_code) == (REFUSED, "officer@example.go.id", OTHER)


def test_an_entry_bears_the_name_of_who_signed_in_and_the_log_the_identity(store):
    report = DOORS["import_files: a value"](store, ACCESSES["officer"], OWN, 4712)

    with Record.opened(store, writing=False) as record:
        batch = record.batches()[-1]
    assert (batch.batch_number, batch.made_by) == (report.batches[-1], "officer")
    entry = [entry for file in read_logs(store) for entry in file.entries][-1]
    assert (entry.act, entry.who, entry.what) == (
        ENTERED,
        "officer@example.go.id",
        f"entered a batch {batch.batch_number}",
    )
