"""Stating indicators: a draft is kept as typed, checked as an import, and agreed in one batch."""

from __future__ import annotations

import shutil
from dataclasses import replace
from math import nan

import pytest

from kpi.access import LOCAL
from kpi.errors import StoreError
from kpi.intake.statement_body import Body, known_body
from kpi.intake.statements import (
    Statement,
    agree,
    draft_of,
    drop_draft,
    save_draft,
    standing_statements,
    statement_proposal,
)
from kpi.store.publish import publish
from kpi.store.snapshot import Snapshot
from kpi.store.statements import StatementState
from tests.small_organisation import INDICATORS, TODAY, TOWN, small_store

__all__ = ["small_store"]
SHEET = {"name": "Kepuasan pasien", "unit_of_measure": "%", "polarity": "maximize", "grain": "quarter", "decimals": "1"}


@pytest.fixture
def own_store(small_store, tmp_path):
    store = tmp_path / "own"
    shutil.copytree(small_store, store)
    return store


def stated(code="KEPUASAN", fields=SHEET, targets=None, weight="25", unit="PKM_A"):
    body = Body(fields, {"2026": "85", "2027": "86,5"} if targets is None else targets, weight)
    return Statement(TOWN, f"{unit}/{code}/2026", unit, code, 2026, body=body.as_json())


def said(proposal):
    return [(finding.place, str(finding.message)) for finding in proposal.notes]


def test_a_new_indicator_is_agreed_with_its_targets_and_weight_in_one_batch(own_store):
    draft = stated()
    save_draft(own_store, LOCAL, draft, "Sari")
    proposal = statement_proposal(own_store, LOCAL, draft)
    assert not proposal.is_refused
    assert not proposal.needs_reason
    assert "indicators registered: 1 (KEPUASAN)" in [str(message) for message in proposal.created]

    batch = agree(own_store, LOCAL, proposal, "Kepala Dinas")
    publish(own_store, today=TODAY)
    snapshot = Snapshot.open(own_store)
    indicator = snapshot.indicators(TOWN).set_index("indicator_code").loc["KEPUASAN"]
    assert (indicator["name"], indicator["grain"], indicator["decimals"]) == ("Kepuasan pasien", "quarter", 1)
    agreed = snapshot.agreements(TOWN, 2026).query("indicator_code == 'KEPUASAN'")
    assert agreed[["unit_code", "weight"]].to_numpy().tolist() == [["PKM_A", 25.0]]
    targets = snapshot.measurements(TOWN, unit_codes=["PKM_A"], indicator_codes=["KEPUASAN"])
    assert targets["target"].tolist() == [85.0, 86.5]
    version = snapshot.definition_versions(TOWN, "KEPUASAN").iloc[0]
    assert (version["batch_number"], version["made_by"]) == (batch.batch_number, "Kepala Dinas")
    assert standing_statements(own_store, LOCAL, TOWN)[0].state is StatementState.AGREED


def test_a_draft_is_in_no_published_figure_and_may_be_wrong(own_store):
    draft = stated(fields={**SHEET, "name": "", "decimals": "x", "polarity": "up"}, targets={"2026": "12.500"})
    save_draft(own_store, LOCAL, draft, "Sari")
    publish(own_store, today=TODAY)

    assert "KEPUASAN" not in set(Snapshot.open(own_store).indicators(TOWN)["indicator_code"])
    assert Body.of(standing_statements(own_store, LOCAL, TOWN)[0]).targets == {"2026": "12.500"}
    assert {place for place, _ in said(statement_proposal(own_store, LOCAL, draft))} >= {
        "name",
        "decimals",
        "polarity",
        "2026",
    }


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"lowest_possible": "100", "highest_possible": "0"}, "highest_possible"),
        ({"ordinal_levels": "WTP"}, "ordinal_levels"),
        ({"conversion_scale": "a:b"}, "conversion_scale"),
        ({"every_years": "2"}, "every_years"),
        ({"numerator_indicator_code": "JALAN"}, "denominator_indicator_code"),
        ({"numerator_indicator_code": "JALAN", "denominator_indicator_code": "XX"}, "denominator_indicator_code"),
        ({"multiplier": "10"}, "multiplier"),
        ({"reviewed_on": "kemarin"}, "reviewed_on"),
    ],
)
def test_a_fault_of_the_sheet_is_said_at_its_field(own_store, fields, place):
    proposal = statement_proposal(own_store, LOCAL, stated(fields={**SHEET, **fields}))

    assert [each for each, _ in said(proposal)] == [place]
    assert proposal.is_refused


