"""Units that chance can't tell apart share a group; money and means get quarters; nothing gets a rank."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pytest

from kpi.analysis.peers import FunnelRefusal, Position
from kpi.i18n import Translator
from kpi.model import Polarity
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.views.comparison import Bar, Ranking, ranked_on_index, ranked_on_indicator
from kpi.views.comparison_words import label, legend, notes, sentence, table
from kpi.views.fair import Counted, Fair, fair_comparison
from kpi.views.funnel_words import (
    funnel_limits,
    funnel_notes,
    funnel_sentence,
    funnel_units,
    refused,
)
from kpi.views.selection import Selection
from kpi.views.trends import Point
from tests.small_organisation import TOWN

KMK = load_profile("kmk")
Q3 = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
indonesian, english = Translator("id"), Translator("en")


def counted(**counts: tuple[float, float]) -> list[Counted]:
    return [Counted(code, 100 * part / whole, nan, part, whole) for code, (part, whole) in counts.items()]


def compared(polarity: Polarity | None = Polarity.MAXIMIZE, **counts: tuple[float, float]) -> Fair:
    return fair_comparison(counted(**counts), polarity, 100.0)


def ranking(town, fair: Fair, **counts: tuple[float, float]) -> Ranking:
    given = ranked_on_indicator(town, Q3, "DINKES", "IMUNISASI", KMK)
    bars = tuple(
        Bar(
            unit.unit_code,
            f"Unit {unit.unit_code}",
            place,
            Point(Q3.period, unit.value, numerator=unit.numerator, denominator=unit.denominator),
            nan,
            None,
        )
        for place, unit in enumerate(counted(**counts), start=1)
    )
    return replace(given, bars=bars, left_out=(), without=0, fair=fair)


APART = {"A": (900.0, 1000.0), "B": (500.0, 1000.0), "C": (100.0, 1000.0), "D": (2.0, 4.0)}
ALIKE = {"A": (9.0, 20.0), "B": (10.0, 20.0), "C": (11.0, 20.0)}


def test_units_far_apart_have_groups_and_a_small_one_spans_several():
    found = compared(**APART)

    assert found.group_count == 3
    assert [(found.units[code].first_group, found.units[code].last_group) for code in APART] == [
        (1, 1),
        (2, 2),
        (3, 3),
        (1, 3),
    ]


def test_the_best_group_is_the_lowest_where_lower_is_better():
    assert compared(Polarity.MINIMIZE, **APART).units["C"].first_group == 1


def test_units_that_chance_can_not_tell_apart_are_one_group():
    found = compared(**ALIKE)

    assert found.group_count == 1
    assert {apart.position for apart in found.units.values()} == {Position.WITHIN}


def test_the_middle_is_all_counts_together_and_never_a_mean_of_rates():
    assert compared(**APART).middle == pytest.approx(100 * 1502 / 3004)


def test_without_better_and_worse_there_are_limits_and_no_groups():
    found = compared(None, **APART)

    assert found.group_count == 0
    assert found.is_of_rates


def test_money_bears_no_funnel_and_says_so(town):
    found = compared(**{code: (part + 0.5, whole) for code, (part, whole) in APART.items()})

    assert found.refusal is FunnelRefusal.NOT_COUNTS
    assert "needs counts" in refused(ranking(town, found, **APART), english)


def test_means_get_quarters_now_and_a_year_before():
    units = [Counted(str(at), float(at), float(9 - at)) for at in range(1, 9)]

    found = fair_comparison(units, Polarity.MAXIMIZE, 1.0)

    assert not found.is_of_rates
    assert found.middle == 4.5
    assert [found.units[str(at)].quarter for at in (8, 6, 4, 1)] == [1, 2, 3, 4]
    assert found.units["8"].quarter_before == 4


def test_groups_stand_in_the_first_sentence_and_before_the_names(town):
    seen = ranking(town, compared(**APART), **APART)

    assert sentence(seen, english) == (
        "Imunisasi dasar lengkap, Q3 2026: 4 units in 3 groups that chance doesn't explain; "
        "clearly in the best: Unit A; clearly in the last: Unit C."
    )
    assert [label(bar, seen, indonesian) for bar in seen.bars] == [
        "[1] Unit A",
        "[2] Unit B",
        "[3] Unit C",
        "[1–3] Unit D",
    ]
    assert "Unit yang berbagi kelompok tidak dapat dibedakan" in " ".join(notes(seen, KMK, indonesian))


def test_one_group_says_that_the_order_is_chance(town):
    seen = ranking(town, compared(**ALIKE), **ALIKE)

    assert sentence(seen, indonesian) == (
        "Imunisasi dasar lengkap, Triwulan III 2026: 3 unit yang tidak dapat dibedakan; "
        "selisihnya bisa jadi kebetulan. Gabungan: 50%."
    )
    assert label(seen.bars[0], seen, indonesian) == "Unit A"


def test_the_count_stands_beside_the_rate(town):
    seen = ranking(town, compared(**APART), **APART)

    assert table(seen, KMK, english)["Counted"].tolist()[0] == "900 of 1,000"
    assert "900 of 1,000" in funnel_units(seen, english)["hover"].iloc[0]
    assert legend(seen, english)["middle"] == "all together"


def test_the_funnel_names_those_outside_it(town):
    seen = ranking(town, compared(**APART), **APART)

    assert funnel_sentence(seen, english) == (
        "2 of 4 units differ from all together (50%) by more than chance explains: Unit A (90%), Unit C (10%)."
    )
    assert funnel_units(seen, english)["look"].tolist() == ["far", "within", "far", "within"]
    limits = funnel_limits(seen)
    assert (limits["lower_998"] <= limits["lower_95"]).all()
    assert (limits["upper_95"] <= limits["upper_998"]).all()


def test_a_funnel_that_holds_all_units_says_so(town):
    seen = ranking(town, compared(**ALIKE), **ALIKE)

    assert funnel_sentence(seen, english).startswith("None of 3 units differs from all together (50%)")


def test_a_unit_between_the_limits_is_not_claimed_to_differ(town):
    counts = {"A": (50.0, 100.0), "B": (50.0, 100.0), "C": (62.0, 100.0), "D": (38.0, 100.0)}
    seen = ranking(town, compared(**counts), **counts)

    assert funnel_units(seen, english)["look"].tolist() == ["within", "within", "outside", "outside"]
    assert funnel_sentence(seen, english).startswith("None of 4 units differs")
    assert funnel_notes(seen, english) == (
        "Between the two limits, where one in twenty lies by chance: Unit C (62%), Unit D (38%)."
    )


def test_an_index_has_quarters_and_no_ranks(town):
    seen = ranked_on_index(town, Q3, TOWN, KMK)

    assert not seen.fair.is_of_rates
    assert "so there are no ranks" in " ".join(notes(seen, KMK, english))
    assert label(seen.bars[0], seen, english) == "Dinas Kesehatan"
