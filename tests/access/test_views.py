"""The matrix of views: what a role sees of verified and unverified figures of the own and another unit.

A figure is changed and nothing else. A role sees it where the view answers otherwise; it is blind where every answer
stays the same to the last letter: then nothing that follows from the figure (an index, a rank, a sum) tells it either.
All cells stand in views.csv.
"""

from __future__ import annotations

import csv
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from kpi.access import Access, Right, open_allowed
from kpi.errors import AccessRefused, UnknownCode
from kpi.model import Verification
from kpi.store.publish import publish
from kpi.store.record import BatchHeader, Record
from tests.access.roles import ACCESSES, OTHER, OWN
from tests.access.views import NOW, answer, views
from tests.small_organisation import QUARTERS, TODAY, TOWN, figures, town
from tests.survival.conftest import tell

__all__ = ["tell"]

TABLE = Path(__file__).parent / "views.csv"
CHANGED = {
    "own": (OWN, "APS", NOW, 97.25),
    "other": (OTHER, "IMUNISASI", NOW, 61.75),
    "verified": (OTHER, "IMUNISASI", QUARTERS[5], 61.25),
}
"""The figure that is another one: of the own unit and of another, both unverified, and a verified one of another."""


@pytest.fixture(scope="module")
def stores(tmp_path_factory) -> dict[str, Path]:
    """The town as it is, and once for each changed figure."""
    return {name: _made(tmp_path_factory.mktemp("views"), CHANGED.get(name)) for name in ("as it is", *CHANGED)}


def _made(store: Path, changed) -> Path:
    table = figures().to_pylist()
    for row in table:
        if changed and (row["unit_code"], row["indicator_code"], row["period_start"]) == (
            changed[0], changed[1], changed[2].start,
        ):  # fmt: skip
            row["value"] = changed[3]
    header = BatchHeader(TOWN, made_by="test", file_name="town.csv", recorded_at=datetime(2026, 10, 1))  # noqa: DTZ001 - UTC
    with Record.opened(store, writing=True) as record:
        record.append(header, town(), figures().from_pylist(table, figures().schema))
        for unit in (OWN, "PKM_A", "PKM_B", "DINKES"):
            for quarter in QUARTERS[:-1]:
                record.set_state(TOWN, unit, quarter, Verification.VERIFIED, "test")
    publish(store, today=TODAY)
    return store


def _eyes(access: Access) -> Access:
    """Return the first role that may read the same: AllowedSnapshot asks for nothing else of an access."""
    parents = {code: unit.parent_code for code, unit in town().completed().units.items()}

    def reads(each: Access):
        reported = each.units(Right.READ_REPORTED, TOWN, parents)
        return each.may(Right.READ_PUBLISHED, TOWN), each.may(Right.READ_REPORTED), reported

    return next(each for each in ACCESSES.values() if reads(each) == reads(access))


@pytest.fixture(scope="module")
def ask(stores):
    """Return what a view tells an access in a store; each is asked once."""

    @cache
    def asked(name: str, which: str, access: Access) -> str | None:
        base = open_allowed(stores["as it is"], access)
        try:
            return answer(views()[name], open_allowed(stores[which], access), base)
        except (AccessRefused, UnknownCode):  # of an organisation that one may not see
            return None

    return asked


def _found(ask, name: str, whose: str, access: Access) -> str:
    eyes = _eyes(access)
    before, after = ask(name, "as it is", eyes), ask(name, whose, eyes)
    if before is None or after is None:
        return "refused"
    return "blind" if before == after else "sees"


def _table() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row["view"], row["figure"]): {role: row[role] for role in ACCESSES} for row in csv.DictReader(file)}


@pytest.mark.soak
def test_each_view_tells_each_role_what_the_table_says(ask, tell):
    table, found = _table(), {}
    for name in views():
        for whose in CHANGED:
            found[name, whose] = {role: _found(ask, name, whose, access) for role, access in ACCESSES.items()}
    cells = len(found) * len(ACCESSES)
    wrong = {key: cells for key, cells in found.items() if cells != table.get(key)}
    tell(
        "each view asked by each role",
        f"{len(views())} views × {len(CHANGED)} figures × {len(ACCESSES)} roles: {cells:,} cells, "
        f"{len(wrong)} rows otherwise than the table says",
    )
    assert not wrong, [f"{name},{whose},{','.join(cells.values())}" for (name, whose), cells in wrong.items()]


@pytest.mark.parametrize("name", views())
def test_a_view_tells_nothing_of_anothers_unverified_figure(ask, name):
    """The short form: the two ways in which somebody may not see it."""
    for role in ("officer", "public"):
        assert _found(ask, name, "other", ACCESSES[role]) == _table().get((name, "other"), {}).get(role), role


def test_every_view_stands_in_the_table_and_no_other():
    assert set(_table()) == {(name, whose) for name in views() for whose in CHANGED}


def test_what_nobody_may_see_no_view_tells():
    """Of another unit's unverified figure, those who read published figures alone learn nothing from any view."""
    for (name, whose), cells in _table().items():
        if whose == "other":
            told = {role for role, cell in cells.items() if cell == "sees"}
            assert told <= {"leadership", "planner", "local"}, name
