"""`kpi roles`: how the first administrator is made, and what is listed."""

from __future__ import annotations

import json

import pytest

from kpi.access import Grant, Role, access_of, public_is_open
from kpi.cli import main
from kpi.model import Indicator, Unit
from tests.store.building import CODE, definitions, figure, published

ANI = "ani@example.go.id"
KNOWN = definitions([Unit(CODE, "A", "Dinas A", CODE)], [Indicator(CODE, "I", "Indikator")])


def test_the_first_administrator_is_made_before_there_is_anything_else(tmp_path, capsys):
    assert main(["roles", "set", ANI, "administrator", "--reason", "surat tugas", "--store", str(tmp_path)]) == 0

    assert access_of(tmp_path, ANI, "Ani").grants == (Grant(Role.ADMINISTRATOR),)
    assert "has these roles from now on: administrator" in capsys.readouterr().err


def test_roles_are_listed_as_they_are_written(tmp_path, capsys):
    published(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])
    store = ["--store", str(tmp_path)]
    assert main(["roles", "set", ANI, f"officer:{CODE}:A", f"verifier:{CODE}", "--reason", "satu", *store]) == 0
    assert main(["roles", "public", "open", "--reason", "UU KIP", *store]) == 0
    capsys.readouterr()

    assert main(["roles", "list", "--json", *store]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["is_public"]
    assert public_is_open(tmp_path)
    assert [(row["identity"], row["roles"]) for row in listed["roles"]] == [(ANI, ["officer:K:A", "verifier:K"])]

    assert main(["roles", "set", ANI, "--none", "--reason", "pensiun", *store]) == 0
    capsys.readouterr()
    assert main(["roles", "list", *store]) == 0
    assert ANI not in capsys.readouterr().out
    assert main(["roles", "list", "--history", *store]) == 0
    assert "no role any more" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param([], 2, "--none", id="no role at all"),
        pytest.param(["officer", "--none"], 2, "--none", id="roles, and none"),
        pytest.param(["boss"], 2, "'boss' is no role", id="a role that isn't"),
        pytest.param(["officer:K:A:B"], 2, "is no role", id="one part too many"),
        pytest.param(["officer:"], 2, "is no role", id="an empty organisation"),
        pytest.param(["local"], 2, "is no role", id="the local user"),
        pytest.param([f"officer:{CODE}:B"], 1, "unit 'B' is not defined", id="an unknown unit"),
        pytest.param([f"employee:{CODE}"], 1, "needs the organisation and the employee", id="an employee of no code"),
    ],
)
def test_refusals_say_what_to_mend(tmp_path, capsys, words, code, said):
    published(tmp_path, KNOWN, [figure("A", "I", "2024", 1.0)])

    assert main(["roles", "set", ANI, *words, "--reason", "x", "--store", str(tmp_path)]) == code
    assert said in capsys.readouterr().err
    assert access_of(tmp_path, ANI, "Ani").grants == ()
