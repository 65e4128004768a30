"""Which earlier figure a unit's figure is compared with, also after units were merged; all numbers by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isnan, nan

import pandas as pd
import pytest

from kpi.model import AggregationOverPeriods, AggregationOverUnits, Polarity
from kpi.periods import Period
from kpi.views.like_for_like import Caution, Judgement, Move, Partner, change, partners
from kpi.views.lineage import Figure, Lineage, Obstacle, Predecessor, Rules, earlier_figure

NOW, BEFORE = Period.parse("2026"), Period.parse("2025")
RULES = Rules(Polarity.MAXIMIZE, AggregationOverPeriods.SUM, AggregationOverUnits.SUM, 1.0, 1, 1)
RATIO = replace(RULES, over_units=AggregationOverUnits.RATIO, multiplier=100.0)
NOBODY = Lineage(())
MERGED = Lineage((Predecessor("OLD", "NEW", date(2025, 12, 31), 1.0),))


def figure(unit: str, value: float, **more: object) -> Figure:
    return replace(Figure(value, from_units=(unit,)), **more)


def figures(**values: Figure | float) -> dict[tuple[str, date], Figure]:
    """`NEW_2026=12.0` is the figure of unit NEW for 2026."""
    found = {}
    for key, value in values.items():
        unit, year = key.split("_")
        found[unit, date(int(year), 1, 1)] = value if isinstance(value, Figure) else figure(unit, value)
    return found


def compared(known: dict[tuple[str, date], Figure], lineage: Lineage = NOBODY, rules: Rules = RULES):
    return change(known, lineage, rules, "NEW", NOW, (Partner.YEAR_BEFORE, BEFORE))


def test_a_unit_that_nothing_moved_into_is_compared_with_its_own_figure():
    found = compared(figures(NEW_2026=12.0, NEW_2025=10.0))

    assert (found.earlier, found.difference, found.move, found.judgement) == (10.0, 2.0, Move.ROSE, Judgement.BETTER)
    assert found.followed == ()


def test_a_single_predecessor_that_moved_whole_gives_its_figure():
    found = compared(figures(NEW_2026=12.0, OLD_2025=15.0), MERGED)

    assert (found.earlier, found.judgement, found.followed) == (15.0, Judgement.WORSE, ("OLD",))


def test_a_unit_that_took_another_in_is_compared_with_the_sum_of_both():
    found = compared(figures(NEW_2026=30.0, NEW_2025=10.0, OLD_2025=15.0), MERGED)

    assert (found.earlier, found.difference, found.followed) == (25.0, 5.0, ("OLD",))


def test_rates_of_merged_units_combine_from_numerators_and_denominators():
    known = figures(
        NEW_2026=50.0,
        NEW_2025=figure("NEW", 50.0, numerator=50.0, denominator=100.0, target=60.0),
        OLD_2025=figure("OLD", 20.0, numerator=60.0, denominator=300.0, target=40.0),
    )

    found = earlier_figure(known, MERGED, RATIO, "NEW", NOW, BEFORE).figure

    assert found is not None
    assert found.value == pytest.approx(100 * 110 / 400)  # not the mean of 50 and 20
    assert found.target == pytest.approx((60 * 100 + 40 * 300) / 400)


@pytest.mark.parametrize("rule", [AggregationOverUnits.MEAN, AggregationOverUnits.NONE])
def test_merged_units_whose_figures_cannot_be_added_are_not_compared(rule: AggregationOverUnits):
    found = compared(figures(NEW_2026=30.0, NEW_2025=10.0, OLD_2025=15.0), MERGED, replace(RULES, over_units=rule))

    assert (found.obstacle, found.because_of) == (Obstacle.NO_RULE, ("OLD",))
    assert isnan(found.difference)


@pytest.mark.parametrize("share", [0.7, None])
def test_a_predecessor_that_moved_in_part_stands_in_the_way(share: float | None):
    lineage = Lineage((Predecessor("OLD", "NEW", date(2025, 12, 31), share),))

    found = compared(figures(NEW_2026=30.0, NEW_2025=10.0, OLD_2025=15.0), lineage)

    assert (found.obstacle, found.because_of, found.judgement) == (Obstacle.PART_MOVED, ("OLD",), None)


def test_a_predecessor_that_never_had_the_indicator_does_not_matter():
    assert compared(figures(NEW_2026=12.0, NEW_2025=10.0), MERGED).earlier == 10.0


def test_a_merger_before_both_periods_does_not_matter():
    lineage = Lineage((Predecessor("OLD", "NEW", date(2024, 12, 31), 0.7),))

    assert compared(figures(NEW_2026=12.0, NEW_2025=10.0, OLD_2024=9.0), lineage).earlier == 10.0


def test_a_merger_inside_the_period_stands_in_the_way():
    lineage = Lineage((Predecessor("OLD", "NEW", date(2026, 3, 31), 1.0),))

    assert compared(figures(NEW_2026=12.0, OLD_2025=9.0), lineage).obstacle is Obstacle.MERGED_INSIDE


def test_a_merged_unit_without_a_value_makes_the_whole_missing():
    found = compared(figures(NEW_2026=30.0, NEW_2025=10.0, OLD_2025=nan, OLD_2024=3.0), MERGED)

    assert (found.obstacle, found.because_of) == (Obstacle.NO_EARLIER_VALUE, ("OLD",))


def test_mergers_are_followed_one_after_another():
    lineage = Lineage((*MERGED.predecessors, Predecessor("ELDER", "OLD", date(2025, 12, 31), 1.0)))

    found = compared(figures(NEW_2026=30.0, OLD_2025=4.0, ELDER_2025=5.0), lineage)

    assert (found.earlier, found.followed) == (9.0, ("OLD", "ELDER"))
    assert lineage.with_predecessors(["NEW"]) == ("NEW", "OLD", "ELDER")


def test_a_circle_of_successors_ends():
    lineage = Lineage((*MERGED.predecessors, Predecessor("NEW", "OLD", date(2025, 12, 31), 1.0)))

    assert compared(figures(NEW_2026=3.0, NEW_2025=1.0, OLD_2025=1.0), lineage).value == 3.0
    assert lineage.with_predecessors(["NEW"]) == ("NEW", "OLD")


@pytest.mark.parametrize(
    ("known", "obstacle"),
    [
        (figures(NEW_2025=10.0), Obstacle.NO_VALUE),
        (figures(NEW_2026=nan, NEW_2025=10.0), Obstacle.NO_VALUE),
        (figures(NEW_2026=10.0), Obstacle.NO_EARLIER_VALUE),
        (figures(NEW_2026=10.0, NEW_2025=nan), Obstacle.NO_EARLIER_VALUE),
    ],
)
def test_a_missing_figure_is_never_compared_as_zero(known: dict[tuple[str, date], Figure], obstacle: Obstacle):
    found = compared(known)

    assert found.obstacle is obstacle
    assert isnan(found.difference)
    assert found.move is None


@pytest.mark.parametrize(
    ("now", "before", "caution"),
    [
        ({"is_finished": False}, {}, Caution.UNFINISHED),
        ({"is_complete": False}, {}, Caution.PARTS_MISSING),
        ({}, {"is_complete": False}, Caution.PARTS_WERE_MISSING),
        ({"is_finished": False}, {"is_finished": False}, None),
    ],
)
def test_a_period_that_is_less_whole_is_compared_with_a_caution_and_never_judged(now, before, caution):
    found = compared(figures(NEW_2026=figure("NEW", 12.0, **now), NEW_2025=figure("NEW", 10.0, **before)))

    assert found.caution is caution
    assert (found.judgement is None) == (caution is not None)


@pytest.mark.parametrize(
    ("polarity", "now", "before", "judgement"),
    [
        (Polarity.MAXIMIZE, 12.0, 10.0, Judgement.BETTER),
        (Polarity.MINIMIZE, 12.0, 10.0, Judgement.WORSE),
        (Polarity.MINIMIZE, 10.04, 10.0, Judgement.SAME),
        (Polarity.STABILIZE, 11.0, 8.0, Judgement.BETTER),
        (Polarity.STABILIZE, 13.0, 9.0, Judgement.WORSE),
        (Polarity.NEUTRAL, 12.0, 10.0, None),
        (None, 12.0, 10.0, None),
    ],
)
def test_better_and_worse_follow_the_polarity(polarity, now, before, judgement):
    known = figures(NEW_2026=figure("NEW", now, target=10.0), NEW_2025=figure("NEW", before, target=10.0))

    assert compared(known, rules=replace(RULES, polarity=polarity)).judgement is judgement


def test_inside_a_target_range_every_value_is_as_near():
    inside = {"target": 60.0, "target_high": 85.0}
    known = figures(NEW_2026=figure("NEW", 84.0, **inside), NEW_2025=figure("NEW", 70.0, **inside))

    assert compared(known, rules=replace(RULES, polarity=Polarity.STABILIZE)).judgement is Judgement.SAME


def test_a_fall_that_the_target_planned_is_not_called_worse():
    january, december = Period.parse("2026-01"), Period.parse("2025-12")
    known = {
        ("NEW", january.start): figure("NEW", 6.0, target=5.0),
        ("NEW", december.start): figure("NEW", 95.0, target=98.0),
    }

    found = change(known, NOBODY, RULES, "NEW", january, (Partner.PREVIOUS, december))

    assert (found.move, found.judgement, found.is_planned) == (Move.FELL, None, True)


def test_partners_respect_grain_span_and_every_years():
    quarter = Period.parse("2026-Q3")

    assert partners(quarter, 1, to_date=False) == (
        (Partner.PREVIOUS, Period.parse("2026-Q2")),
        (Partner.YEAR_BEFORE, Period.parse("2025-Q3")),
    )
    assert partners(quarter, 1, to_date=True) == ((Partner.YEAR_BEFORE, Period.parse("2025-Q3")),)
    assert partners(NOW, 2, to_date=False) == ((Partner.YEAR_BEFORE, Period.parse("2024")),)


def test_the_lineage_is_read_from_the_units():
    units = pd.DataFrame(
        {
            "unit_code": ["OLD", "NEW", "LOST"],
            "successor_code": ["NEW", None, "NEW"],
            "successor_share": [1.0, nan, nan],
            "valid_to": pd.to_datetime(["2025-12-31", None, None]),
        }
    )

    assert Lineage.of(units) == MERGED  # LOST has no end, so nothing moved yet
