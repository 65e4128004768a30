"""What is entered on screen about people: who may, what is refused, and that a refusal writes nothing."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from kpi.access import LOCAL, allowed_people
from kpi.errors import AccessRefused, StoreError
from kpi.i18n import Translator
from kpi.intake.messages import translated
from kpi.intake.people.entering import enter_people
from kpi.intake.people.forms import FollowUpForm, new_code, written_day
from kpi.people_model import (
    AppraisalKind,
    FeedbackNote,
    FollowUp,
    FollowUpKind,
    FollowUpState,
    Level,
    OrganisationPredicate,
    UnitPredicate,
)
from kpi.store.access_log import REFUSED, read_logs
from kpi.store.people.entry import Thing
from kpi.store.people.record import PeopleRecord
from tests.people_town import (
    ADMINISTRATOR,
    HEAD,
    JUDGED,
    LEADER,
    MANAGER,
    MANAGER_OF_HEALTH,
    NURSE,
    OFFICER,
    TOWN,
    appraisal,
    employees,
)

FOLLOW_UP = FollowUp(
    TOWN, "TL-A2-01", "A2", FollowUpKind.DEVELOPMENT, "H1", date(2026, 12, 31), FollowUpState.PLANNED, "Usulkan"
)
NOTE = FeedbackNote(TOWN, "UB-A1-02", "A1", "A1", date(2026, 10, 12), "Mohon pelatihan")
JUDGEMENT = UnitPredicate(
    TOWN, "DPU", AppraisalKind.PERIODIC, date(2026, 7, 1), date(2026, 9, 30), OrganisationPredicate.GOOD, "Bupati"
)
MOVED = dataclasses.replace(employees()[2], position="Kepala ruang")


def batches(store: Path) -> int:
    with PeopleRecord.opened(store, writing=False) as record:
        return len(record.batches())


def corrected(code: str, superior: str = "H1") -> Thing:
    return appraisal(code, superior, JUDGED["▼"])


@pytest.mark.parametrize(
    ("access", "thing"),
    [
        pytest.param(HEAD, corrected("A1"), id="a superior appraises the own staff"),
        pytest.param(HEAD, FOLLOW_UP, id="a superior sets a follow-up for the own staff"),
        pytest.param(MANAGER, FOLLOW_UP, id="the people manager sets a follow-up for anybody"),
        pytest.param(MANAGER_OF_HEALTH, FOLLOW_UP, id="a department's own people manager for its people"),
        pytest.param(NURSE, NOTE, id="an employee writes a note on herself"),
        pytest.param(MANAGER, MOVED, id="the people manager changes a post"),
        pytest.param(MANAGER, JUDGEMENT, id="the people manager enters a unit's predicate"),
        pytest.param(LOCAL, corrected("D2", "D1"), id="the single user of a machine acts for any superior"),
    ],
)
def test_who_may_enter_it_does_and_it_is_published(own_people_store, access, thing):
    batch = enter_people(own_people_store, access, TOWN, [thing])

    assert batch is not None
    assert batch.made_by == access.name
    assert allowed_people(own_people_store, LOCAL).meta.record_version == batch.batch_number


@pytest.mark.parametrize(
    ("access", "thing"),
    [
        pytest.param(HEAD, corrected("W1"), id="another superior's staff"),
        pytest.param(HEAD, corrected("H1", "S1"), id="oneself, in the name of the own superior"),
        pytest.param(HEAD, corrected("A1", "S1"), id="the own staff in somebody else's name"),
        pytest.param(HEAD, dataclasses.replace(FOLLOW_UP, employee_code="D2"), id="a follow-up for others' staff"),
        pytest.param(HEAD, NOTE, id="a note in the name of the staff"),
        pytest.param(HEAD, MOVED, id="a superior changes no post"),
        pytest.param(NURSE, corrected("A2"), id="an employee appraises nobody"),
        pytest.param(NURSE, FOLLOW_UP, id="an employee sets no follow-up"),
        pytest.param(NURSE, dataclasses.replace(NOTE, employee_code="A2"), id="a note on a colleague"),
        pytest.param(MANAGER, corrected("A1"), id="the people manager appraises nobody"),
        pytest.param(MANAGER_OF_HEALTH, JUDGEMENT, id="a department's people manager judges no other unit"),
        pytest.param(MANAGER_OF_HEALTH, dataclasses.replace(FOLLOW_UP, employee_code="D2"), id="nor follows up there"),
        *[
            pytest.param(access, thing, id=f"{name}: {type(thing).__name__}")
            for name, access in {"leadership": LEADER, "officer": OFFICER, "administrator": ADMINISTRATOR}.items()
            for thing in (corrected("A1"), FOLLOW_UP, NOTE, MOVED, JUDGEMENT)
        ],
    ],
)
def test_who_may_not_is_refused_and_logged_and_nothing_is_written(own_people_store, access, thing):
    before = batches(own_people_store)

    with pytest.raises(AccessRefused):
        enter_people(own_people_store, access, TOWN, [FOLLOW_UP, thing] if access is HEAD else [thing])

    assert batches(own_people_store) == before
    refused = [entry for file in read_logs(own_people_store) for entry in file.entries if entry.act == REFUSED]
    assert [entry.who for entry in refused] == [access.identity]


def test_what_stands_so_already_is_not_recorded_again(own_people_store):
    enter_people(own_people_store, HEAD, TOWN, [FOLLOW_UP])

    assert enter_people(own_people_store, HEAD, TOWN, [FOLLOW_UP]) is None


def test_a_form_that_is_older_than_somebody_elses_entry_does_not_overwrite_it(own_people_store):
    seen = allowed_people(own_people_store, HEAD).meta.record_version
    enter_people(own_people_store, HEAD, TOWN, [corrected("A1")], seen=seen)

    with pytest.raises(StoreError) as refused:
        enter_people(own_people_store, HEAD, TOWN, [appraisal("A1", "H1", JUDGED["★"])], seen=seen)
    enter_people(own_people_store, HEAD, TOWN, [corrected("A2")], seen=seen)  # another person's form is not stale

    assert "Penilaian A1 sampai 2026-09-30" in translated(Translator("id"), refused.value)


def test_five_people_are_appraised_as_one_batch_or_none(own_people_store):
    five = [corrected(f"A{number}") for number in range(1, 6)]
    with pytest.raises(AccessRefused):
        enter_people(own_people_store, HEAD, TOWN, [*five, corrected("W1")])

    batch = enter_people(own_people_store, HEAD, TOWN, five)

    assert batch is not None
    assert batch.accepted == 5
    found = allowed_people(own_people_store, HEAD).appraisals(TOWN, employee_codes=[f"A{n}" for n in range(1, 6)])
    assert set(found.loc[found.kind == "periodic", "behaviour"]) == {Level.BELOW}


def form(**changed: object) -> FollowUpForm:
    sound = FollowUpForm("A2", FollowUpKind.COACHING, "H1", "31/12/2026", FollowUpState.PLANNED, "Dampingi")
    return dataclasses.replace(sound, **changed)  # type: ignore[arg-type] — named fields


def test_a_sound_form_states_a_follow_up():
    assert not form().faults()
    assert form(text=" Dampingi ").thing(TOWN, "F").text == "Dampingi"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"due": "31/02/2026"}, "due"),
        ({"due": "besok"}, "due"),
        ({"text": "  "}, "text"),
        ({"state": FollowUpState.DONE}, "outcome"),
        ({"state": FollowUpState.DROPPED, "outcome": " "}, "outcome"),
    ],
)
def test_each_field_of_the_form_tells_its_own_fault(changed, field):
    assert list(form(**changed).faults()) == [field]


def test_a_form_without_a_day_states_nothing():
    with pytest.raises(ValueError, match="besok"):
        form(due="besok").thing(TOWN, "F")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/2/2026", date(2026, 2, 1)),
        (" 01.02.2026 ", date(2026, 2, 1)),
        ("1-12-2026", date(2026, 12, 1)),
        ("2026-12-01", None),
        ("", None),
    ],
)
def test_days_are_written_day_month_year(text, day):
    assert written_day(text) == day


def test_a_new_code_is_one_that_is_not_taken():
    assert new_code("TL", "A1", set()) == "TL-A1-01"
    assert new_code("TL", "A1", {"TL-A1-01", "TL-A1-02"}) == "TL-A1-03"
