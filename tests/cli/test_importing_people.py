"""`kpi import --people` answers as for figures; `publish` and `check` take people in where there are any."""

from __future__ import annotations

import json

import pytest

from kpi.cli import main
from kpi.model import Unit
from kpi.store.people.snapshot import PeopleSnapshot
from tests.store.building import CODE, definitions, published

EMPLOYEES = """employee_code,name,position,unit_code,superior_code,valid_from
E0,Anggrek Contoh,Kepala,DINAS,,2024-01-01
E1,Melati Contoh,Bidan,DINAS,E0,2024-01-01
"""


@pytest.fixture
def store(tmp_path):
    published(tmp_path / "store", definitions([Unit(CODE, "DINAS", "Dinas", CODE)]), [])
    return tmp_path / "store"


@pytest.fixture
def run(store, capsys):
    """Run a command in this process; return the exit code, the JSON where there is one, and what stood on stderr."""

    def command(*words: object):
        code = main([*(str(word) for word in words), "--store", str(store)])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out.startswith("{") else None, told.err

    return command


def given(store, text: str):
    path = store.parent / "pegawai.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_employees_go_in_and_are_published_in_private(store, run):
    path = given(store, EMPLOYEES)

    code, answer, _ = run("import", path, "--organisation", CODE, "--people", "employees", "--json")

    assert (code, answer["batch"], answer["rows"], answer["accepted"]) == (0, 1, 2, 2)
    assert len(PeopleSnapshot.open(store).employees(CODE)) == 2
    code, answer, _ = run("import", path, "--organisation", CODE, "--people", "employees", "--json")
    assert (code, answer["batch"], answer["unchanged"]) == (0, None, 2)


def test_a_refused_file_of_people_exits_with_1_and_says_the_line(store, run):
    path = given(store, EMPLOYEES.replace("DINAS", "DINS"))

    code, answer, told = run("import", path, "--organisation", CODE, "--people", "employees", "--json")

    assert code == 1
    assert (answer["batch"], answer["errors"][0]["line"], answer["errors"][0]["column"]) == (None, 2, "unit_code")
    assert "Did you mean 'DINAS'?" in told
    assert not (store / "people.duckdb").exists()


@pytest.mark.parametrize("words", [("--events",), ("second.csv",)])
def test_people_go_in_alone(store, run, words):
    code, _, told = run("import", given(store, EMPLOYEES), *words, "--organisation", CODE, "--people", "employees")

    assert code == 2
    assert "--people" in told


def test_a_store_of_figures_alone_is_published_and_checked(store, run):
    assert run("publish", "--full")[0] == 0
    code, answer, _ = run("check", "--json")

    assert (code, answer["people"]) == (0, None)


def test_publish_and_check_take_people_in(store, run):
    run("import", given(store, EMPLOYEES), "--organisation", CODE, "--people", "employees", "--no-publish")

    code, _, told = run("publish")

    assert code == 0
    assert "private snapshot" in told
    code, answer, _ = run("check", "--json")
    assert (code, answer["people"]["is_sound"]) == (0, True)
    (store / "people.duckdb").chmod(0o644)
    code, answer, _ = run("check", "--json")
    assert (code, answer["is_sound"]) == (1, False)
