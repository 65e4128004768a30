"""Change × target on the small town and on the demo: the stories are found, the decoy isn't, Trends says the same."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import pytest

from kpi.access import PUBLIC, allowed_snapshot
from kpi.errors import UnknownCode
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.store.snapshot import Snapshot
from kpi.views.change_and_target import Aim, ChangeAndTarget, Judged, Move, change_and_target
from kpi.views.gaps import gaps_of_unit
from kpi.views.selection import Selection
from kpi.views.trends import indicator_over_time
from tests.kemuning import KEMUNING
from tests.small_organisation import TOWN

KMK = load_profile("kmk")
QUARTER = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
DISTRICT = Selection(KEMUNING, Period.parse("2026-Q3"), False, "kmk")


@pytest.fixture(scope="module")
def district(kemuning_store) -> ChangeAndTarget:
    return change_and_target(Snapshot.open(kemuning_store), DISTRICT, KEMUNING, KMK)


def pairs(figures: tuple[Judged, ...]) -> set[tuple[str, str]]:
    return {(figure.unit_code, figure.sheet.code) for figure in figures}


def test_the_figures_are_those_of_the_unit_and_of_the_units_right_below(town):
    seen = change_and_target(town, QUARTER, "DINKES", KMK)

    assert pairs(seen.figures) == {
        (unit, code) for unit in ("DINKES", "PKM_A", "PKM_B") for code in ("IMUNISASI", "KEMATIAN")
    }
    assert seen.units_below == 2


def test_what_a_unit_takes_over_from_one_unit_below_counts_there_only(town):
    found = pairs(change_and_target(town, QUARTER, TOWN, KMK).figures)

    assert ("DISDIK", "APS") in found
    assert not any(unit == TOWN for unit, _ in found)


def test_a_yearly_indicator_stands_with_the_year_that_holds_the_quarter(town):
    figures = change_and_target(town, QUARTER, "DISDIK", KMK).figures
    yearly = next(figure for figure in figures if figure.sheet.code == "LULUS")

    assert yearly.period == Period.parse("2026")
    assert (yearly.move, yearly.aim) == (Move.NOT_JUDGED, Aim.NOT_SCORED)


def test_seven_quarters_are_too_few_for_a_verdict_and_targets_are_scored_all_the_same(town):
    seen = change_and_target(town, QUARTER, "PKM_A", KMK)

    assert seen.moves == (Move.WORSE, Move.STEADY, Move.BETTER, Move.NOT_JUDGED)
    assert pairs(seen.cell(Move.NOT_JUDGED, Aim.MET)) == {("PKM_A", "IMUNISASI")}
    assert pairs(seen.cell(Move.NOT_JUDGED, Aim.MISSED)) == {("PKM_A", "KEMATIAN")}
    assert seen.first_cell == (Move.NOT_JUDGED, Aim.MISSED)
    assert not seen.better


def test_an_unknown_unit_is_refused_with_the_nearest_name(town):
    with pytest.raises(UnknownCode, match="DINKES"):
        change_and_target(town, QUARTER, "DINKE", KMK)


def test_to_date_the_target_is_held_against_the_year_so_far_and_the_change_against_single_periods(kemuning):
    of_year = change_and_target(kemuning, replace(DISTRICT, to_date=True), "DINKES", KMK)
    of_quarter = change_and_target(kemuning, DISTRICT, "DINKES", KMK)
    gaps = gaps_of_unit(kemuning, replace(DISTRICT, to_date=True), "DINKES", KMK)
    values = {gap.sheet.code: gap.value for gap in gaps.scored}
    own = {each.sheet.code: each for each in of_year.figures if each.unit_code == "DINKES"}

    assert {code: own[code].value for code in values} == pytest.approx(values)
    assert {(f.unit_code, f.sheet.code): f.move for f in of_year.figures} == {
        (f.unit_code, f.sheet.code): f.move for f in of_quarter.figures
    }


def test_the_fall_of_maternal_and_infant_deaths_is_among_what_really_improved(district):
    assert {("DINKES", "AKI"), ("DINKES", "AKB")} <= pairs(district.better)
    assert {("DINKES", "AKI"), ("DINKES", "AKB")} <= pairs(district.better[:8])


@pytest.mark.parametrize("period", ["2026-Q3", "2026-10"])
def test_the_decoy_is_not_among_what_really_improved(kemuning, period):
    selection = replace(DISTRICT, period=Period.parse(period))
    seen = change_and_target(kemuning, selection, KEMUNING, KMK)
    decoy = next(f for f in seen.figures if (f.unit_code, f.sheet.code) == ("DINSOS", "LAYANAN_TEPAT_WAKTU"))

    assert decoy.move is Move.STEADY
    assert decoy not in seen.better


def test_what_gets_worse_and_misses_its_target_comes_first(district):
    assert district.first_cell == (Move.WORSE, Aim.MISSED)
    assert pairs(district.cell(Move.WORSE, Aim.MISSED)) == {("DPUPR", "JALAN_MANTAP")}


def test_every_figure_stands_in_one_cell(district):
    counts = {(move, aim): len(district.cell(move, aim)) for move in district.moves for aim in Aim}

    assert sum(counts.values()) == len(district.figures) == len(pairs(district.figures))


@pytest.mark.parametrize(("period", "unit"), [("2026-Q3", KEMUNING), ("2026-10", "DINKES"), ("2025", KEMUNING)])
def test_the_verdicts_are_those_that_trends_gives_each_figure_alone(kemuning, period, unit):
    selection = replace(DISTRICT, period=Period.parse(period))
    for figure in change_and_target(kemuning, selection, unit, KMK).figures[::2]:
        trend = indicator_over_time(kemuning, selection, figure.sheet.code, (figure.unit_code,), KMK)
        alone = trend.units[0].control

        assert trend.period == figure.period
        assert (figure.control.unfit, figure.control.judged) == (alone.unfit, alone.judged)
        assert repr(placeless(figure.control.verdict)) == repr(placeless(alone.verdict))
        if figure.control.verdict and figure.control.verdict.variation:
            assert (figure.control.lower[-1], figure.control.upper[-1]) == (alone.lower[-1], alone.upper[-1])


def test_a_figure_that_is_not_shown_gets_no_verdict_from_the_periods_before_it(kemuning_store):
    seen = allowed_snapshot(kemuning_store, Snapshot.open(kemuning_store), PUBLIC)

    found = change_and_target(seen, DISTRICT, KEMUNING, KMK)

    withheld = [figure for figure in found.figures if isnan(figure.value)]
    assert len(withheld) > len(found.figures) / 2
    assert {figure.move for figure in withheld} == {Move.NOT_JUDGED}
    assert all(isnan(figure.newest) for figure in withheld)


def placeless(verdict):
    """Return a verdict without its place, which counts from the first period of the series looked at together."""
    return verdict and replace(verdict, judged_at=None)
