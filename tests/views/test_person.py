"""One person's record, the coaching list, and what stands beside a superior's form."""

from __future__ import annotations

from datetime import date
from math import isnan
from pathlib import Path

import pytest

from kpi.access import LOCAL, Access, allowed_people, allowed_snapshot
from kpi.charts.people import indices, over_time
from kpi.errors import AccessRefused, UnknownCode
from kpi.i18n import Translator
from kpi.model import Mark
from kpi.people_model import (
    AppraisalKind,
    Cascade,
    CoachingReason,
    CoreValue,
    FollowUpKind,
    Level,
    Predicate,
)
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views import judging
from kpi.views import person_words as words
from kpi.views.people import Round
from kpi.views.people_coaching import Coaching, coaching, staff_in, units_served, worsening_in
from kpi.views.person import Person, person
from kpi.views.selection import Selection
from tests.charts.validated import validated
from tests.people_town import HEAD, LEADER, MANAGER, NURSE, TODAY, TOWN

PROFILE = load_profile("kmk")
QUARTER = Selection(TOWN, Period.parse("2026-Q3"), to_date=False, profile_code="kmk")
indonesian = Translator("id")


def read(store: Path, code: str, access: Access = LOCAL) -> Person:
    snapshot = allowed_snapshot(store, Snapshot.open(store), access)
    return person(allowed_people(store, access), snapshot, QUARTER, code, PROFILE)


def listed(store: Path, access: Access = LOCAL, worsening=frozenset()) -> Coaching:
    people = allowed_people(store, access)
    return coaching(people, TOWN, staff_in(people, TOWN), worsening, PROFILE)


def test_what_is_expected_says_what_it_serves_and_how_it_scores(people_store):
    own, visits = read(people_store, "A1").expected

    assert (own.cascade, own.serves, own.now, own.why) == (Cascade.NEW, None, None, None)
    assert visits.cascade is Cascade.PARTIAL
    assert visits.serves is not None
    assert (visits.serves.unit_name, visits.serves.index) == ("Puskesmas A", 1.0)
    assert visits.serves.weight == pytest.approx(0.75)
    assert visits.now is not None
    assert (visits.now.value, visits.now.target, visits.now.index) == (60.0, 50.0, 1.2)
    assert visits.ahead is not None
    assert visits.ahead.period == Period.parse("2026-Q4")
    said = words.expected_said(visits, PROFILE, indonesian)
    assert "bagian dari" in said
    assert "75%" in said
    assert "60" in words.why_said(visits, PROFILE, indonesian)


def test_the_evidence_has_no_row_that_makes_a_predicate(people_store):
    table = words.evidence_table(read(people_store, "A1").expected, PROFILE, indonesian)

    assert table["Indikator"].tolist() == ["Gagasan baru", "Anak diimunisasi"]
    assert not {str(each) for each in Predicate} & set(table.to_string().split())


def test_appraisals_are_the_newest_first_with_credit_points_for_a_functional_post(people_store):
    nurse, falling = read(people_store, "A1"), read(people_store, "A7")

    assert [each.predicate for each in falling.appraisals] == [
        Predicate.NEEDS_IMPROVEMENT,
        Predicate.GOOD,
        Predicate.VERY_GOOD,
    ]
    assert isnan(falling.appraisals[0].points)
    assert falling.appraisals[0].points_mark is None
    assert nurse.appraisals[0].points == pytest.approx(1.5 * 25 * 3 / 12)
    assert nurse.appraisals[0].points_mark is Mark.VERIFIED
    assert "9,38 [V]" in words.appraisals_table(nurse.appraisals, 1, indonesian)["Angka kredit"].tolist()


def test_over_time_a_fall_is_drawn_as_one(people_store):
    points = words.appraisal_points(read(people_store, "A7"), 1, indonesian)
    drawn = validated(over_time(points, words.places_said(indonesian), "id", "light"))

    assert list(drawn["data"][0]["y"]) == [5, 4, 3]
    assert drawn["layout"]["yaxis"]["ticktext"][4] == "★ Sangat Baik"


def test_the_lines_of_indices_leave_out_what_was_not_scored(people_store):
    lines = words.index_lines(read(people_store, "A1").expected, PROFILE, indonesian)
    drawn = validated(indices(lines, "sesuai target", "id", "light"))

    assert list(drawn["data"][0]["y"]) == pytest.approx([90.0, 80.0, 120.0])
    assert [trace["name"] for trace in drawn["data"][1:]] == ["sesuai target"]


def test_follow_ups_notes_and_posts_stand_in_the_record(people_store):
    record = read(people_store, "A7")

    assert [(each.kind, each.is_overdue, each.owner_name) for each in record.follow_ups] == [
        (FollowUpKind.COACHING, True, "Melati H1")
    ]
    assert "terlambat" in words.state_said(record.follow_ups[0], indonesian)
    assert read(people_store, "A1").notes[0].text == "Terima kasih"
    assert (record.post.unit_name, record.post.superior_name) == ("Puskesmas A", "Melati H1")
    assert "Puskesmas A" in words.post_said(record.post, indonesian)


