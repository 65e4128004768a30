"""Who may read whom: each kind of reader, each kind of question; every look and every refusal leaves a trace."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from kpi.access import LOCAL, Access, AllowedPeople, Grant, Right, Role, allowed_people
from kpi.access import people as people_module
from kpi.access.looks import LISTED, RECORD
from kpi.errors import AccessRefused
from kpi.store.access_folding import looks_at
from kpi.store.access_log import LOOK, REFUSED, Entry, read_logs
from kpi.store.engine import SQL_FOLDER
from tests.people_town import (
    ADMINISTRATOR,
    HEAD,
    LEADER,
    MANAGER,
    MANAGER_OF_HEALTH,
    NURSE,
    OFFICER,
    STAFFED,
    TODAY,
    TOWN,
)

ROOT = Path(__file__).resolve().parents[2]
EVERYBODY = frozenset({"S1", *(code for codes, *_ in STAFFED.values() for code in codes)})
HEALTH = frozenset({"H1", *STAFFED["PKM_A"][0], *STAFFED["PKM_B"][0]})
OWN_STAFF = HEALTH - {"H1"}
REACH = {
    "local": (LOCAL, EVERYBODY),
    "people manager": (MANAGER, EVERYBODY),
    "people manager of a department": (MANAGER_OF_HEALTH, HEALTH),
    "superior": (HEAD, HEALTH),
    "employee": (NURSE, frozenset({"A1"})),
    "leadership": (LEADER, None),
    "officer": (OFFICER, None),
    "administrator": (ADMINISTRATOR, None),
}
"""Whose records each may read; None = nobody's, and it is refused."""
RECORDS: dict[str, Callable[[AllowedPeople, str], pd.DataFrame]] = {
    "posts": lambda people, code: people.employees(TOWN, employee_codes=[code]),
    "indicators": lambda people, code: people.iki(TOWN, [code]),
    "figures": lambda people, code: people.iki_facts(TOWN, [code]),
    "appraisals": lambda people, code: people.appraisals(TOWN, employee_codes=[code]),
    "history": lambda people, code: people.appraisal_history(TOWN, code),
    "follow-ups": lambda people, code: people.follow_ups(TOWN, [code]),
    "notes": lambda people, code: people.notes(TOWN, code),
}
COUNTS: dict[str, Callable[[AllowedPeople], pd.DataFrame]] = {
    "sizes": lambda people: people.sizes(TOWN, TODAY),
    "predicates": lambda people: people.predicate_counts(TOWN),
    "follow-ups": lambda people: people.follow_up_counts(TOWN),
    "unit predicates": lambda people: people.unit_predicates(TOWN),
}


def entries(store: Path, act: str) -> list[Entry]:
    return [entry for file in read_logs(store) for entry in file.entries if entry.act == act]


@pytest.mark.parametrize("who", REACH)
@pytest.mark.parametrize("question", RECORDS)
def test_a_record_is_given_to_who_may_read_that_person_and_to_nobody_else(people_store, who, question):
    access, reach = REACH[who]
    people = allowed_people(people_store, access)

    for code in ("A1", "B1", "H1", "D1", "S1"):
        if reach is not None and code in reach:
            RECORDS[question](people, code)
        else:
            before = len(entries(people_store, REFUSED))
            with pytest.raises(AccessRefused):
                RECORDS[question](people, code)
            refused = entries(people_store, REFUSED)
            assert len(refused) == before + 1
            assert refused[-1].who == access.identity


@pytest.mark.parametrize("who", REACH)
def test_a_list_holds_those_alone_who_may_be_read(people_store, who):
    access, reach = REACH[who]
    people = allowed_people(people_store, access)
    if reach is None:
        for ask in (people.employees, people.appraisals, people.iki, people.iki_facts, people.follow_ups):
            with pytest.raises(AccessRefused):
                ask(TOWN)
        return

    assert set(people.employees(TOWN).employee_code) == reach
    assert set(people.appraisals(TOWN).employee_code) == reach - {"S1"}
    assert set(people.follow_ups(TOWN).employee_code) == reach & {"A7", "W1"}
    assert set(people.staff_of(TOWN, "S1").employee_code) == reach & {"H1", "D1", *STAFFED["DPU"][0]}
    assert set(people.staff_of(TOWN, "H1").employee_code) == reach & OWN_STAFF


@pytest.mark.parametrize("who", REACH)
def test_counts_are_for_who_may_see_summaries(people_store, who):
    access, _ = REACH[who]
    people = allowed_people(people_store, access)

    for count in COUNTS.values():
        if access.may(Right.COUNT_PEOPLE, TOWN):
            assert not count(people).empty
        else:
            with pytest.raises(AccessRefused):
                count(people)


@pytest.mark.parametrize(
    ("access", "units"),
    [
        (LOCAL, None),
        (LEADER, None),
        (MANAGER, None),
        (MANAGER_OF_HEALTH, {"DINKES", "PKM_A", "PKM_B"}),
        (HEAD, {"DINKES", "PKM_A", "PKM_B"}),
        (NURSE, set()),
        (Access("x", "x", (Grant(Role.SUPERIOR, TOWN, employee_code="XX"),)), set()),
    ],
)
def test_summaries_are_of_the_units_that_the_role_reaches(people_store, access, units):
    people = allowed_people(people_store, access)

    assert people.counted_units(TOWN) == units
    for unit in ("DINKES", "DISDIK"):
        if units is None or unit in units:
            people.check_counted(TOWN, unit)
        else:
            with pytest.raises(AccessRefused):
                people.check_counted(TOWN, unit)


