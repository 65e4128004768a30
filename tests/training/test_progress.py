"""Progress is kept without names, and is seen as counts of five persons and more alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kpi.access import LOCAL, PUBLIC, Access, AllowedSnapshot, Grant, Role, allowed_snapshot
from kpi.errors import AccessRefused
from kpi.store.snapshot import Snapshot
from kpi.store.training import FOLDER, add_step, own_steps, steps_of
from kpi.training.progress import keep, own_unit, solved, training_counts
from kpi.training.walks import Kind, codes_of
from tests.small_organisation import TOWN

WALK = Kind.OFFICER


def person(number: int, role: Role = Role.OFFICER, unit: str | None = None) -> Access:
    return Access(f"pegawai{number}@kota.example", f"Pegawai {number}", (Grant(role, TOWN, unit),))


@pytest.fixture
def snapshot_of(small_store: Path):
    """The town's snapshot in somebody's eyes."""

    def made(access: Access) -> AllowedSnapshot:
        return allowed_snapshot(small_store, Snapshot.open(small_store), access)

    return made


def learn(store: Path, unit: str, finished: int, begun: int, first: int) -> None:
    for number in range(first, first + finished + begun):
        codes = codes_of(WALK) if number < first + finished else codes_of(WALK)[:1]
        for code in codes:
            keep(store, person(number, unit=unit), TOWN, TOWN, WALK, code)


def test_what_is_solved_is_there_again_tomorrow_for_the_same_person_alone(tmp_path: Path):
    keep(tmp_path, person(1), TOWN, "DINKES", WALK, "origin")

    assert solved(tmp_path, person(1), TOWN) == {("officer", "origin")}
    assert solved(tmp_path, person(2), TOWN) == set()
    assert solved(tmp_path, person(1), "LAIN") == set()


def test_no_name_and_no_address_stands_in_the_file_and_its_owner_alone_reads_it(tmp_path: Path):
    keep(tmp_path, person(1), TOWN, "DINKES", WALK, "origin")
    folder = tmp_path / FOLDER
    written = (folder / "steps.jsonl").read_text()

    assert "pegawai1" not in written.lower()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_two_stores_know_one_person_by_two_pseudonyms(tmp_path: Path):
    for store in (tmp_path / "a", tmp_path / "b"):
        add_step(store, "sari", TOWN, TOWN, "officer", "origin")
    one, other = (steps_of(store, TOWN)[0].learner for store in (tmp_path / "a", tmp_path / "b"))

    assert one != other


def test_a_line_that_a_kill_cut_off_loses_itself_alone(tmp_path: Path):
    add_step(tmp_path, "sari", TOWN, TOWN, "officer", "origin")
    path = tmp_path / FOLDER / "steps.jsonl"
    path.write_bytes(path.read_bytes() + b'{"at": "2026-')
    add_step(tmp_path, "sari", TOWN, TOWN, "officer", "late_unit")

    assert [step.task for step in own_steps(tmp_path, "sari", TOWN)] == ["origin", "late_unit"]


def test_nothing_is_kept_of_the_public(tmp_path: Path):
    keep(tmp_path, PUBLIC, TOWN, TOWN, WALK, "origin")

    assert not (tmp_path / FOLDER).exists()


def test_whoever_may_see_nothing_of_an_organisation_learns_nothing_in_it(tmp_path: Path):
    stranger = Access("x@lain.example", "X", (Grant(Role.OFFICER, "LAIN"),))

    with pytest.raises(AccessRefused):
        keep(tmp_path, stranger, TOWN, TOWN, WALK, "origin")


def test_a_role_in_a_unit_says_for_which_unit_one_learns(tmp_path: Path):
    keep(tmp_path, person(1, unit="PKM_A"), TOWN, "DINKES", WALK, "origin")

    assert own_unit(person(1, unit="PKM_A"), TOWN) == "PKM_A"
    assert steps_of(tmp_path, TOWN)[0].unit_code == "PKM_A"


def test_counts_under_five_are_not_shown_nor_can_they_be_subtracted_out(tmp_path: Path, snapshot_of):
    learn(tmp_path, "DINKES", finished=6, begun=3, first=0)
    learn(tmp_path, "DISDIK", finished=5, begun=1, first=100)
    learn(tmp_path, "DPU", finished=1, begun=2, first=200)
    counts = training_counts(tmp_path, snapshot_of(person(9, Role.PEOPLE_MANAGER)), TOWN)
    shown = {each.unit_code: (each.begun, each.finished) for each in counts.units}

    assert shown["DPU"] == (None, None)
    hidden = 18 - sum(begun for begun, _ in shown.values() if begun is not None)
    assert counts.begun == 18
    assert hidden >= 5
    assert [code for code in ("DINKES", "DISDIK", "DPU") if shown[code] == (None, None)] == ["DISDIK", "DPU"]
    assert shown["DINKES"] == (9, 6)


def test_a_unit_without_learners_reads_as_one_with_few(tmp_path: Path, snapshot_of):
    learn(tmp_path, "DINKES", finished=4, begun=2, first=0)
    counts = training_counts(tmp_path, snapshot_of(person(9, Role.PEOPLE_MANAGER)), TOWN)
    shown = {each.unit_code: each.begun for each in counts.units}

    assert shown["DINKES"] == 6
    assert shown["ARSIP"] is None
    assert counts.begun is None  # else the rest would be known to be nobody


def test_a_person_who_learns_for_two_units_counts_once(tmp_path: Path, snapshot_of):
    for number in range(6):
        keep(tmp_path, person(number, unit="DPU"), TOWN, TOWN, WALK, "origin")
        keep(tmp_path, person(number, unit="DINKES"), TOWN, TOWN, WALK, "late_unit")
    counts = training_counts(tmp_path, snapshot_of(LOCAL), TOWN)

    assert {each.unit_code: each.begun for each in counts.units if each.begun} == {"DINKES": 6}


def test_a_manager_of_one_unit_sees_its_counts_and_no_totals(tmp_path: Path, snapshot_of):
    learn(tmp_path, "DINKES", finished=6, begun=0, first=0)
    counts = training_counts(tmp_path, snapshot_of(person(9, Role.PEOPLE_MANAGER, "DINKES")), TOWN)

    assert {each.unit_code for each in counts.units} == {"DINKES", "PKM_A", "PKM_B"}
    assert counts.begun is None


@pytest.mark.parametrize("role", [Role.OFFICER, Role.PLANNER, Role.EMPLOYEE, Role.PUBLIC, Role.ADMINISTRATOR])
def test_nobody_else_sees_counts(tmp_path: Path, snapshot_of, role: Role):
    with pytest.raises(AccessRefused):
        training_counts(tmp_path, snapshot_of(person(9, role)), TOWN)