def test_a_target_outside_the_stated_bounds_is_refused_as_in_an_import(own_store):
    fields = {**SHEET, "lowest_possible": "0", "highest_possible": "100"}
    proposal = statement_proposal(own_store, LOCAL, stated(fields=fields, targets={"2026": "85", "2027": "120"}))

    assert [place for place, _ in said(proposal)] == ["2027"]
    assert proposal.is_refused


def test_a_weight_needs_a_target_of_its_year(own_store):
    assert [place for place, _ in said(statement_proposal(own_store, LOCAL, stated(targets={"2027": "86"})))] == [
        "weight"
    ]


def test_a_changed_definition_and_target_show_old_and_new_and_need_a_reason(own_store):
    known = known_body(INDICATORS["LULUS"], {"2026": (100.0, nan)}, 1.0, "id")
    body = replace(known, fields={**known.fields, "purpose": "Mutu lulusan"}, targets={"2026": "98", "2027": "99"})
    draft = Statement(TOWN, "x", "DISDIK", "LULUS", 2026, body=body.as_json())
    proposal = statement_proposal(own_store, LOCAL, draft, known)

    assert not proposal.is_refused
    assert proposal.needs_reason
    changed = proposal.difference.query("status == 'changed'").iloc[0]
    assert (changed["field"], changed["old"], changed["new"]) == ("target", 100.0, 98.0)
    assert proposal.was is not None
    assert (proposal.was.purpose, proposal.now.purpose, proposal.created) == (None, "Mutu lulusan", ())


def test_what_is_known_comes_back_unchanged_from_its_own_texts(own_store):
    for code, unit in (("LULUS", "DISDIK"), ("IMUNISASI", "PKM_A")):
        known = known_body(INDICATORS[code], {}, nan, "en")
        proposal = statement_proposal(
            own_store, LOCAL, Statement(TOWN, "x", unit, code, 2026, body=known.as_json()), known
        )
        assert not proposal.retells


def test_an_emptied_target_is_not_taken_back_in_silence(own_store):
    known = known_body(INDICATORS["LULUS"], {"2026": (100.0, nan)}, 1.0, "id")
    draft = Statement(TOWN, "x", "DISDIK", "LULUS", 2026, body=replace(known, targets={"2026": ""}).as_json())

    assert "2026" in [place for place, _ in said(statement_proposal(own_store, LOCAL, draft, known))]


def test_a_dropped_draft_is_taken_up_again_and_after_agreeing_comes_the_next(own_store):
    draft = stated()
    save_draft(own_store, LOCAL, draft, "Sari")
    drop_draft(own_store, LOCAL, draft, "Sari", "ganti rencana")
    (dropped,) = standing_statements(own_store, LOCAL, TOWN)
    assert draft_of([dropped], stated()).state is StatementState.DROPPED
    with pytest.raises(StoreError, match="can't be agreed"):
        agree(own_store, LOCAL, statement_proposal(own_store, LOCAL, stated(fields={})), "Kepala")

    agree(own_store, LOCAL, statement_proposal(own_store, LOCAL, draft), "Kepala")
    following = draft_of(standing_statements(own_store, LOCAL, TOWN), stated())
    assert (following.statement_code, following.state) == ("PKM_A/KEPUASAN/2026/2", StatementState.DRAFT)
