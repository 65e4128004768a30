"""Figures judged in one call are judged as Trends judges each alone, whatever the period and the span."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kpi.i18n import Translator
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.views.control_words import both_verdicts
from kpi.views.selection import Selection
from kpi.views.trends import indicator_over_time
from kpi.views.verdicts import changes_of
from tests.kemuning import KEMUNING
from tests.small_organisation import TOWN

KMK = load_profile("kmk")


def every_pair(snapshot, organisation: str) -> tuple[tuple[str, str], ...]:
    facts = snapshot.facts(organisation)
    return tuple(sorted(set(zip(facts["unit_code"], facts["indicator_code"], strict=True))))


@pytest.mark.parametrize("to_date", [False, True])
@pytest.mark.parametrize("period", ["2026-Q3", "2026-10", "2025", "2024-S2"])
def test_each_figure_is_said_to_change_as_trends_says_of_it(kemuning, period, to_date):
    selection = Selection(KEMUNING, Period.parse(period), to_date, "kmk")
    pairs = every_pair(kemuning, KEMUNING)[::7]

    found = changes_of(kemuning, selection, pairs, KMK)

    assert set(found) == set(pairs)
    single = replace(selection, to_date=False)
    for unit, code in pairs:
        trend = indicator_over_time(kemuning, single, code, (unit,), KMK)
        for t in (Translator("en"), Translator("id")):
            assert both_verdicts(found[unit, code], trend, t) == both_verdicts(trend.units[0].control, trend, t)


def test_a_figure_of_a_coarser_length_is_judged_at_its_own(town):
    selection = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
    pair = ("DISDIK", "LULUS")

    control = changes_of(town, selection, (pair,), KMK)[pair]

    assert control.judged is None or control.judged.grain.value == "year"
    alone = indicator_over_time(town, selection, "LULUS", ("DISDIK",), KMK).units[0].control
    assert repr(control) == repr(alone)  # a missing number equals nothing


def test_no_figure_gives_no_verdict(town):
    assert changes_of(town, Selection(TOWN, Period.parse("2026-Q3"), False, "kmk"), (), KMK) == {}
