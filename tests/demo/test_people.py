"""The invented people of Kemuning: how many, what happened to them, and the stories that pages show."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from kpi.appraisal.behaviour import contradictions
from kpi.appraisal.coaching import coaching_list
from kpi.appraisal.distribution import counts_by, distribution_checks
from kpi.appraisal.predicate import predicates
from kpi.appraisal.suppression_tree import Hidden, suppress_tree
from kpi.demo.definitions import definitions
from kpi.demo.people import batches, make_people
from kpi.demo.people_staff import department_of, people
from kpi.demo.plan import plan
from kpi.errors import KpiError
from kpi.people_model import CoachingReason, FollowUpKind, FollowUpState, OrganisationPredicate
from kpi.scoring.profile import load_profile
from kpi.scoring.table import score_table
from kpi.store.people.publish import publish_people
from kpi.store.people.snapshot import PeopleSnapshot

CODE = "KEMUNING"
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("people")
    make_people(folder)
    publish_people(folder, today=TODAY)
    return folder


@pytest.fixture(scope="module")
def snapshot(store: Path) -> PeopleSnapshot:
    return PeopleSnapshot.open(store)


@pytest.fixture(scope="module")
def appraised(snapshot: PeopleSnapshot) -> pd.DataFrame:
    found = snapshot.appraisals(CODE)
    return found.assign(
        predicate=predicates(found.work_result, found.behaviour), department=found.unit_code.map(department_of)
    )


def test_there_are_300_employees_with_a_name_and_a_code_each(snapshot):
    posts = snapshot.employees(CODE)

    assert posts.employee_code.nunique() == posts.name.nunique() == 300
    assert len(snapshot.employees(CODE, on=TODAY)) == 298
    assert set(posts.unit_code) <= set(definitions().units)


def test_everybody_but_the_secretary_has_a_superior_in_the_own_department_or_above(snapshot):
    posts = snapshot.employees(CODE, on=TODAY)
    unit = posts.set_index("employee_code").unit_code
    below = posts[posts.superior_code.notna()]

    assert len(posts) - len(below) == 1
    above = below.superior_code.map(unit)
    assert all(there in (CODE, department_of(here), here) for here, there in zip(below.unit_code, above, strict=True))


def test_two_units_have_fewer_than_five_persons(snapshot):
    sizes = snapshot.employees(CODE, on=TODAY).unit_code.value_counts()

    assert sizes[(sizes < 5) & (sizes.index != CODE)].index.sort_values().tolist() == [
        "KW_KENANGAPURI",
        "PKM_FLAMBOYASRI",
    ]


def test_every_cascade_comes_from_an_indicator_that_the_unit_carries(snapshot):
    carried = {(series.unit.unit_code, series.indicator.indicator_code) for series in plan()}
    iki = snapshot.iki(CODE)
    cascaded = iki[iki["cascade"] != "new"]

    assert set(zip(cascaded.from_unit_code, cascaded.from_indicator_code, strict=True)) <= carried
    assert set(iki["cascade"]) == {"direct", "partial", "new"}
    assert set(iki.employee_code) == {p.code for p in people() if p.post_on(date(2025, 1, 2)).superior_code}


def test_individual_indicators_are_scored_by_the_profile(snapshot):
    scored = score_table(snapshot.iki_facts(CODE), load_profile("kmk"))
    over = scored[scored.period_end <= "2026-10-31"]

    assert over["index"].notna().all()
    assert over["index"].between(0.7, 1.2).all()
    assert 0.15 < (over["index"] < 1).mean() < 0.5
    assert (scored[scored.period_end > "2026-10-31"].reason == "no_value").all()


def test_one_department_alone_breaks_its_pattern_and_in_one_year_alone(snapshot, appraised):
    judged = snapshot.unit_predicates(CODE)
    broken = set()
    for (kind, ended), group in appraised.groupby(["kind", "period_end"]):
        now = judged[(judged.kind == kind) & (judged.period_end == ended)]
        known = {row.unit_code: OrganisationPredicate(row.predicate) for row in now.itertuples()}
        checks = distribution_checks(counts_by(group, "department"), known)
        assert len(checks) == 10
        broken |= {(unit, ended.year) for unit, check in checks.items() if check.breaches}

    assert broken == {("DISPERTAN", 2025)}


def test_two_annual_and_four_periodic_rounds_reach_everybody_in_post(appraised):
    rounds = appraised.groupby(["kind", "period_end"]).size()

    assert rounds.loc["annual"].tolist() == [299, 299]
    assert rounds.loc["periodic"].tolist() == [299, 299, 299, 297]


def test_no_overall_judgement_lies_outside_its_notes(appraised):
    found = contradictions(appraised).dropna()

    assert set(found) <= {"above_with_one_below"}


def test_the_coaching_list_has_every_reason_and_most_kinds(snapshot, appraised):
    scored = score_table(snapshot.iki_facts(CODE, last=date(2026, 9, 30)), load_profile("kmk"))
    health_centres = [code for code in definitions().units if code.startswith("PKM_")]
    worse = pd.DataFrame({"unit_code": health_centres, "indicator_code": "K4", "is_worsening": True})

    listed = coaching_list(snapshot.employees(CODE, on=TODAY), appraised, scored, snapshot.iki(CODE), worse)

    assert set(listed.reason) == set(CoachingReason)
    assert set(listed.proposed_kind) >= {kind.value for kind in FollowUpKind} - {"sanction_process"}
    assert 20 < (listed.reason == "low_predicate").sum() < 80


def test_follow_ups_of_every_kind_are_in_every_state(snapshot):
    found = snapshot.follow_ups(CODE)

    assert set(found.kind) == set(FollowUpKind)
    assert set(found.state) == set(FollowUpState)
    assert found.is_overdue.any()
    assert found[found.is_closed].outcome.notna().all()
    assert len(snapshot.follow_up_history(CODE, found[found.state == "done"].follow_up_code.iloc[0])) == 3


def test_the_units_too_small_for_a_breakdown_take_others_with_them(appraised):
    year = appraised[(appraised.kind == "annual") & (appraised.period_end == "2025-12-31")]
    parents = {code: unit.parent_code for code, unit in definitions().units.items()}
    counts = counts_by(year).reindex(list(parents), fill_value=0)

    hidden = suppress_tree(counts, parents).whole

    assert hidden["KEMUNING"] is hidden["DINKES"] is hidden["DISDIK"] is None
    assert hidden["PKM_FLAMBOYASRI"] is hidden["KW_KENANGAPURI"] is Hidden.SMALL
    assert Hidden.COMPLEMENTARY in hidden.values()
    assert sum(why is None for why in hidden.values()) >= 15


def test_the_same_tables_draw_the_same_people():
    people.cache_clear()
    again = people()
    people.cache_clear()

    assert again == people()


def test_batches_are_in_the_order_of_their_times_and_name_no_real_person():
    times = [batch.recorded_at for batch in batches()]

    assert times == sorted(times)
    flowers_and_birds = {word for person in people() for word in person.posts[0].name.split()}
    assert len(flowers_and_birds) == 40


def test_a_store_that_has_people_is_refused(store):
    with pytest.raises(KpiError, match="are there already"):
        make_people(store)
