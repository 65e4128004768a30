"""Both verdicts on a series as pages say them, and when they must not be said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import isnan, nan

import numpy as np
import pytest

from kpi.analysis import spc
from kpi.i18n import Translator
from kpi.model import AggregationOverPeriods, AggregationOverUnits, EventKind, Polarity
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.views.control import Control, Unfit, control_of, is_usual, starts_anew
from kpi.views.control_words import both_verdicts, verdict_lines
from kpi.views.happenings import Happening
from kpi.views.lineage import Rules
from kpi.views.selection import Selection
from kpi.views.trends import indicator_over_time
from tests.small_organisation import TOWN

FALL = Rules(Polarity.MINIMIZE, AggregationOverPeriods.MEAN, AggregationOverUnits.MEAN, 1.0, 1, 1)
OPEN = (nan, nan)
KMK = load_profile("kmk")
indonesian, english = Translator("id"), Translator("en")


@dataclass(frozen=True)
class Given:
    period: Period
    value: float
    target: float = 10.0
    is_finished: bool = True
    is_complete: bool = True


def series(*values: float, target: float = 10.0, first: str = "2024-01") -> list[Given]:
    start = Period.parse(first)
    return [Given(start.shifted(step), value, target) for step, value in enumerate(values)]


def chart(points: list[Given], rules: Rules = FALL, happenings: tuple[Happening, ...] = (), **options) -> Control:
    at, to_date, measure = options.pop("at", None), options.pop("to_date", False), options.pop("measure", "")
    return control_of(points, at, rules, OPEN, happenings, to_date=to_date, measure=measure)


CALM = (12.0, 11.0, 13.0, 12.0, 11.0, 13.0, 12.0, 11.0, 13.0, 12.0, 11.0, 13.0)


def test_limits_are_mean_and_266_average_ranges():
    found = chart(series(*CALM))

    assert found.mean[0] == pytest.approx(12.0)
    ranges = np.abs(np.diff(CALM)).mean()
    assert found.upper[0] == pytest.approx(12 + 2.66 * ranges)
    assert found.verdict is not None
    assert found.verdict.variation is spc.VariationType.COMMON_CAUSE


def test_a_value_below_the_range_is_a_change_for_the_better_where_lower_is_better():
    found = chart(series(*CALM, 2.0))

    assert found.signals[-1] is not None
    assert found.signals[-1].cause is spc.SpecialCause.BELOW_LIMIT
    assert found.signals[-1].variation is spc.VariationType.IMPROVEMENT


def test_only_what_was_known_at_the_chosen_period_is_judged():
    found = chart(series(*CALM, 2.0), at=11)

    assert len(found.mean) == 12
    assert found.judged == Period.parse("2024-12")


def test_an_unfinished_period_is_not_judged():
    points = [*series(*CALM), replace(series(2.0, first="2025-01")[0], is_finished=False)]

    assert chart(points).judged == Period.parse("2024-12")


def test_a_partial_sum_is_not_judged_and_a_partial_mean_is():
    points = [*series(*CALM), replace(series(2.0, first="2025-01")[0], is_complete=False)]

    assert chart(points).judged == Period.parse("2025-01")
    assert chart(points, replace(FALL, over_periods=AggregationOverPeriods.SUM)).judged == Period.parse("2024-12")


def test_a_figure_to_date_is_not_judged():
    assert chart(series(*CALM), to_date=True).unfit is Unfit.TO_DATE


def test_a_figure_that_starts_anew_each_year_is_not_judged():
    quarters = [Given(Period.parse("2023-Q1").shifted(step), value) for step, value in enumerate((10, 40, 70, 95) * 3)]

    assert starts_anew(quarters)
    assert chart(quarters, replace(FALL, over_periods=AggregationOverPeriods.LAST)).unfit is Unfit.STARTS_ANEW
    assert not starts_anew(series(*CALM, *CALM))


def test_a_figure_with_a_season_is_not_judged():
    wave = 50 + 20 * np.sin(np.linspace(0, 2 * np.pi, 12, endpoint=False))
    noisy = [value + shift for year in range(4) for shift, value in zip((0.5, -0.4, 0.1) * 4, wave + year, strict=True)]

    assert chart(series(*noisy, first="2022-01")).unfit is Unfit.SEASONAL


def test_too_few_points_say_so_with_their_number(town):
    selection = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
    found = indicator_over_time(town, selection, "IMUNISASI", ("PKM_A",), KMK)

    assert verdict_lines(found, english) == (
        "In Q3 2026 it meets its target of 80%. Too few points to tell a real change from chance: 7 of 12."
    )
    assert all(isnan(limit) for limit in found.units[0].control.lower)


def test_limits_are_drawn_no_lower_than_the_indicator_can_be():
    found = chart(series(*(0.0, 3.0, 1.0) * 5, target=nan))

    assert found.verdict is not None
    assert found.verdict.lower < 0
    assert min(found.lower) == 0.0


def test_an_event_that_rebases_starts_new_limits():
    started = Happening("NEW", 11.5, date(2025, 1, 1), EventKind.DEFINITION_CHANGED, "changed", "test", True)
    points = series(*CALM, *(value + 20 for value in CALM))

    assert chart(points).mean[0] == pytest.approx(22.0)
    assert [chart(points, happenings=(started,)).mean[place] for place in (0, 12)] == pytest.approx([12.0, 32.0])


def test_a_move_is_usual_up_to_the_limit_of_moving_ranges():
    found = chart(series(*CALM))
    limit = 3.267 * np.abs(np.diff(CALM)).mean()

    assert is_usual(limit - 0.01, found)
    assert is_usual(-limit + 0.01, found)
    assert not is_usual(limit + 0.01, found)
    assert not is_usual(0.1, Control())


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        pytest.param(30.0, "meets the target of 30% as a rule", id="always"),
        pytest.param(2.0, "misses the target of 2% as a rule", id="never"),
        pytest.param(12.0, "meet or miss the target of 12% by chance", id="by chance"),
        pytest.param(nan, "There is no target to judge by.", id="none"),
    ],
)
def test_one_sentence_says_both_verdicts(town, target, expected):
    selection = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
    trend = indicator_over_time(town, selection, "IMUNISASI", ("PKM_A",), KMK)

    said = both_verdicts(chart(series(*CALM, target=target)), trend, english)

    assert said.startswith("**● No real change**: December 2024 lies in the usual range of ")
    assert expected in said


def test_while_a_figure_changes_its_old_range_is_not_held_against_the_target(town):
    selection = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
    trend = indicator_over_time(town, selection, "IMUNISASI", ("PKM_A",), KMK)

    said = both_verdicts(chart(series(*CALM, 60.0, target=50.0)), trend, english)

    assert "A real change" in said
    assert "At this level" not in said


def test_a_real_change_is_said_with_its_rule_in_both_languages(town):
    selection = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
    trend = indicator_over_time(town, selection, "IMUNISASI", ("PKM_A",), KMK)
    better, worse = chart(series(*CALM, 2.0)), chart(series(*CALM, 40.0))

    assert "A real change for the better** (January 2025: below the usual range)" in both_verdicts(
        better, trend, english
    )
    assert "Sungguh memburuk** (Januari 2025: di atas rentang wajar)" in both_verdicts(worse, trend, indonesian)


@pytest.mark.parametrize(
    ("highest", "measure", "expected"),
    [
        pytest.param(99.5, "%", 100.0, id="a percentage that never was above"),
        pytest.param(101.0, "%", None, id="one that was"),
        pytest.param(99.5, "kasus", None, id="no percentage"),
    ],
)
def test_limits_are_drawn_no_higher_than_a_percentage_can_be(highest, measure, expected):
    found = chart(series(*(90.0, 99.0, highest) * 5, target=nan), measure=measure)

    assert found.verdict is not None
    assert found.verdict.upper > 100
    assert max(found.upper) == (expected or found.verdict.upper)