def test_an_employee_reads_the_own_record_with_the_name_of_the_superior(people_store):
    own = read(people_store, "A1", NURSE)

    assert own.post.superior_name == "Melati H1"
    assert own.appraisals[0].superior_name == "Melati H1"


@pytest.mark.parametrize(("access", "code"), [(NURSE, "A2"), (HEAD, "W1"), (LEADER, "A1")])
def test_nobody_else_reads_it(people_store, access, code):
    with pytest.raises(AccessRefused):
        read(people_store, code, access)


def test_an_unknown_person_is_named_in_the_error(people_store):
    with pytest.raises(UnknownCode, match="A99"):
        read(people_store, "A99")


def test_the_person_sees_who_looked_in_words(own_people_store):
    read(own_people_store, "A1", HEAD)
    looks = read(own_people_store, "A1", NURSE).looks

    assert looks is not None
    table = words.looks_table(looks, indonesian)
    assert table[["Oleh", "Peran", "Yang dilihat"]].to_numpy().tolist() == [
        ["h1@contoh.id", "Atasan", "seluruh catatan"]
    ]
    assert read(own_people_store, "A1", HEAD).looks is None


def test_the_coaching_list_says_for_whom_why_and_what_is_proposed(people_store):
    found = listed(people_store)
    rows = {(each.employee_code, each.reason): each for each in found.proposed}

    assert {code for code, reason in rows if reason is CoachingReason.LOW_PREDICATE} == {
        "A7", "A8", "B3", "D6", "D7", "W6",
    }  # fmt: skip
    assert {code for code, reason in rows if reason is CoachingReason.STRONG} == {"A1", "A2", "B1", "W1"}
    fallen = rows["A7", CoachingReason.FALLING]
    assert fallen.kind is FollowUpKind.MENTORING
    assert [one.code for one in fallen.open] == ["TL-A7-01"]
    assert "Tingkat" not in words.why_listed(fallen, indonesian)
    assert [each.code for each in found.follow_ups] == ["TL-A7-01", "TL-W1-01"]


def test_the_list_names_those_alone_whom_the_reader_may_see(people_store):
    assert {each.employee_code for each in listed(people_store, HEAD).proposed} == {"A1", "A2", "A7", "A8", "B1", "B3"}
    assert {each.employee_code for each in listed(people_store, MANAGER).proposed} >= {"D7", "W6"}
    with pytest.raises(AccessRefused):
        listed(people_store, LEADER)


def test_who_holds_a_part_of_a_worsening_indicator_is_listed_where_it_is_not_met(people_store):
    people = allowed_people(people_store, LOCAL)
    staff = staff_in(people, TOWN)
    snapshot = allowed_snapshot(people_store, Snapshot.open(people_store), LOCAL)

    assert units_served(people, TOWN, staff) == ("PKM_A",)
    assert worsening_in(snapshot, QUARTER, ("PKM_A",), PROFILE) == frozenset()
    worse = listed(people_store, worsening=frozenset({("PKM_A", "IMUNISASI")}))
    assert not [each for each in worse.proposed if each.reason is CoachingReason.UNIT_WORSENING]  # A1 met it last time


def test_a_superior_sees_who_of_the_staff_is_appraised(people_store):
    people = allowed_people(people_store, HEAD)
    quarter = Round(AppraisalKind.PERIODIC, date(2026, 7, 1), date(2026, 9, 30))
    year = Round(AppraisalKind.ANNUAL, date(2026, 1, 1), date(2026, 12, 31))
    staff = judging.staff_in_round(people, TOWN, "H1", quarter)

    assert [each.code for each in staff] == [f"A{n}" for n in range(1, 9)] + ["B1", "B2", "B3"]
    assert staff[0].predicate is Predicate.VERY_GOOD
    assert {each.predicate for each in judging.staff_in_round(people, TOWN, "H1", year)} == {None}


def test_rounds_are_offered_up_to_the_running_quarter(people_store):
    offered = judging.offered_rounds(allowed_people(people_store, HEAD), TOWN, 1)

    assert [each.code for each in offered] == [
        "periodic-2026-12-31",
        "periodic-2026-09-30",
        "periodic-2026-06-30",
        "periodic-2026-03-31",
        "annual-2025-12-31",
    ]
    assert judging.newest_over(offered, TODAY).code == "periodic-2026-09-30"


def test_the_predicate_follows_from_the_two_judgements_alone():
    assert judging.follows(Level.ABOVE, Level.ABOVE) is Predicate.VERY_GOOD
    assert judging.follows(Level.ABOVE, Level.BELOW) is Predicate.POOR
    assert judging.follows(Level.ABOVE, None) is None


def test_a_judgement_that_contradicts_its_notes_is_said():
    noted = dict.fromkeys(CoreValue, Level.BELOW)

    assert judging.contradiction(Level.ABOVE, noted) is not None
    assert judging.contradiction(Level.BELOW, noted) is None
    assert judging.contradiction(None, noted) is None


def test_superiors_are_those_with_staff_today(people_store):
    assert set(judging.superiors(allowed_people(people_store, MANAGER), TOWN)) == {"S1", "H1", "D1"}