def test_the_history_of_a_follow_up_is_for_who_may_read_whose_it_is(people_store):
    assert len(allowed_people(people_store, HEAD).follow_up_history(TOWN, "TL-A7-01")) == 1
    with pytest.raises(AccessRefused):
        allowed_people(people_store, HEAD).follow_up_history(TOWN, "TL-W1-01")
    with pytest.raises(AccessRefused):
        allowed_people(people_store, NURSE).follow_up_history(TOWN, "TL-A7-01")


def test_batches_name_officers_and_are_for_who_keeps_the_list(people_store):
    assert len(allowed_people(people_store, MANAGER).batches(TOWN)) == 1
    for access in (HEAD, NURSE, LEADER, ADMINISTRATOR):
        with pytest.raises(AccessRefused):
            allowed_people(people_store, access).batches(TOWN)


def test_names_reach_one_step_above_who_may_be_read(people_store):
    assert set(allowed_people(people_store, NURSE).names(TOWN)) == {"A1", "H1"}
    assert set(allowed_people(people_store, HEAD).names(TOWN)) == HEALTH | {"S1"}
    assert set(allowed_people(people_store, MANAGER).names(TOWN)) == EVERYBODY


def test_another_organisation_is_nobodys(people_store):
    for ask in (*RECORDS.values(), lambda people, _: people.sizes("LAIN", TODAY)):
        elsewhere = allowed_people(people_store, Access("x", "x", (Grant(Role.PEOPLE_MANAGER, "LAIN"),)))
        if ask in RECORDS.values():
            with pytest.raises(AccessRefused):
                ask(elsewhere, "A1")
        else:
            assert ask(elsewhere, "").empty


def test_a_look_at_a_record_is_logged_once_and_a_look_at_oneself_is_none(own_people_store):
    head = allowed_people(own_people_store, HEAD)
    head.appraisals(TOWN, employee_codes=["A1"])
    head.iki(TOWN, ["A1"])
    allowed_people(own_people_store, HEAD).notes(TOWN, "A1")  # the page is drawn anew
    head.appraisals(TOWN, employee_codes=["H1"])
    allowed_people(own_people_store, NURSE).appraisals(TOWN)

    assert [(each.who, each.roles, each.employee_code, each.what) for each in entries(own_people_store, LOOK)] == [
        ("h1@contoh.id", "superior", "A1", RECORD)
    ]


def test_a_list_is_a_look_at_everybody_in_it(own_people_store):
    allowed_people(own_people_store, HEAD).appraisals(TOWN)

    looks = entries(own_people_store, LOOK)
    assert {each.employee_code for each in looks} == OWN_STAFF
    assert {each.what for each in looks} == {LISTED}
    assert all(file.fault == "" for file in read_logs(own_people_store))
    assert [each.who for each in looks_at(own_people_store, TOWN, "B1")] == ["h1@contoh.id"]
    assert looks_at(own_people_store, TOWN, "D1") == []


def test_the_person_and_who_keeps_all_records_see_who_looked_and_a_superior_does_not(own_people_store):
    allowed_people(own_people_store, HEAD).notes(TOWN, "A1")

    for access in (NURSE, MANAGER, LOCAL):
        found = allowed_people(own_people_store, access).looks(TOWN, "A1")
        assert found is not None
        assert [each.who for each in found] == ["h1@contoh.id"]
    assert allowed_people(own_people_store, HEAD).looks(TOWN, "A1") is None
    with pytest.raises(AccessRefused):
        allowed_people(own_people_store, NURSE).looks(TOWN, "A2")


def test_what_cannot_be_logged_is_not_shown(own_people_store, monkeypatch):
    people = allowed_people(own_people_store, MANAGER)

    def full(*_: object) -> int:
        raise OSError("no space")

    monkeypatch.setattr("kpi.store.access_log.os.write", full)
    with pytest.raises(Exception, match="can't be written"):
        people.notes(TOWN, "A1")


def test_every_question_of_the_private_snapshot_has_a_rule():
    questions = {path.stem for path in (SQL_FOLDER / "people" / "snapshot").glob("*.sql")} - {"meta"}

    assert questions == people_module.RULED


def test_counts_that_hide_nothing_are_asked_by_the_view_that_hides_alone():
    """What `AllowedPeople` counts has small groups in it: see docs/decisions/0016."""
    asking = re.compile(r"\.(?:predicate_counts|follow_up_counts)\(")
    sources = [path for room in ("kpi", "ui", "pages") for path in (ROOT / room).rglob("*.py")]

    found = {path.relative_to(ROOT).as_posix() for path in sources if asking.search(path.read_text(encoding="utf-8"))}

    assert found == {"kpi/views/people.py"}


@pytest.mark.parametrize(
    ("access", "right", "persons"),
    [
        (HEAD, Right.APPRAISE, OWN_STAFF),
        (HEAD, Right.FOLLOW_UP, OWN_STAFF),
        (HEAD, Right.NOTE, frozenset()),
        (NURSE, Right.NOTE, frozenset({"A1"})),
        (NURSE, Right.FOLLOW_UP, frozenset()),
        (MANAGER, Right.FOLLOW_UP, EVERYBODY),
        (MANAGER, Right.APPRAISE, frozenset()),
        (LEADER, Right.READ_PERSON, frozenset()),
        (LOCAL, Right.APPRAISE, EVERYBODY),
    ],
)
def test_for_whom_a_form_is_offered(people_store, access, right, persons):
    people = allowed_people(people_store, access)

    assert {code for code in EVERYBODY if people.may(right, TOWN, code)} == persons
