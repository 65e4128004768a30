"""The year's end as foretold: from the figures so far, by the indicator's own rule, and said with care."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import isnan

import pytest

from kpi.analysis.projection import Method, Projection, Remark
from kpi.i18n import Translator
from kpi.periods import Period
from kpi.scoring.profile import load_profile
from kpi.views.outlook import NoOutlook, Outlook, at_usual_denominators, outlook
from kpi.views.outlook_words import fan, method_said, outlook_sentence
from kpi.views.selection import Selection
from kpi.views.sheets import sheet_of
from kpi.views.trends import Point, indicator_over_time
from kpi.views.year_target import Target
from tests.kemuning import KEMUNING
from tests.small_organisation import TOWN

KMK = load_profile("kmk")
Q3 = Selection(TOWN, Period.parse("2026-Q3"), False, "kmk")
indonesian, english = Translator("id"), Translator("en")


def found(town, indicator: str = "IMUNISASI", unit: str = "PKM_A", selection: Selection = Q3) -> Outlook:
    return outlook(town, selection, indicator, unit, KMK)


def test_the_year_is_foretold_from_the_finished_periods_of_the_year(town):
    seen = found(town)

    assert seen.year == Period.parse("2026")
    assert seen.from_period == Period.parse("2026-Q3")
    assert not seen.target.is_set  # the fourth quarter has none
    assert outlook_sentence(seen, english).endswith("There is no target for the whole year.")
    assert seen.projection is not None
    assert seen.projection.estimate is not None
    assert (72 + 76 + 80 + 72) / 4 <= seen.projection.estimate <= (72 + 76 + 80 + 88) / 4


def test_nothing_after_the_chosen_period_is_looked_at(town):
    earlier = found(town, selection=replace(Q3, period=Period.parse("2026-Q1")))

    assert earlier.from_period == Period.parse("2026-Q1")
    assert earlier.projection is not None
    assert len(earlier.projection.path) == 3


def test_an_indicator_of_years_has_no_end_to_foretell(town):
    assert found(town, "LULUS", "DISDIK").why_not is NoOutlook.REPORTED_BY_YEAR


def test_a_neutral_indicator_has_no_chance_of_meeting_a_target(town):
    seen = found(town, "SISWA", "DISDIK")

    assert seen.projection is not None
    assert seen.projection.probability is None
    assert "%" not in outlook_sentence(seen, english)


def test_a_rate_at_usual_denominators_averages_to_the_rate_of_the_year():
    period = Period.parse("2026-Q1")
    points = [
        Point(period.shifted(step), value=100 * part / whole, numerator=part, denominator=whole)
        for step, (part, whole) in enumerate([(10.0, 100.0), (30.0, 100.0), (90.0, 300.0), (0.0, 50.0)])
    ]

    values = at_usual_denominators(points)

    assert sum(values) / 4 == pytest.approx(100 * 130 / 550)  # not the mean of 10, 30, 30 and 0


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (0.999, "will almost certainly be met (more than 99%)"),
        (0.7, "will probably be met (70%)"),
        (0.5, "will be met is open (50%)"),
        (0.2, "will probably be missed (chance of meeting it 20%)"),
        (0.001, "will almost certainly be missed (chance of meeting it less than 1%)"),
    ],
)
def test_the_chance_is_said_in_words_and_never_as_certainty(town, probability, expected):
    seen = Outlook(
        sheet_of(town, TOWN, "IMUNISASI"),
        Period.parse("2026"),
        Target(80.0),
        Projection(
            Method.THEIL_SEN, 78.0, 75.0, 81.0, probability, 1.0, 2.0, 80.0, points=12, remaining=1, path=(78.0,)
        ),
    )

    said = outlook_sentence(seen, english)

    assert said.startswith("2026 is heading for 78%, in four of five cases between 75% and 81%.")
    assert expected in said


def test_the_error_on_the_past_stands_beside_the_outlook(town):
    projection = Projection(
        Method.LAST_VALUE, 78.0, backtest_error=1.5, naive_error=1.5, remark=Remark.NO_METHOD_BEATS_NAIVE
    )
    seen = Outlook(sheet_of(town, TOWN, "IMUNISASI"), Period.parse("2026"), projection=projection)

    said = method_said(seen, english)

    assert "1.5 percentage points off on average" in said
    assert "No method did better than the simplest rule" in said
    assert "can't be said" in outlook_sentence(seen, english)


def test_too_few_figures_are_counted(town):
    seen = found(town, selection=replace(Q3, period=Period.parse("2025-Q2")))

    assert outlook_sentence(seen, indonesian) == "Angka terlalu sedikit untuk memperkirakan akhir tahun: 2 dari 4."


def test_a_whole_year_is_not_foretold(town):
    seen = found(town, selection=replace(Q3, period=Period.parse("2025-Q4")))

    assert outlook_sentence(seen, english) == "The figures of 2025 are all there: 67%."
    assert method_said(seen, english) == ""


def test_single_periods_of_a_mean_are_drawn_without_a_fan_and_to_date_with_one(town):
    seen = found(town)
    single = fan(seen, indicator_over_time(town, Q3, "IMUNISASI", ("PKM_A",), KMK))
    to_date = fan(seen, indicator_over_time(town, replace(Q3, to_date=True), "IMUNISASI", ("PKM_A",), KMK))

    assert single["place"].tolist() == [6.0, 7.0]
    assert single["low"].isna().all()
    assert to_date["place"].tolist() == [6.0, 7.0]
    assert to_date["middle"].iloc[0] == pytest.approx(76.0)
    assert not isnan(to_date["low"].iloc[1])


@pytest.mark.parametrize(
    ("unit", "indicator", "day"),
    [
        pytest.param("DLH", "SAMPAH_TERKELOLA", date(2025, 1, 1), id="a changed definition"),
        pytest.param("DINKES", "AKB", None, id="an event that starts nothing anew"),
    ],
)
def test_figures_from_before_a_new_start_are_told(kemuning, unit, indicator, day):
    selection = Selection(KEMUNING, Period.parse("2026-Q3"), False, "kmk")
    seen = outlook(kemuning, selection, indicator, unit, KMK)

    assert seen.restarted_on == day
    assert ("before 1 January 2025 too" in method_said(seen, english)) == (day is not None)


def test_an_error_of_a_whole_numbered_indicator_is_not_rounded_to_nothing(town):
    projection = Projection(Method.LAST_VALUE, 12.0, backtest_error=0.4, naive_error=0.4)
    seen = Outlook(sheet_of(town, TOWN, "KEMATIAN"), Period.parse("2026"), projection=projection)

    assert "0.4 kasus off on average" in method_said(seen, english)
