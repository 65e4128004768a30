"""Comments come in the order of the figures, of the period and those within it, and no further than a right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kpi.access import LOCAL, PUBLIC, Access, AllowedSnapshot, Grant, Role, allowed_snapshot
from kpi.i18n import Translator
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views.commentary import commentary_for, commentary_over, may_comment, without_comment
from kpi.views.commentary_words import comment_said, due_said, left_said
from kpi.views.gaps import gaps_of_unit
from kpi.views.selection import Selection
from tests.kemuning import KEMUNING

indonesian = Translator("id")
ROADS = ("DPUPR", "JALAN_MANTAP")
DEATHS = ("DINKES", "AKB")


def seen_by(store: Path, access: Access = LOCAL) -> AllowedSnapshot:
    return allowed_snapshot(store, Snapshot.open(store), access)


def of(period: str) -> Selection:
    return Selection(KEMUNING, Period.parse(period), to_date=False, profile_code="kmk")


def test_comments_come_in_the_order_asked_with_their_follow_up(kemuning_store):
    waste = ("DLH", "SAMPAH_TERKELOLA")
    found = commentary_for(seen_by(kemuning_store), of("2026-Q3"), [waste, ROADS, ("DLH", "IKM")])

    assert [comment.pair for comment in found] == [waste, ROADS]
    assert found[1].owner == "Kepala Bidang Bina Marga"
    assert found[1].period.code == "2026-Q3"


def test_a_longer_period_shows_the_comments_of_the_periods_within_it_the_newest_first(kemuning_store):
    found = commentary_for(seen_by(kemuning_store), of("2026"), [ROADS, DEATHS])

    assert [(comment.pair, comment.period.code) for comment in found] == [
        (ROADS, "2026-Q3"),
        (ROADS, "2026-Q2"),
        (DEATHS, "2026-10"),
    ]


def test_the_period_before_and_the_periods_around_say_nothing_of_a_period(kemuning_store):
    snapshot = seen_by(kemuning_store)

    assert commentary_for(snapshot, of("2026-09"), [ROADS]) == ()
    assert [one.period.code for one in commentary_for(snapshot, of("2026-Q2"), [ROADS])] == ["2026-Q2"]


def test_a_chart_has_the_comments_of_all_its_periods(kemuning_store):
    periods = [Period.parse("2026-Q1"), Period.parse("2026-Q2"), Period.parse("2026-Q3")]
    found = commentary_over(seen_by(kemuning_store), KEMUNING, "JALAN_MANTAP", ("DLH", "DPUPR"), periods)

    assert [(one.unit_code, one.period.code) for one in found] == [("DPUPR", "2026-Q3"), ("DPUPR", "2026-Q2")]


def test_a_missed_target_without_a_comment_is_named(kemuning_store):
    snapshot = seen_by(kemuning_store)
    missed = gaps_of_unit(snapshot, of("2026-Q3"), "DPUPR", load_profile("kmk")).missed
    comments = commentary_for(snapshot, of("2026-Q3"), [(gap.unit_code, gap.sheet.code) for gap in missed])

    silent = without_comment(missed, comments)
    assert {gap.sheet.code for gap in silent} == {"LAYANAN_TEPAT_WAKTU", "IKM"}
    assert {gap.sheet.code for gap in missed} - {gap.sheet.code for gap in silent} == {
        "JALAN_MANTAP",
        "PROGRES_FISIK",
        "SERAPAN_ANGGARAN",
    }


def test_what_is_said_of_a_figure_that_is_not_verified_stays_with_who_may_see_the_figure(kemuning_store):
    assert commentary_for(seen_by(kemuning_store, PUBLIC), of("2026-Q3"), [ROADS]) == ()


@pytest.mark.parametrize(
    ("grant", "count"),
    [
        (Grant(Role.OFFICER, KEMUNING, "DPUPR"), 5),
        (Grant(Role.OFFICER, KEMUNING, "DLH"), 0),
        (Grant(Role.OFFICER, KEMUNING), 5),
        (Grant(Role.LEADERSHIP, KEMUNING), 0),
    ],
)
def test_only_who_reports_for_a_unit_may_comment_on_its_figures(kemuning_store, grant, count):
    missed = gaps_of_unit(seen_by(kemuning_store), of("2026-Q3"), "DPUPR", load_profile("kmk")).missed
    snapshot = seen_by(kemuning_store, Access("x", "X", (grant,)))

    assert len(may_comment(snapshot, KEMUNING, missed)) == count


def test_the_author_is_named_to_who_keeps_the_units_figures_alone(kemuning_store):
    def author(grant: Grant) -> str | None:
        snapshot = seen_by(kemuning_store, Access("x", "X", (grant,)))
        found = snapshot.commentary(KEMUNING, unit_codes=["DPUPR"]).to_dict("records")
        return str(found[0]["author"]) if found else None

    assert author(Grant(Role.OFFICER, KEMUNING, "DPUPR")) == "petugas-dpupr"
    assert author(Grant(Role.PUBLIC, KEMUNING)) != "petugas-dpupr"


@pytest.mark.parametrize(
    ("today", "left", "late"),
    [
        (date(2026, 12, 30), "○ sisa 1 hari", ""),
        (date(2026, 12, 31), "○ jatuh tempo hari ini", ""),
        (date(2027, 1, 1), "▲ lewat tenggat 1 hari", "▲ 1 dari 2 tindak lanjut sudah lewat tenggat."),
        (date(2027, 2, 1), "▲ lewat tenggat 32 hari", "▲ 2 dari 2 tindak lanjut sudah lewat tenggat."),
    ],
)
def test_a_follow_up_says_how_long_it_has_and_which_are_past_their_day(kemuning_store, today, left, late):
    one = commentary_for(seen_by(kemuning_store), of("2026-Q3"), [ROADS])[0]
    first, second = replace(one, due=date(2026, 12, 31)), replace(one, due=date(2027, 1, 31))

    assert left_said(first, today, indonesian) == left
    assert due_said([first, second], today, indonesian).startswith(late)
    assert bool(due_said([first, second], today, indonesian)) == bool(late)
    assert left in comment_said(first, "", today, indonesian, with_period=False)
